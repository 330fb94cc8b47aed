"""The open actions of a review for Jira, read by Python's csv module."""

import csv
import io
import re
from datetime import date

from tests.reviews import fixtures_reviews
from vger_guide.catalog.catalog import Catalog
from vger_guide.reviews.context import ReviewContext
from vger_guide.reviews.models import Review

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")
# What Jira takes in a description and in a summary.
DESCRIPTION = 32_767
SUMMARY = 255
# Signs of https://jira.atlassian.com/secure/WikiRendererHelpAction.jspa?section=all that no backslash stands before.
MARKUP = re.compile(r"(?<!\\)[{}\[\]|*_?+^~!#()]|^(h[1-6]|bq)\.|\\\\|:[DP]\b", re.MULTILINE)
LINK = re.compile(r"\[([A-Z]{3}\d{3}\|)?https?://[^\]|{}\s]*\]")


def _read(context: ReviewContext) -> tuple[list[str], list[list[str]]]:
    text = fixtures_reviews.write(context, "jira").decode()
    head, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    assert {len(row) for row in rows} <= {len(head)}
    return head, rows


def _open(context: ReviewContext) -> list[tuple[str, str]]:
    """Return the target and rule of each answer that leaves something to be done."""
    found = []
    for target in context.review.targets:
        for rule in context.rules:
            answer = context.review.answers.get(rule.id, {}).get(target.id)
            if answer is None or answer.not_applicable or answer.value not in ("partial", "not-met"):
                continue
            plan = answer.disposition
            if plan.plan != "risk-accepted" or (plan.until or date.max) < fixtures_reviews.TODAY:
                found.append((target.id, rule.id))
    return found


def test_there_is_a_row_for_each_open_action_labelled_with_its_rule(context: ReviewContext) -> None:
    head, rows = _read(context)
    labels = [i for i, name in enumerate(head) if name == "Labels"]
    assert [(row[labels[2]], row[labels[0]]) for row in rows] == _open(context)
    # A label with a space in it would be two.
    assert all(re.fullmatch(r"[A-Za-z0-9-]+", row[i]) for row in rows for i in labels)


def test_no_cell_is_a_formula_or_longer_than_jira_takes(context: ReviewContext) -> None:
    head, rows = _read(context)
    assert [cell for row in rows for cell in row if cell.startswith(FORMULA)] == []
    assert max((len(row[head.index("Summary")]) for row in rows), default=0) <= SUMMARY
    assert max((len(row[head.index("Description")]) for row in rows), default=0) <= DESCRIPTION


def test_no_text_is_markup_in_jira(context: ReviewContext) -> None:
    head, rows = _read(context)
    for row in rows:
        description = row[head.index("Description")]
        assert description.startswith(f"[{row[head.index('Labels')]}|https://vger-guide.example/rules/")
        assert MARKUP.search(LINK.sub("", description)) is None
        assert description.replace("\n", "").replace("\u200b", "").isprintable()


def test_an_action_says_what_is_known_of_it(catalog: Catalog) -> None:
    answer = fixtures_reviews.full(catalog).answers["SES004"]["shop"].model_dump(mode="json")
    evidence = {"description": "The store", "address": "https://git.example/a_b", "path": "a.py", "line": 3}
    plan = {"plan": "planned", "owner": "bo", "until": "2026-09-30", "ticket": "SHOP-12"}
    answer |= {"value": "partial", "comment": "Not *all*.\nh1. Soon :D", "evidence": [evidence], "disposition": plan}
    document = {
        **fixtures_reviews.empty(catalog).model_dump(mode="json", by_alias=True),
        "people": fixtures_reviews.PEOPLE,
    }
    document["answers"] = {"SES004": {"shop": {**answer, "not_applicable": None, "confidence": None}}}
    head, [row] = _read(ReviewContext(catalog, Review.model_validate(document), fixtures_reviews.TODAY))
    rule = catalog.rules["SES004"]
    assert row[0] == f"SES004: {rule.title} (Web shop)"
    assert row[2:] == ["Task", "High", "Bo Example", "2026-09-30", "SES004", "vger", "shop", "rfc2119-must"]
    assert row[head.index("Description")].splitlines()[1:] == [
        "Target: Web shop",
        "Plan: Planned, until 2026-09-30, owner Bo Example, ticket SHOP-12",
        "Comment: Not \\*all\\*.",
        "\u200bh1. Soon :\u200bD",
        "Answered: by Ada Example, on 2026-03-02",
        *(["To confirm: The rule has changed since it was answered"] if answer["confirm"] else []),
        "Evidence: The store",
        "a.py:3",
        "[https://git.example/a_b]",
    ]


def test_what_has_no_room_is_left_out_line_by_line_and_that_is_said(catalog: Catalog) -> None:
    answer = fixtures_reviews.full(catalog).answers["SES004"]["shop"].model_dump(mode="json")
    answer |= {"value": "not-met", "not_applicable": None, "comment": "short\n" + "*" * 19_000}
    document = fixtures_reviews.empty(catalog).model_dump(mode="json", by_alias=True) | {
        "answers": {"SES004": {"shop": answer}}
    }
    head, [row] = _read(ReviewContext(catalog, Review.model_validate(document), fixtures_reviews.TODAY))
    assert row[head.index("Description")].splitlines()[-2:] == ["Comment: short", "The review says more."]
