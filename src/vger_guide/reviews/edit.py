"""Changes a review: an answer, the people who gave it, its state, and what decides conflicts of a merge."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from vger_guide.catalog.editions import text_hash
from vger_guide.catalog.rules import Rule
from vger_guide.reviews.merge import BY_ID, BY_RULE, VERDICT, MergeError, Place, Side, document_of, is_whole, review_of
from vger_guide.reviews.models import Answer, Conflict, Milestone, Person, Review
from vger_guide.reviews.score import score, tally
from vger_guide.reviews.selection import GENERATOR, find_answer
from vger_guide.text.sanitize import escape_invisible

# An answer, and the fields of it that were said.
AnswerChange = tuple[Answer, Collection[str]]


_ID = 60  # characters of an id that is made of a name


def record_answer(review: Review, rule: Rule, target: str, said: dict[str, Any]) -> Review:
    """Return a review with fields of an answer changed to what somebody said, and the conflicts in them decided.

    A value, or that the rule does not apply, is said of the rule as it is now.
    """
    changed = dict(said)
    if "value" in said or "not_applicable" in said:
        changed = {"not_applicable": None, "by": "", **said, **current_wording(rule.revision, text_hash(rule))}
    answer: Answer = find_answer(review, rule, target).model_copy(update=changed)
    return record_answers(review, {(rule.id, target): (answer, set(said))})


def current_wording(revision: int, hash_: str) -> dict[str, Any]:
    """Return the fields of an answer that somebody gives to a wording of the rule: nothing is carried over then."""
    return {"revision": revision, "text_hash": hash_, "confirm": False, "carried_from": ""}


def record_answers(review: Review, said: Mapping[tuple[str, str], AnswerChange]) -> Review:
    """Return a review with answers, by rule and target, and the conflicts in what was said of them decided."""
    answers = {rule: dict(by_target) for rule, by_target in review.answers.items()}
    for (rule, target), (answer, _) in said.items():
        answers.setdefault(rule, {})[target] = answer
    left = [each for each in review.conflicts if not _is_decided(each, said)]
    return review.model_copy(update={"answers": answers, "conflicts": left})


def _is_decided(conflict: Conflict, said: Mapping[tuple[str, str], AnswerChange]) -> bool:
    part, rule, target, field = (*conflict.place[:4], "", "", "")[:4]
    if part != "answers" or (rule, target) not in said:
        return False
    _, fields = said[rule, target]
    # A verdict is merged as one, and its conflict is at the first field of it.
    return not field or field in {VERDICT[0] if each in VERDICT else each for each in fields}


def add_person(review: Review, name: str) -> tuple[Review, str]:
    """Return a review with a person of an id or a name among its people, and the id."""
    for person in review.people:
        if name in (person.id, person.name):
            return review, person.id
    id_ = make_id(name, {person.id for person in review.people}, "person")
    return review.model_copy(update={"people": [*review.people, Person(id=id_, name=name)]}), id_


def count_mentions(review: Review, id_: str) -> int:
    """Return how many answers name a person as the reviewer, the owner or the approver."""
    answers = (answer for by_target in review.answers.values() for answer in by_target.values())
    return sum(id_ in (each.by, each.disposition.owner, each.disposition.approver) for each in answers)


def make_id(name: str, taken: Iterable[str], otherwise: str) -> str:
    """Return an id for a name, such as `web-shop`, that is not taken yet."""
    plain = unicodedata.normalize("NFKD", name).casefold().encode("ascii", "ignore").decode()
    stem = re.sub("[^a-z0-9]+", "-", plain)[:_ID].strip("-") or otherwise
    used = set(taken)
    return next(id_ for n in range(1, len(used) + 2) if (id_ := stem if n == 1 else f"{stem}-{n}") not in used)


def add_milestone(review: Review, title: str, rules: Iterable[Rule], today: date, now: datetime) -> Review:
    """Return a review with its answers as they stand kept under a title; the score is that of all targets."""
    asked = list(rules)
    total = score([tally(review, asked, target.id, today) for target in review.targets])
    id_ = make_id(title, {milestone.id for milestone in review.milestones}, "milestone")
    milestone = Milestone(id=id_, title=title, at=now, answers=review.answers, score=total)
    return review.model_copy(update={"milestones": [*review.milestones, milestone]})


def touch(review: Review, now: datetime) -> Review:
    """Return a review that says that this program changed it now."""
    return review.model_copy(update={"updated": now, "generator": GENERATOR})


def decide_conflicts(review: Review, conflicts: Sequence[Conflict], side: Side) -> Review:
    """Return a review with what a side said where they differed, and without these conflicts of it.

    A target that a side had taken away goes with all that was said of it. Raises MergeError where the result would be
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
        raise MergeError(
            f"it has no place {escape_invisible('.'.join(place))} for this; correct 'conflicts' in the file"
        ) from None


def _put(document: Any, place: Place, value: Any) -> None:
    for depth, key in enumerate(place[:-1]):
        # A list that is empty is left out of the document.
        nothing: Any = [] if depth == 0 and key in BY_ID else {}
        document = _entry(document, key) if isinstance(document, list) else document.setdefault(key, nothing)
    last = place[-1]
    keys = next((keys for keys in is_whole(place[:-1]) if keys[0] == last), None)
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
    """Return data by rule and target without some targets; anything else stays, to be refused."""
    if not isinstance(by_rule, dict) or not all(isinstance(by_target, dict) for by_target in by_rule.values()):
        return by_rule
    left = {rule: {id_: by[id_] for id_ in by if id_ not in targets} for rule, by in by_rule.items()}
    return {rule: by_target for rule, by_target in left.items() if by_target}


def _is_of(conflict: Conflict, targets: set[str]) -> bool:
    return conflict.place[0] in BY_RULE and not targets.isdisjoint(conflict.place[2:3])


def begin_anew(review: Review, now: datetime) -> Review:
    """Return a review that a file held; an empty checklist, whose id is made of what it says, gets one of its own."""
    if review.answers or UUID(review.id).version != 5:
        return review
    return review.model_copy(update={"id": str(uuid4()), "created": now, "updated": now})
