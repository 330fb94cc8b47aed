"""What changed is Markdown that an independent reader takes for what was said, whatever the texts hold."""

from datetime import date
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser

from vger_guide.catalog.editions import FrozenRow
from vger_guide.catalog.loader import load
from vger_guide.editions.compare import ChapterComparison, Comparison, ComparisonStep, Difference, Wording, row_texts
from vger_guide.editions.release import add_edition
from vger_guide.editions.render import render_markdown


def _rendered(text: str) -> LexborHTMLParser:
    return LexborHTMLParser(MarkdownIt("commonmark").render(text))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Ask (once) for it.", "Ask (twice) for it."),
        ("Keep it in one place, always.", "Keep it in one place: never, or always."),
        ("Write `<b>` at the end.", "Write `**` at the end."),
        ("Do this.", "- Do <not> * do * this."),
    ],
)
def test_what_went_and_what_came_is_marked_beside_any_sign(old: str, new: str) -> None:
    step = ComparisonStep("next", "reworded", "So.", date(2026, 11, 23))
    difference = Difference("ABC001", "Do it", "rules/do.md", "2.1", [step], [Wording("Rule", old, new)])
    page = _rendered(render_markdown(Comparison("2023.09", "next", [ChapterComparison("2 Doing", [difference])])))
    shown = page.css("li")[-1].html or ""
    for text, other in ((old, "ins"), (new, "del")):
        said = LexborHTMLParser(shown)
        said.strip_tags([other], recursive=True)
        assert " ".join(said.text().split()) == f"Rule: {text.replace('`', '')}"
    assert "<ins>" in shown


def test_an_entry_of_the_changelog_is_one_item_whatever_its_words_are(small_catalog: Path) -> None:
    path = small_catalog / "changes" / "next.yml"
    text = path.read_text(encoding="utf-8")
    reason = "Pay 10 - 20 + 5 === 6 --- 1. then 2) so. " * 12
    path.write_text(text.replace("Nobody did.", f'"{reason.strip()}"'), encoding="utf-8")
    changelog = add_edition("# Changelog\n\n## Unreleased\n", load(small_catalog), "2026.12", date(2026, 12, 24))
    page = _rendered(changelog)
    assert [node.text() for node in page.css("h2")] == ["Unreleased", "Edition 2026.12"]
    [item] = page.css("ul > li")
    assert " ".join(item.text().split()).endswith(reason.strip())
    assert not page.css("li :is(li, ol, ul, h1, h2)")
    assert max(map(len, changelog.splitlines())) <= 120


def test_a_column_hides_nothing_that_every_row_has() -> None:
    facts = {"reason": "Of the column.", "licence": "MIT", "gone": "Of old."}
    row = FrozenRow(table="tools", name="Saw", verdict=None, reason="It cuts.", facts=facts, provides=[])
    assert row_texts(row, {"reason": "Reason", "licence": "Licence of it"}) == {
        "Table": "tools",
        "Name": "Saw",
        "Verdict": "None given",
        "Reason": "It cuts.",
        "Reason (column)": "Of the column.",
        "Licence of it": "MIT",
        "gone": "Of old.",
    }
