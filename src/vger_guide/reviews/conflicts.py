"""What two sides of a merge said of the same field, in words."""

import json
from collections.abc import Mapping
from typing import Any

from vger_guide.catalog.catalog import Catalog
from vger_guide.reviews.labels import CONCLUSIONS, CONFIDENCES, NOT_APPLICABLE, PLANS, STATES, VALUES
from vger_guide.reviews.models import Conflict, Plan, Review, Value

# Fields of an answer by another word than their own.
_FIELDS = {"value": "answer", "disposition": "plan"}
# What the codes of a field are called, by the last key of their place.
_LABELS: dict[str, Mapping[Any, str]] = {
    "state": STATES,
    "conclusion": CONCLUSIONS,
    "confidence": CONFIDENCES,
    "value": VALUES,
    "plan": PLANS,
}
# What names a part of the document, such as a target or a piece of evidence.
_NAMES = ("name", "title", "description", "address", "path")
# Fields that hold the id of a person, or a name.
_PEOPLE = ("owner", "approver")


def describe_conflict(conflict: Conflict, review: Review) -> str:
    """Return where two sides of a merge differ, by its place, and both values in words; people by their names."""
    ours, theirs = _tell_both(conflict, review)
    return f"{'.'.join(conflict.place)}: ours {ours}, theirs {theirs}"


def explain_conflict(conflict: Conflict, review: Review, catalog: Catalog) -> str:
    """Return a conflict in words, such as `SES004 Keep sessions ... (Web shop), answer: here Met, in the file Not met`.

    One that is not in an answer is told by its place.
    """
    ours, theirs = _tell_both(conflict, review)
    return f"{_name_place(conflict, review, catalog)}: here {ours}, in the file {theirs}"


def _name_place(conflict: Conflict, review: Review, catalog: Catalog) -> str:
    if conflict.place[0] != "answers" or len(conflict.place) < 3:
        return ".".join(conflict.place)
    id_, target, *fields = conflict.place[1:]
    rule = catalog.rules.get(id_) or catalog.retired.get(id_)
    name = next((each.name for each in review.targets if each.id == target), target)
    head = " ".join([id_, *([rule.title] if rule else []), f"({name})"])
    return f"{head}, {_FIELDS.get(fields[-1], fields[-1]) if fields else 'answer'}"


def _tell_both(conflict: Conflict, review: Review) -> tuple[str, str]:
    """Return what our side and theirs say, in words."""
    return _tell(conflict, conflict.ours, review), _tell(conflict, conflict.theirs, review)


def _tell(conflict: Conflict, value: object, review: Review) -> str:
    """Return a value of a conflict in words; a code by its label."""
    labels = _LABELS.get(conflict.place[-1], {})
    if isinstance(value, str) and value in labels:
        return labels[value]
    return _value(_with_names(conflict, value, review))


def _with_names(conflict: Conflict, value: object, review: Review) -> object:
    """Return a value of a conflict with the names of an owner and an approver in place of their ids."""
    if "disposition" not in conflict.place:
        return value
    names = {person.id: person.name for person in review.people}
    if isinstance(value, dict):
        return {key: names.get(str(each), each) if key in _PEOPLE else each for key, each in value.items()}
    return names.get(value, value) if isinstance(value, str) and conflict.place[-1] in _PEOPLE else value


def _value(value: object) -> str:
    """Return the value of a field in words, as far as there are any."""
    if isinstance(value, dict) and value.get("not_applicable"):
        return f"{NOT_APPLICABLE}: {value['not_applicable'].get('text', '')}"
    if isinstance(value, dict) and (not value or {"value", "revision", "text_hash"} & set(value)):
        return VALUES[Value(value.get("value", Value.UNANSWERED))]
    if isinstance(value, dict) and str(value.get("plan")) in set(Plan):
        parts = [
            PLANS[Plan(value["plan"])],
            _told("until ", value.get("until")),
            _told("owner ", value.get("owner")),
            _told("approved by ", value.get("approver")),
            _told("ticket ", value.get("ticket")),
        ]
        return ", ".join(filter(None, parts))
    return _short(value)


def _told(before: str, value: object) -> str:
    return f"{before}{value}" if value else ""


def _short(value: object) -> str:
    if isinstance(value, dict):
        value = {key: each for key, each in value.items() if key not in ("revision", "text_hash")} or None
    if isinstance(value, list) and value and all(isinstance(each, dict) for each in value):
        return ", ".join(_short(each) for each in value)
    if isinstance(value, dict) and (named := [str(value[key]) for key in _NAMES if value.get(key)]):
        return ", ".join(named)
    return "nothing" if value is None else json.dumps(value, ensure_ascii=False, sort_keys=True)
