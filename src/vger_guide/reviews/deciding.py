"""Deciding conflicts of a merge: the document then says what one of the two sides said."""

from collections.abc import Sequence
from typing import Any

from vger_guide.reports.text import shown
from vger_guide.reviews.document import Conflict, Review
from vger_guide.reviews.merging import BY_ID, BY_RULE, CannotMerge, Place, Side, document_of, review_of, together


def decided(review: Review, conflicts: Sequence[Conflict], side: Side) -> Review:
    """Return a review with what a side said where they differed, and without these conflicts of it.

    A target that a side had taken away goes with all that was said of it. Raises CannotMerge where the result would be
    no review.
    """
    document = document_of(review)
    said = {tuple(each.place): each.ours if side is Side.OURS else each.theirs for each in conflicts}
    for place, value in said.items():
        _settle(document, place, value)
    gone = {place[1] for place, value in said.items() if place[0] == "targets" and len(place) == 2 and value is None}
    for part in BY_RULE:
        document[part] = _without(document.get(part, {}), gone)
    left = [each for each in review.conflicts if tuple(each.place) not in said and not _is_of(each, gone)]
    document["conflicts"] = [each.model_dump(mode="json") for each in left]
    return review_of(document)


def _settle(document: Any, place: Place, value: Any) -> None:
    try:
        _put(document, place, value)
    except (AttributeError, KeyError, TypeError, ValueError):
        raise CannotMerge(f"it has no place {shown('.'.join(place))} for this; mend 'conflicts' in the file") from None


def _put(document: Any, place: Place, value: Any) -> None:
    for depth, key in enumerate(place[:-1]):
        # A list that is empty is left out of the document.
        nothing: Any = [] if depth == 0 and key in BY_ID else {}
        document = _entry(document, key) if isinstance(document, list) else document.setdefault(key, nothing)
    last = place[-1]
    keys = next((keys for keys in together(place[:-1]) if keys[0] == last), None)
    if isinstance(document, list):
        ids = [each["id"] for each in document]
        at = ids.index(last) if last in ids else len(ids)
        document[at : at + 1] = [] if value is None else [value]
    elif keys:
        for key in keys:
            document.pop(key, None)
        document.update(value or {})
    elif value is None:
        document.pop(last, None)
    else:
        document[last] = value


def _entry(entries: list[Any], id_: str) -> Any:
    found = next((each for each in entries if each["id"] == id_), None)
    if found is None:
        entries.append(found := {"id": id_})
    return found


def _without(by_rule: Any, targets: set[str]) -> Any:
    """Return what is kept by rule and target without some targets; anything else stays, to be refused."""
    if not isinstance(by_rule, dict) or not all(isinstance(by_target, dict) for by_target in by_rule.values()):
        return by_rule
    left = {rule: {id_: by[id_] for id_ in by if id_ not in targets} for rule, by in by_rule.items()}
    return {rule: by_target for rule, by_target in left.items() if by_target}


def _is_of(conflict: Conflict, targets: set[str]) -> bool:
    return conflict.place[0] in BY_RULE and not targets.isdisjoint(conflict.place[2:3])
