"""Foreign text as Markdown, read back by an independent reader (markdown-it, for CommonMark)."""

from html import unescape

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from vger_guide.text.markdown import escape_prose, escape_text, fence_code, format_code

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
SIGNS = "\\`*_{}[]()<>#+-.!|~&=:\"'^$ab1 "


def _shown(markdown: str) -> str:
    written = READER.render(markdown)
    return unescape(written.removeprefix("<p>").removesuffix("</p>\n"))


@settings(deadline=None)
@given(st.text(SIGNS, min_size=1, max_size=30).filter(lambda text: text == text.strip()))
@example("12. item")
@example("- item")
@example("<b>&amp;</b> [x](y) ![z](w) ~~gone~~")
def test_any_text_is_shown_letter_by_letter(text: str) -> None:
    assert _shown(escape_text(text)) == text


@pytest.mark.parametrize("hosted", [True, False])
def test_only_code_between_backticks_is_markup(hosted: bool) -> None:
    written = READER.render(escape_prose("*a* `<b>` <c>", hosted=hosted))
    assert written == "<p>*a* <code>&lt;b&gt;</code> &lt;c&gt;</p>\n"


@pytest.mark.parametrize("code", ["``", "a ``` b", "````\n```", "`a`"])
def test_no_code_ends_its_fence(code: str) -> None:
    [block] = READER.parse(fence_code(code, "sh"))
    assert (block.type, block.info, block.content) == ("fence", "sh", f"{code}\n")
    line = code.replace("\n", " ")
    assert READER.render(format_code(line)) == f"<p><code>{line}</code></p>\n"
