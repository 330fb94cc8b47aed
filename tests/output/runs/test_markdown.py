"""The Markdown, read back by markdown-it with tables and with the addresses that GitHub makes links of."""

import re
from itertools import chain

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from tests.output.runs import runs
from vger_guide.checks.results import Run
from vger_guide.output.runs import load_format
from vger_guide.output.runs.formats import markdown
from vger_guide.text.markdown import escape_prose, format_code
from vger_guide.text.sanitize import escape_invisible

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
HOSTILE = list(map(runs.hostile, runs.HOSTILE))
DETAILS = re.compile(r"<details>\n<summary>[A-Z][a-z ]+: [0-9,]+</summary>\n|</details>\n?")
# What GitHub and GitLab look for in text that is no code.
MENTIONS = re.compile(r"[@#!~%&]\w|\bGH-\d|www\.|://|:\w+:")


def _tokens(text: str) -> list[Token]:
    tokens = READER.parse(text)
    return list(chain(tokens, *(token.children or [] for token in tokens)))


def _links(tokens: list[Token]) -> set[str]:
    return {str(token.attrs["href"]) for token in tokens if token.type == "link_open"}


@pytest.mark.parametrize("run", HOSTILE, ids=range(len(HOSTILE)))
def test_no_text_becomes_a_link_an_image_html_or_a_mention(run: Run) -> None:
    tokens = _tokens(markdown.write(run, 1_048_576))
    kinds = {token.type for token in tokens}
    assert kinds.isdisjoint(
        {"image", "html_inline", "fence", "code_block", "s_open", "blockquote_open", "ordered_list_open"}
    )
    assert all(DETAILS.fullmatch(token.content) for token in tokens if token.type == "html_block")
    # The address of a rule is the only link there is.
    assert len(_links(tokens)) == run.results[0].rule.address.startswith("http://")
    assert not any(MENTIONS.search(token.content) for token in tokens if token.type == "text")


@pytest.mark.parametrize("text", runs.HOSTILE[:-1], ids=range(len(runs.HOSTILE) - 1))
def test_a_text_is_read_back_letter_by_letter(text: str) -> None:
    bare = escape_invisible(text.replace("`", ""))
    plain = "".join(token.content for token in _tokens(f"- {escape_prose(bare)}") if token.type == "text")
    assert plain.replace("\u200b", "") == bare.strip()
    [span] = [token.content for token in _tokens(f"- {format_code(text)}") if token.type == "code_inline"]
    assert span == escape_invisible(text)


def test_failures_come_worst_first_with_links_to_their_rules() -> None:
    text = markdown.write(runs.ORDINARY)
    tokens = _tokens(text)
    heads = [
        tokens[i + 1].content for i, token in enumerate(tokens) if token.type == "heading_open" and token.tag == "h3"
    ]
    assert [head[1:7] for head in heads if head.startswith("[")] == runs.WORST_FIRST
    assert _links(tokens) == {result.rule.address for result in runs.RESULTS}
    assert "`src/web app/settings.py:12:5`" in text


def test_the_table_has_all_the_counts() -> None:
    cells = re.findall(r"\| ([A-Z][a-z ]+) \| (\d+) \|", markdown.write(runs.ORDINARY))
    assert [int(count) for _, count in cells] == list(runs.COUNTS.values())


@pytest.mark.parametrize("limit", [4_000, 20_000, 65_536, 1_048_576])
@pytest.mark.parametrize(
    "run", [runs.ORDINARY, runs.long(40), runs.hostile("`" * 300)], ids=["ordinary", "long", "wide"]
)
def test_a_limit_is_kept_by_leaving_out_whole_entries_and_saying_how_many(run: Run, limit: int) -> None:
    text = markdown.write(run, limit)
    assert len(text.encode()) <= limit
    assert text.count("<details>") == text.count("</details>")
    whole = markdown.write(run, 10_000_000)
    assert set(text.splitlines()) - set(whole.splitlines()) == set(re.findall(r"\*\*.* left out\*\*.*", text))
    assert ("left out**" in text) == (text != whole)


def test_what_is_left_out_is_counted() -> None:
    whole, short = markdown.write(runs.long(40), 10_000_000), markdown.write(runs.long(40), 20_000)
    items = [text.count("\n- ") for text in (whole, short)]
    assert f"**{items[0] - items[1]:,} findings left out**" in short


def test_a_limit_without_room_for_the_counts_is_refused() -> None:
    with pytest.raises(ValueError, match="needs at least"):
        markdown.write(runs.ORDINARY, 100)


def test_a_rule_with_many_findings_leaves_room_for_the_others() -> None:
    text = load_format("markdown").write(runs.long(2))
    assert text.count("- and 80 more") == 2
