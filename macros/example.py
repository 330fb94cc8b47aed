"""The worked example: a review of a made-up system, made by the engine from docs/example/answers.yml."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import yaml

from vger_guide.catalog.catalog import Catalog
from vger_guide.catalog.editions import text_hash
from vger_guide.reviews.context import ReviewContext
from vger_guide.reviews.edit import current_wording, record_answer
from vger_guide.reviews.models import Answer, Person, Selection, State, Target, Value
from vger_guide.reviews.selection import create_review, selected_rules

FILE = Path("docs") / "example" / "answers.yml"
KEYS = ("comment", "confidence", "disposition", "evidence", "not_applicable", "value")
_VALUES = {"met": Value.MET, "partial": Value.PARTIAL, "not_met": Value.NOT_MET}


def example_review(catalog: Catalog, root: Path) -> ReviewContext | None:
    """Return the review on its day, or None where the guide at `root` has no example; the same each time."""
    if not (root / FILE).is_file():
        return None
    told = yaml.safe_load((root / FILE).read_text(encoding="utf-8"))
    began, today = _noon(told["created"]), _noon(told["today"])
    selection, target = Selection(**told["selection"]), Target(id="lantern-books", **told["target"])
    review = create_review(catalog, catalog.edition, told["title"], selection, [target], began)
    people = [Person(**each) for each in told["people"]]
    review = review.model_copy(update={"id": str(uuid5(NAMESPACE_URL, told["title"])), "people": people})
    for rule, said in _answers(told, catalog, selection):
        review = record_answer(review, rule, target.id, {**said, "by": people[0].id, "at": began})
    review = review.model_copy(update={"state": State.IN_REVIEW, "updated": today})
    return ReviewContext(catalog, review, today.date())


def _answers(told: dict[str, Any], catalog: Catalog, selection: Selection) -> Iterator[tuple[Any, dict[str, Any]]]:
    """Yield each rule that is asked and answered with the fields of its answer."""
    values = {id_: value for name, value in _VALUES.items() for id_ in told[name].split()}
    for rule in selected_rules(catalog, selection):
        details = told["details"].get(rule.id, {})
        if details or rule.id in values:
            wording = current_wording(rule.revision, text_hash(rule))
            known = Answer.model_validate({"value": values.get(rule.id, Value.UNANSWERED), **wording, **details})
            yield rule, {key: getattr(known, key) for key in KEYS}


def _noon(day: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), time(12), UTC)
