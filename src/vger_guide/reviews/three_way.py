"""Merging a form that came back: what it was exported with, what it says now, and the review as it stands.

Rows that nobody touched change nothing; what only the form changed is taken; what both changed differently is a
conflict, as between two copies (merge.py). What would be lost is held back (loss.py).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from vger_guide.reviews.loss import Loss, keep_parts, lost_parts
from vger_guide.reviews.merge import MergeError, Side, breaks_sign_off, merge
from vger_guide.reviews.models import Answer, Answers, Conflict, Review

# Who said it and when is no change by itself.
_STAMP = {"by", "at"}
_FRAME = {"revision", "text_hash", *_STAMP}
# No form but the document itself says anything of these.
_BULK: dict[str, Any] = {"milestones": [], "outcomes": {}, "migrations": []}


@dataclass(frozen=True)
class ThreeWay:
    """The review with what was taken, the same with the losses taken too, and where both sides had changed the same."""

    review: Review
    lossy: Review
    conflicts: list[Conflict]
    losses: list[Loss]


def merge_answers(base: Review, ours: Review, theirs: Review, keep: Side | None = None) -> ThreeWay:
    """Return ours with the answers, people and decided conflicts that theirs changed since base. Raises MergeError."""
    slim = [side.model_copy(update=_BULK) for side in (base, ours, _name_as(ours, theirs))]
    merged = merge(slim[0], slim[1], slim[2], keep)
    taken = {"answers": merged.review.answers, "people": merged.review.people, "conflicts": merged.review.conflicts}
    return _hold_losses(ours, ours.model_copy(update=taken), merged.conflicts)


def merge_copy(ours: Review, theirs: Review, keep: Side | None = None) -> ThreeWay:
    """Return ours merged with another copy of it, over no base: what differs is a conflict. Raises MergeError."""
    if theirs.id != ours.id:
        raise MergeError("it is not a copy of this review: their 'id' differs")
    if theirs.edition != ours.edition:
        raise MergeError(f"it is of edition {theirs.edition}, the review of {ours.edition}; migrate one of them first")
    theirs = _name_as(ours, theirs)
    merged = merge(None, ours, theirs, keep)
    if breaks_sign_off(merged, ours, theirs):
        raise MergeError("it is signed off, with other answers; reopen it first")
    return _hold_losses(ours, merged.review, merged.conflicts)


def _name_as(ours: Review, theirs: Review) -> Review:
    """Return theirs with owners and approvers as ours writes them: a person's name says the same as the person's id."""
    names = {person.id: person.name for person in (*theirs.people, *ours.people)}
    answers = {
        rule: {
            target: _renamed(ours.answers.get(rule, {}).get(target), answer, names) for target, answer in each.items()
        }
        for rule, each in theirs.answers.items()
    }
    return theirs.model_copy(update={"answers": answers})


def _renamed(mine: Answer | None, theirs: Answer, names: Mapping[str, str]) -> Answer:
    if mine is None:
        return theirs
    here, there = mine.disposition, theirs.disposition
    pairs = {"owner": (here.owner, there.owner), "approver": (here.approver, there.approver)}
    same = {key: one for key, (one, other) in pairs.items() if one != other and _is_same(one, other, names)}
    return theirs.model_copy(update={"disposition": there.model_copy(update=same)}) if same else theirs


def _is_same(one: str, other: str, names: Mapping[str, str]) -> bool:
    return names.get(one, one) == names.get(other, other)


def _hold_losses(ours: Review, merged: Review, conflicts: list[Conflict]) -> ThreeWay:
    contested = {tuple(each.place[1:3]) for each in conflicts if each.place[0] == "answers"}
    lossy: dict[tuple[str, str], Answer] = {}
    held: dict[tuple[str, str], Answer] = {}
    losses: list[Loss] = []
    for place, before, after in _pairs(ours.answers, merged.answers):
        answer = _settle(before, after, place in contested)
        if answer is None:
            continue
        parts = lost_parts(before, answer) if before else []
        lossy[place] = held[place] = answer
        if before and parts:
            losses += [Loss(*place, part, before, answer) for part in parts]
            held[place] = _unless_same(before, keep_parts(before, answer, parts))
    safe, whole = (merged.model_copy(update={"answers": _by_rule(each)}) for each in (held, lossy))
    return ThreeWay(safe, whole, conflicts, losses)


def _pairs(ours: Answers, merged: Answers) -> Iterator[tuple[tuple[str, str], Answer | None, Answer | None]]:
    for rule in sorted({*ours, *merged}):
        before, after = ours.get(rule, {}), merged.get(rule, {})
        for target in sorted({*before, *after}):
            yield (rule, target), before.get(target), after.get(target)


def _settle(before: Answer | None, after: Answer | None, contested: bool) -> Answer | None:
    """Return the answer after a merge, None where nothing is said of the rule.

    Where the one before was kept in a conflict, it is still of whoever gave it.
    """
    if before is None:
        return after if after and after.model_dump(exclude=_FRAME, exclude_defaults=True) else None
    if after is None:
        return Answer(revision=before.revision, text_hash=before.text_hash)
    return _unless_same(before, after) if contested else after


def _unless_same(before: Answer, after: Answer) -> Answer:
    """Return the answer before where the one after says no more than that somebody looked at it."""
    same = before.model_dump(exclude=_STAMP) == after.model_dump(exclude=_STAMP)
    return before if same else after


def _by_rule(answers: Mapping[tuple[str, str], Answer]) -> Answers:
    found: Answers = {}
    for (rule, target), answer in answers.items():
        found.setdefault(rule, {})[target] = answer
    return found
