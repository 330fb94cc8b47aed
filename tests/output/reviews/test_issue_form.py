"""The issue form, held against the schema that check-jsonschema brings, and an issue made of it."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests import plain_yaml
from tests.reviews import fixtures_reviews
from vger_guide.catalog.catalog import Catalog
from vger_guide.output.reviews.formats import load_format, read_format
from vger_guide.output.reviews.formats.tasks import LIMIT, size
from vger_guide.reviews.context import ReviewContext
from vger_guide.reviews.merge import Side
from vger_guide.reviews.models import Value
from vger_guide.reviews.selection import find_answer


def _form(context: ReviewContext) -> dict[str, Any]:
    form: dict[str, Any] = plain_yaml.load(fixtures_reviews.write(context, "issue-form"))
    return form


def test_every_form_is_valid_under_the_schema(catalog: Catalog, tmp_path: Path) -> None:
    for name in fixtures_reviews.MAKERS:
        (tmp_path / f"{name}.yml").write_bytes(load_format("issue-form").write(fixtures_reviews.filled(catalog, name)))
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-issue-forms"]
    done = subprocess.run([*command, *map(str, tmp_path.glob("*.yml"))], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_limits_that_no_schema_knows_are_kept(context: ReviewContext) -> None:
    form = _form(context)
    assert 3 <= len(form["name"]) <= 120
    assert len(form["description"]) <= 200
    inputs = [each for each in form["body"] if each["type"] != "markdown"]
    ids = [each["id"] for each in inputs]
    assert len(set(ids)) == len(ids)
    labels = [each["attributes"]["label"] for each in inputs]
    options = [o["label"] for each in inputs if each["type"] == "checkboxes" for o in each["attributes"]["options"]]
    alike = [re.sub(r"[^a-z0-9_]+", "-", label.lower()).strip("-") for label in [*labels, *options]]
    assert len(set(alike)) == len(alike)
    # No word that GitHub refuses in what people type into.
    assert not re.search("password", " ".join(labels), re.IGNORECASE)


def test_every_rule_is_a_box_once_however_many_targets_there_are(context: ReviewContext) -> None:
    text = load_format("issue-form").write(context).decode()
    assert re.findall(r"\(vger (\w{6}) r\d+\)", text) == [rule.id for rule in context.rules]


def _issue(context: ReviewContext, ticked: set[str], target: str) -> str:
    """Return what GitHub makes of a form that is sent."""
    parts = []
    for each in _form(context)["body"]:
        told = each["attributes"]
        if each["type"] == "checkboxes":
            boxes = [f"- [{'X' if set(o['label'].split()) & ticked else ' '}] {o['label']}" for o in told["options"]]
            parts.append(f"### {told['label']}\n\n" + "\n".join(boxes))
        elif each["type"] == "dropdown":
            parts.append(f"### {told['label']}\n\n{target}")
        elif each["type"] == "textarea":
            parts.append(f"### {told['label']}\n\n_No response_")
    return "\n\n".join(parts)


def test_an_issue_is_within_what_github_takes(context: ReviewContext) -> None:
    assert size(_issue(context, set(), "Target: shop")) < LIMIT - 8_000, "there is no room for remarks"


def test_the_ticks_of_an_issue_come_back_for_the_target_that_was_chosen(catalog: Catalog) -> None:
    context = fixtures_reviews.filled(catalog, "several")
    [asked] = [each for each in _form(context)["body"] if each["type"] == "dropdown"]
    assert asked["attributes"]["options"] == ["Target: shop", "Target: till", "Target: store-2"]
    rule = next(rule for rule in context.rules if _value(context, rule.id) is Value.PARTIAL)
    issue = _issue(context, {rule.id}, "Target: till")
    done = read_format("issue-form", issue.replace("\n", "\r\n").encode(), context, keep=Side.THEIRS)
    [conflict] = done.conflicts
    assert (conflict.ours["value"], conflict.theirs["value"]) == ("partial", "met"), "no form says when it was written"
    review = done.review
    assert review.answers[rule.id]["till"].value is Value.MET
    changed = [(r, t) for r, by in review.answers.items() for t in by if by[t] != context.review.answers[r][t]]
    assert changed == [(rule.id, "till")]


def test_an_issue_may_be_sorted_cut_and_added_to(catalog: Catalog) -> None:
    context = fixtures_reviews.filled(catalog, "empty")
    lines = _issue(context, {"(vger"}, "").splitlines()
    kept = [line for line in lines if "SES004" in line or "SES002" in line]
    added = ["- [x] Something else", "- [X] Is it? (vgerSES003 r1)", "", "SES003 is fine (vger SES003 r1)"]
    review = read_format("issue-form", "\n".join([*added, *kept[::-1], *added]).encode(), context).review
    assert {rule: by["shop"].value for rule, by in review.answers.items()} == {"SES002": Value.MET, "SES004": Value.MET}


def _value(context: ReviewContext, rule: str) -> Value:
    return find_answer(context.review, context.catalog.rules[rule], "till").value
