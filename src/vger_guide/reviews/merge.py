"""Merging two copies of a review over the copy that both began from: field by field, and nothing is lost.

A field that one side changed is that side's. One that both changed, differently, is a conflict: it is listed with both
values. Fields that only mean something together, such as a value and the revision it was given to, are merged as one.
When somebody answered and by whom are those of the later side, and so is what a check said. Lists have the order of the
side that is kept, and behind it what the other one added; milestones and migrations that of time.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from pydantic import ValidationError

from vger_guide.reviews.fields import DEEPEST, LONG
from vger_guide.reviews.models import Conflict, Review, ReviewPart
from vger_guide.text.sanitize import escape_invisible, truncate

T = TypeVar("T")
Place = tuple[str, ...]
Document = dict[str, Any]

VERDICT = ("value", "not_applicable", "revision", "text_hash", "confirm", "carried_from")
_PLAN = ("plan", "until", "approver")
_EDITION = ("edition", "content_hash", "commit")
# What is not there, which is not the same as null.
_ABSENT: Any = object()
# Pairs of a moment and what goes with it: the later one counts.
_LATEST = {("at", "by"), ("updated", "generator")}
# Objects at the top by rule, and then by target.
BY_RULE = ("answers", "outcomes")
# Lists at the top whose entries have ids, and lists whose entries are their own.
BY_ID = ("targets", "people", "milestones")
_SETS = ("evidence", "migrations", "conflicts", "sign_offs")
_TIMED = (("milestones",), ("migrations",), ("sign_offs",))


class Side(StrEnum):
    """Whose value the merged document holds where both changed it."""

    OURS = "ours"
    THEIRS = "theirs"


class MergeError(Exception):
    """Two documents cannot become one; the message says why."""


@dataclass(frozen=True)
class Merged:
    """The merged review, and where both sides had changed the same."""

    review: Review
    conflicts: list[Conflict]


def merge(base: Review | None, ours: Review, theirs: Review, keep: Side | None = None) -> Merged:
    """Return the merged review; without `base`, what differs is a conflict. Raises MergeError.

    Where both sides changed the same, it holds the value of `keep`. Without `keep` that is ours, and the document lists
    the conflicts until they are decided.
    """
    if len({review.id for review in (base, ours, theirs) if review}) > 1:
        raise MergeError("these are different reviews: their 'id' differs")
    merging = _Merging(keep or Side.OURS)
    old, mine, other = (document_of(review) if review else {} for review in (base, ours, theirs))
    merged = merging.value((), old, mine, other)
    merging.keep_targets(merged, (mine, other, old))
    conflicts = merging.conflicts
    if conflicts and not keep:
        found = {tuple(each.place) for each in conflicts}
        earlier = [each for each in merged.get("conflicts", []) if tuple(each["place"]) not in found]
        merged = {**merged, "conflicts": [*earlier, *(each.model_dump(mode="json") for each in conflicts)]}
    return Merged(review_of(merged), conflicts)


def document_of(part: ReviewPart) -> Document:
    """Return a review, or a part of one, as plain data without what says nothing."""
    return part.model_dump(mode="json", by_alias=True, exclude_defaults=True)


def review_of(document: Document) -> Review:
    """Return the review that plain data holds. Raises MergeError."""
    try:
        return Review.model_validate(document)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = escape_invisible(".".join(map(str, first["loc"]))) or "the document"
        raise MergeError(f"the result would not be a valid review: {where}: {first['msg']}") from None


class _Merging:
    def __init__(self, keep: Side) -> None:
        self.keep = keep
        self.conflicts: list[Conflict] = []

    def value(self, place: Place, base: Any, ours: Any, theirs: Any) -> Any:
        """Return the value at a place, or _ABSENT."""
        if theirs in (base, ours):
            return ours
        if ours == base:
            return theirs
        if place == ("created",):
            return min(ours, theirs)
        if _collects(place):
            nothing = type(theirs if ours is _ABSENT else ours)()
            base, ours, theirs = (nothing if side is _ABSENT else side for side in (base, ours, theirs))
        # No conflict can be told deeper than a place reaches.
        if isinstance(ours, dict) and isinstance(theirs, dict) and len(place) < DEEPEST:
            return self._object(place, base if isinstance(base, dict) else {}, ours, theirs)
        if isinstance(ours, list) and isinstance(theirs, list):
            return self._list(place, base if isinstance(base, list) else [], ours, theirs)
        return self._conflict(place, base, ours, theirs)

    def _object(self, place: Place, base: Document, ours: Document, theirs: Document) -> Any:
        if place[:1] == ("outcomes",) and len(place) == 3:
            return _later("at", ours, theirs)
        if place == ("selection",) or (place[:1] == ("milestones",) and len(place) == 2):
            return self._conflict(place, base or None, ours, theirs)
        merged: Document = {}
        for keys in _fields(place, {*base, *ours, *theirs}):
            parts = [{key: side[key] for key in keys if key in side} for side in (base, ours, theirs)]
            merged.update(self._field(place, keys, *parts))
        return merged if merged or not _collects(place) else _ABSENT

    def _field(self, place: Place, keys: Place, base: Document, ours: Document, theirs: Document) -> Document:
        if len(keys) == 1:
            key = keys[0]
            value = self.value((*place, key), *(side.get(key, _ABSENT) for side in (base, ours, theirs)))
            return {} if value is _ABSENT else {key: value}
        if theirs in (base, ours):
            return ours
        if ours == base:
            return theirs
        if keys in _LATEST:
            return _later(keys[0], ours, theirs)
        if keys == VERDICT and not (_judges(base) or (_judges(ours) and _judges(theirs))):
            return max(ours, theirs, key=lambda side: (_judges(side), _text(side)))
        chosen: Document = self._conflict((*place, keys[0]), base, ours, theirs)
        return chosen

    def _list(self, place: Place, base: list[Any], ours: list[Any], theirs: list[Any]) -> Any:
        if len(place) == 1 and place[0] in BY_ID:
            merged = self._entries(place, base, ours, theirs)
        elif place[-1] in _SETS:
            merged = _unite(base, *self._keep_first(ours, theirs))
        else:
            return self._conflict(place, base, ours, theirs)
        return sorted(merged, key=lambda entry: entry["at"]) if place in _TIMED else merged

    def _entries(self, place: Place, base: list[Any], ours: list[Any], theirs: list[Any]) -> list[Any]:
        old, mine, other = ({entry["id"]: entry for entry in side} for side in (base, ours, theirs))
        first, second = self._keep_first(mine, other)
        ids = [*first, *(id_ for id_ in second if id_ not in first)]
        merged = [self.value((*place, id_), *(side.get(id_, _ABSENT) for side in (old, mine, other))) for id_ in ids]
        return [entry for entry in merged if entry is not _ABSENT]

    def _keep_first(self, ours: T, theirs: T) -> tuple[T, T]:
        return (ours, theirs) if self.keep is Side.OURS else (theirs, ours)

    def _conflict(self, place: Place, base: Any, ours: Any, theirs: Any) -> Any:
        if any(len(key) > LONG for key in place):
            raise MergeError(
                f"both changed '{truncate(escape_invisible(place[0]), 60)}', and a key there is too long to be told"
            )
        told = [None if side is _ABSENT else side for side in (base, ours, theirs)]
        self.conflicts.append(Conflict(place=list(place), **dict(zip(("base", "ours", "theirs"), told, strict=True))))
        return self._keep_first(ours, theirs)[0]

    def keep_targets(self, merged: Document, sides: tuple[Document, ...]) -> None:
        """Bring a target back that one side took away while the other answered for it, as a conflict."""
        used = {id_ for part in BY_RULE for by in merged.get(part, {}).values() for id_ in by}
        used |= {id_ for conflict in self.conflicts if conflict.place[0] in BY_RULE for id_ in conflict.place[2:3]}
        listed = merged.get("targets", [])
        for id_ in sorted(used - {target["id"] for target in listed}):
            found = [next((t for t in side.get("targets", []) if t["id"] == id_), None) for side in sides]
            ours, theirs, base = found
            self.conflicts.append(Conflict(place=["targets", id_], base=base, ours=ours, theirs=theirs))
            listed = [*listed, ours or theirs or base]
        merged["targets"] = listed


def _collects(place: Place) -> bool:
    """Return whether a place only holds entries: then it says the same whether it is empty or not there."""
    if place and place[0] in BY_RULE:
        return len(place) <= 2 or place[3:] == ("evidence",)
    return len(place) == 1 and place[0] in (*BY_ID, *_SETS)


def _fields(place: Place, keys: set[str]) -> Iterator[Place]:
    """Yield the keys of an object, those together that are merged as one."""
    groups = is_whole(place)
    yield from groups
    yield from ((key,) for key in sorted(keys.difference(*groups)))


def is_whole(place: Place) -> tuple[Place, ...]:
    """Return which keys of the object at a place are merged as one; a conflict is at the first of them."""
    if not place:
        return (_EDITION, ("updated", "generator"))
    if place[0] == "answers" and len(place) == 3:
        return (VERDICT, ("at", "by"))
    return (_PLAN,) if place[0] == "answers" and place[3:] == ("disposition",) else ()


def _judges(answer: Document) -> bool:
    """Return whether an answer has a verdict: one that is only commented has the revision of the rule alone."""
    return "value" in answer or "not_applicable" in answer


def _later(moment: str, ours: Document, theirs: Document) -> Document:
    return max(ours, theirs, key=lambda side: (side.get(moment, ""), _text(side)))


def _unite(base: list[Any], first: list[Any], second: list[Any]) -> list[Any]:
    """Return the items that neither side took away, and those that either added, in the order of the first."""
    old, one, other = ({_text(entry): entry for entry in side} for side in (base, first, second))
    return [entry for text, entry in {**one, **other}.items() if text not in old or (text in one and text in other)]


# What a signature says nothing of: when and by what the document was written, and the log of signatures itself.
_UNSIGNED = {"updated", "generator", "schema_address", "sign_offs"}


def breaks_sign_off(merged: Merged, *sides: Review) -> bool:
    """Return whether a merge would change what a side has signed off, or put a signature below something else.

    That is so where a side is signed off and the other is not, both having changed since, whichever side is kept.
    """
    if any(each.place == ["state"] for each in merged.conflicts) and any(side.is_signed for side in sides):
        return True
    if not merged.review.is_signed:
        return False
    signed = [_signed_content(side) for side in sides if side.is_signed]
    return bool(merged.conflicts) or _signed_content(merged.review) not in signed


def _signed_content(review: Review) -> Document:
    return review.model_dump(mode="json", exclude=_UNSIGNED)


def _text(value: Any) -> str:
    return json.dumps(value, sort_keys=True)
