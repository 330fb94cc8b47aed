"""Deciding a conflict of a merge: the document then says what one of the two sides said."""

from typing import Any

from vger_guide.reviews.document import Conflict, Review
from vger_guide.reviews.merging import BY_RULE, CannotMerge, Place, Side, document_of, review_of, together


def decided(review: Review, conflict: Conflict, side: Side) -> Review:
    """Return a review with what a side said where they differed, and without the conflict.

    A target that a side had taken away goes with all that was said of it. Raises CannotMerge where the result would be
    no review.
    """
    document = document_of(review)
    place, value = tuple(conflict.place), conflict.ours if side is Side.OURS else conflict.theirs
    left = [each for each in review.conflicts if each.place != conflict.place]
    try:
        _put(document, place, value)
    except (AttributeError, KeyError, TypeError):
        raise CannotMerge(f"it has no place {'.'.join(place)}; mend 'conflicts' in the file") from None
    if place[0] == "targets" and len(place) == 2 and value is None:
        _forget(document, place[1])
        left = [each for each in left if each.place[0] not in BY_RULE or each.place[2:3] != [place[1]]]
    for part in BY_RULE:
        document[part] = {rule: by_target for rule, by_target in document.get(part, {}).items() if by_target}
    document["conflicts"] = [each.model_dump(mode="json") for each in left]
    return review_of(document)


def _put(document: Any, place: Place, value: Any) -> None:
    for key in place[:-1]:
        document = _entry(document, key) if isinstance(document, list) else document.setdefault(key, {})
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


def _forget(document: Any, target: str) -> None:
    for part in BY_RULE:
        for by_target in document.get(part, {}).values():
            by_target.pop(target, None)
