"""A page as Markdown, read back by an independent reader (markdown-it, for CommonMark with GitHub's tables)."""

import html

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser

from tools.page_markdown import page_markdown

ADDRESS = "https://guide.example/next/a/b/"
READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
TABLE = "<table><thead><tr><th>h</th></tr></thead><tbody><tr><td>{}</td></tr></tbody></table>"
SIGNS = "\\`*_{}[]()<>#+-.!|~&=:\"'^$ab1 \n"


def _copy(article: str) -> str:
    return page_markdown(f"<title>T</title><article><h1>T</h1>{article}</article>", ADDRESS).body.removeprefix(
        "# T\n\n"
    )


def _back(markdown: str) -> LexborHTMLParser:
    return LexborHTMLParser(READER.render(markdown))


@settings(deadline=None)
@given(st.text(SIGNS, max_size=30) | st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30))
@example("__init__ and _this_")
@example("<b>bold</b> &amp; [link](x) ![image](y)")
@example("- item")
@example("12. item")
@example("# heading #")
@example("--- ---")
@example("a | b \\| c")
@pytest.mark.parametrize("place", ["p", "li", "h2", "td", "dd", "strong", "a"])
def test_any_text_is_shown_letter_by_letter(place: str, text: str) -> None:
    said = html.escape(text)
    article = {
        "p": f"<p>{said}</p>",
        "li": f"<ul><li>{said}</li></ul>",
        "h2": f"<h2>{said}</h2>",
        "td": TABLE.format(said),
        "dd": f"<dl><dt>t</dt><dd>{said}</dd></dl>",
        "strong": f"<p>x <b>{said}</b> <em>x</em></p>",
        "a": f'<p>x <a href="c/">{said}</a> x</p>',
    }[place]
    read = _back(_copy(article))
    found = read.css_first({"dd": "li", "p": "p", "li": "li"}.get(place, place))
    # HTML folds white space, and what is empty is left out.
    expected = " ".join(text.replace("\x00", "\ufffd").split())
    shown = " ".join((found.text() if found else "").split())
    assert shown.removeprefix("t:").strip() == expected if place == "dd" else shown == expected
    assert not read.css("img, br, hr, blockquote, pre, code, del, h3, li li")


@settings(deadline=None)
@given(st.text(SIGNS, max_size=30))
def test_any_title_of_a_link_is_kept_letter_by_letter(title: str) -> None:
    read = _back(_copy(f'<p>x <a href="c/" title="{html.escape(title)}">y</a> `z` "a" &lt;b></p>'))
    found = read.css_first("a")
    assert found
    assert " ".join((found.attributes.get("title") or "").split()) == " ".join(title.split())
    assert read.text().strip() == 'x y `z` "a" <b>'


@settings(deadline=None)
@given(st.text("`ab |\\<&", min_size=1, max_size=12).filter(str.strip))
def test_any_code_is_shown_letter_by_letter(code: str) -> None:
    folded = " ".join(code.split())
    span = f"x <code>{html.escape(code)}</code> y"
    for article in (f"<p>{span}</p>", TABLE.format(span)):
        found = _back(_copy(article)).css_first("code")
        assert found
        assert found.text() == folded


@settings(deadline=None)
@given(st.text("`~ab\n ", max_size=20))
def test_a_block_of_code_keeps_its_lines(code: str) -> None:
    article = f'<div class="language-sh highlight"><pre><span></span><code>{html.escape(code)}\n</code></pre></div>'
    found = _back(_copy(article)).css_first("pre code.language-sh")
    assert found
    assert found.text().strip("\n") == code.strip("\n")


def test_a_sample_has_its_title_and_its_language() -> None:
    article = (
        '<div class="language-json highlight"><span class="filename">a*b.json</span>'
        '<pre><span></span><code><span class="p">{</span>```<span class="p">}</span>\n</code></pre></div>'
    )
    assert _copy(article) == "**a\\*b.json**\n\n````json\n{```}\n````"


def test_a_callout_is_a_quotation() -> None:
    article = '<div class="admonition tip"><p class="admonition-title">Tip</p><p>One.</p><ul><li>Two</li></ul></div>'
    assert _copy(article) == "> **Tip**\n>\n> One.\n>\n> - Two"


def test_a_picture_is_told_in_its_own_words() -> None:
    words = "<title>Cache</title><desc>A *request* meets it first.</desc><text>x</text>"
    article = f'<figure><svg role="img">{words}</svg></figure>'
    assert _copy(article) == "> **Picture: Cache.** A \\*request\\* meets it first."


def test_controls_permalinks_and_hidden_parts_are_left_out() -> None:
    article = """<a class="md-content__button" href="e">Edit</a><form><select><option>All</option></select></form>
        <h2 id="x">Two<a class="headerlink" href="#x">&para;</a></h2><p hidden>No option</p>
        <nav><a href="n">Next</a></nav><p role="status">All 3</p>
        <p><svg aria-hidden="true"><path d=""/></svg><button>Go</button><script>x()</script>Text</p>"""
    assert _copy(article) == "## Two\n\nText"


def test_a_checklist_is_a_list_of_tasks() -> None:
    article = """<ul><li><input type="checkbox" id="c"> <label for="c">Is it so?</label>
        <span class="checks__facts"><a href="../r/" title="It is so">ABC001</a> <span class="level">Must</span></span>
        </li></ul>"""
    link = '[ABC001](https://guide.example/next/a/r/ "It is so")'
    assert _copy(article) == f"- [ ] Is it so? {link}, **Must**"


def test_links_are_whole_and_stand_apart() -> None:
    article = """<p>See!<a href="../c/#d">C</a><a href="#e">(E)</a><a href="https://x.example/y_(z)">X</a>
        <a href="f"><span class="sr-only">F</span></a></p>"""
    read = _back(_copy(article))
    assert [node.attributes["href"] for node in read.css("a")] == [
        "https://guide.example/next/a/c/#d",
        "https://guide.example/next/a/b/#e",
        "https://x.example/y_%28z%29",
    ]
    assert read.text().strip() == "See!C, (E), X"


def test_lists_nest_and_count() -> None:
    article = "<ol><li>One<ul><li>a</li><li>b</li></ul></li><li><p>Two</p><p>three</p></li></ol>"
    assert _copy(article) == "1. One\n   - a\n   - b\n2. Two\n\n   three"


def test_a_row_with_a_heading_becomes_a_part_of_its_own() -> None:
    article = """<table><caption class="sr-only">All</caption>
        <thead><tr><th>Tool</th><th><button>Verdict</button></th></tr></thead>
        <tbody><tr><th><h3 id="s">Saw</h3><p>It cuts.</p></th>
        <td data-label="Verdict"><span class="verdict">Use</span></td></tr></tbody></table>"""
    assert _copy(article) == "**All**\n\n### Saw\n\n- **Verdict:** **Use**\n\nIt cuts."


def test_the_front_matter_describes_the_page_whatever_it_says() -> None:
    title, description = "\"Keys\": 'a' & b", "- {x}: [y] # z \\ %"
    head = f'<meta name="description" content="{html.escape(description)}">'
    page = f"{head}<article><h1>{html.escape(title)}</h1></article>"
    _, head, _ = page_markdown(page, ADDRESS).text.split("---\n", 2)
    assert yaml.safe_load(head) == {"title": title, "description": description, "canonical": ADDRESS}


def test_a_page_without_a_heading_is_named() -> None:
    with pytest.raises(ValueError, match=f"the page {ADDRESS} has no article with an h1"):
        page_markdown("<article><p>x</p></article>", ADDRESS)
