"""The report of a review in Markdown, read by markdown-it with the tables of GitHub."""

from dataclasses import replace
from typing import Any

import pytest
from markdown_it.token import Token

from tests.output.reviews.markup import READER, tokens
from tests.reviews import fixtures_reviews
from vger_guide.catalog.catalog import Catalog
from vger_guide.catalog.guide import Guide
from vger_guide.reviews.context import ReviewContext
from vger_guide.reviews.models import Review
from vger_guide.reviews.score import binding, tally

INCOMPLETE = "Accepted risks without an end, an owner or an approver"
# Headings of the results, which stand before those of the answers.
RESULTS = 6
ORDER = [
    "Not met",
    "Partly met",
    INCOMPLETE,
    "Accepted risks",
    "Not applicable",
    "Unanswered",
    "Met",
    "Disagreements with checks",
]


def _text(context: ReviewContext) -> str:
    return fixtures_reviews.write(context, "markdown").decode()


def _plain(token: Token) -> str:
    """Return what is seen of a token; a space without width is not."""
    parts = [" " if each.type == "hardbreak" else each.content for each in token.children or []]
    return "".join(parts).replace("\u200b", "")


def _headings(text: str, tag: str) -> list[str]:
    read = READER.parse(text)
    return [_plain(read[i + 1]) for i, each in enumerate(read) if each.type == "heading_open" and each.tag == tag]


def _tables(text: str) -> list[list[list[str]]]:
    """Return the cells of the rows of each table."""
    tables: list[list[list[str]]] = []
    read = READER.parse(text)
    for i, each in enumerate(read):
        if each.type == "table_open":
            tables.append([])
        elif each.type == "tr_open":
            tables[-1].append([])
        elif each.type in ("th_open", "td_open"):
            tables[-1][-1].append(_plain(read[i + 1]))
    return tables


def _items(text: str) -> list[str]:
    """Return the first paragraph of each item of a list, on one line."""
    read = READER.parse(text)
    return [_plain(read[i + 2]) for i, each in enumerate(read) if each.type == "list_item_open"]


def _changed(catalog: Catalog, **fields: Any) -> ReviewContext:
    """Return a review of chapter 4 with these fields."""
    document = fixtures_reviews.empty(catalog).model_dump(mode="json", by_alias=True)
    return ReviewContext(
        catalog, Review.model_validate({**document, "selection": {"chapters": ["4"]}, **fields}), fixtures_reviews.TODAY
    )


def test_each_target_has_a_table_of_nine_columns_whose_last_row_counts_everything(context: ReviewContext) -> None:
    tables = [table for table in _tables(_text(context)) if table[0][0] == "Chapter"]
    assert len(tables) == len(context.review.targets)
    for target, table in zip(context.review.targets, tables, strict=True):
        assert {len(row) for row in table} == {9}
        answers = [by[target.id] for rule, by in context.review.answers.items() if target.id in by]
        out = sum(each.not_applicable is not None for each in answers)
        counts = tally(context.review, binding(context.rules), target.id, context.today)
        said = f"{counts.met} of {counts.answered} ({counts.percent}%)" if counts.answered else "none answered"
        assert table[-1][4] == said
        assert table[-1][8] == str(out)


def test_a_chapter_with_pipes_and_markup_in_its_title_is_one_cell(catalog: Catalog) -> None:
    title = "Data | `a|b` \\| <b>bold</b> [x](javascript:alert) | |"
    sections = [s.model_copy(update={"title": title}) if s.number == "4" else s for s in catalog.guide.sections]
    changed = replace(catalog, guide=Guide.model_validate({**catalog.guide.model_dump(), "sections": sections}))
    [table] = _tables(_text(_changed(changed)))
    assert {len(row) for row in table} == {9}
    assert table[1][0] == f"4 {title}".replace("`", "")


def test_every_rule_stands_once_in_the_group_of_its_answer_and_the_worst_first(context: ReviewContext) -> None:
    text = _text(context)
    asked = {rule.id for rule in context.rules}
    for part in text.split("\n## ")[1 + context.is_answered :]:
        headings = _headings(f"## {part}", "h3")
        names = [heading.rpartition(" (")[0] for heading in headings]
        assert names == [name for name in ORDER if name in names]
        answers = part.partition("### Disagreements")[0]
        named = [item.partition(" ")[0] for item in _items(f"## {answers}")]
        assert sorted(set(named) & asked) == sorted(name for name in named if name in asked) == sorted(asked)
        counts = [int(heading.rpartition("(")[2].rstrip(")")) for heading in headings]
        assert sum(counts[: len(counts) - ("Disagreements with checks" in names)]) == len(asked)


def test_people_read_what_was_typed_letter_by_letter(catalog: Catalog) -> None:
    for text in fixtures_reviews.HOSTILE:
        if not text.isprintable() or "`" in text:
            continue
        answer = {**fixtures_reviews.full(catalog).answers["STO001"]["shop"].model_dump(mode="json"), "comment": text}
        told = _items(_text(_changed(catalog, answers={"STO001": {"shop": answer}})))
        assert f"Comment: {text.strip()}" in told


def test_evidence_is_a_link_only_where_its_address_is_of_the_web(catalog: Catalog) -> None:
    read = tokens(_text(fixtures_reviews.filled(catalog, "hostile")))
    links = {str(each.attrs["href"]) for each in read if each.type == "link_open"}
    evil = [link for link in links if "evil" in link]
    assert len(evil) == 1
    assert evil[0].startswith("https://evil.example/%22%3E%3Cscript%3E")
    assert {link.split("/")[2] for link in links} == {"evil.example", "vger-guide.example"}
    assert "image" not in {each.type for each in read}


def test_a_rule_that_does_not_apply_counts_nowhere_and_says_why(catalog: Catalog) -> None:
    given = fixtures_reviews.full(catalog).answers
    reason = {"code": "out-of-scope", "text": "It is\n\nto be replaced."}
    answers = {
        rule.id: {"shop": {**given[rule.id]["shop"].model_dump(mode="json"), "not_applicable": reason}}
        for rule in catalog.rules_below("4")
    }
    text = _text(_changed(catalog, answers=answers))
    assert "**No rule applies**" in text
    assert {cell for row in _tables(text)[-1][1:] for cell in row[1:5]} == {"none apply"}
    assert "Why not: Out of the scope of this review: It is to be replaced." in _items(text)


@pytest.mark.parametrize(
    ("waived", "disputes", "told"),
    [
        (False, 1, "Check: Failed, which differs from the answer: A key is in it. Found at a.py:3"),
        (True, 0, "Check: Failed, accepted in the repository: A key is in it. Found at a.py:3"),
    ],
)
def test_a_failed_check_of_what_is_met_is_a_disagreement_unless_the_repository_accepts_it(
    catalog: Catalog, waived: bool, disputes: int, told: str
) -> None:
    answer = {**fixtures_reviews.full(catalog).answers["STO001"]["shop"].model_dump(mode="json"), "value": "met"}
    answer["not_applicable"] = None
    outcome = {"outcome": "fail", "reason": "A key is in it.", "places": ["a.py:3"], "waived": waived}
    outcomes = {"STO001": {"shop": {**outcome, "at": fixtures_reviews.NOW.isoformat()}}}
    text = _text(_changed(catalog, answers={"STO001": {"shop": answer}}, outcomes=outcomes))
    assert told in _items(text)
    assert text.count("### Disagreements with checks (1)") == disputes
    assert sum("answered 'met'. Failed" in item for item in _items(text)) == disputes


def test_an_accepted_risk_is_no_open_action_until_the_day_after_its_last(catalog: Catalog) -> None:
    answer = fixtures_reviews.full(catalog).answers["STO001"]["shop"].model_dump(mode="json")
    risk = {"plan": "risk-accepted", "until": fixtures_reviews.LAPSED.isoformat(), "owner": "ada", "approver": "bo"}
    answer |= {"value": "not-met", "not_applicable": None, "disposition": risk}
    context = _changed(catalog, answers={"STO001": {"shop": answer}}, people=fixtures_reviews.PEOPLE)
    standing = _text(replace(context, today=fixtures_reviews.LAPSED))
    assert _headings(standing, "h3")[RESULTS:] == ["Accepted risks (1)", "Unanswered (8)"]
    text = _text(replace(context, today=fixtures_reviews.TODAY))
    assert _headings(text, "h3")[RESULTS:] == ["Not met (1)", "Unanswered (8)"]
    assert "Plan: Risk accepted, until 2026-03-08, owner Ada Example, approved by Bo Example (lapsed)" in _items(text)


def test_a_risk_without_an_end_an_owner_or_an_approver_stands_apart_and_says_what_it_lacks(catalog: Catalog) -> None:
    answer = fixtures_reviews.full(catalog).answers["STO001"]["shop"].model_dump(mode="json")
    answer |= {"value": "not-met", "not_applicable": None, "disposition": {"plan": "risk-accepted"}}
    text = _text(_changed(catalog, answers={"STO001": {"shop": answer}}))
    assert _headings(text, "h3")[RESULTS:] == [f"{INCOMPLETE} (1)", "Unanswered (8)"]
    assert "Plan: Risk accepted (no end, no owner, nobody approved)" in _items(text)
    actions = next(table for table in _tables(text) if table[0][:4] == ["Rule", "Level", "Severity", "Target"])
    assert actions[1][5] == "Risk accepted, incomplete (no end, no owner, nobody approved)"


def test_a_signed_review_says_who_signed_it_and_what_was_signed_before(catalog: Catalog) -> None:
    answers = fixtures_reviews.full(catalog).model_dump(mode="json")["answers"]
    entry = {"by": "Cy `x`", "on": "2026-03-02", "at": "2026-03-02T09:30:00Z"}
    log = [
        {**entry, "action": "signed", "conclusion": "approved", "open_musts": 2},
        {**entry, "action": "reopened", "reason": "A target\nis missing."},
        {**entry, "action": "signed", "conclusion": "approved-with-conditions", "conditions": ["Rotate"]},
    ]
    facts = {"state": "signed-off", "conclusion": "approved-with-conditions", "conditions": ["Rotate", "Log"]}
    text = _text(_changed(catalog, answers={"STO001": answers["STO001"]}, sign_offs=log, scope="All\nof it", **facts))
    items = _items(text)
    assert items[:6] == [
        "State: Signed off",
        "Conclusion: Approved with conditions",
        "Conditions: (1) Rotate; (2) Log",
        "Signature: Signed by Cy x on 2026-03-02: approved with conditions",
        (
            "Before that: Signed by Cy x on 2026-03-02: approved, with 2 answers to must rules open; "
            "Opened again by Cy x on 2026-03-02. A target is missing."
        ),
        "Scope: All of it",
    ]
    assert "**Signed by Cy `x` on 2026-03-02: approved with conditions.**" in text


def test_an_empty_checklist_asks_every_question(catalog: Catalog) -> None:
    items = _items(_text(fixtures_reviews.filled(catalog, "empty")))
    assert [item for item in items if item.startswith("Question: ")] != []
    assert sum(item.startswith("Question: ") for item in items) == len(catalog.rules)


def test_what_has_no_visible_title_is_called_by_what_it_is(catalog: Catalog) -> None:
    text = _text(_changed(catalog, title="\n \n", targets=[{"id": "shop", "name": " "}]))
    assert _headings(text, "h1") == ["Review"]
    assert _headings(text, "h2") == ["shop"]
