"""Changing a review: an answer, the people who gave it, its state."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from vger_guide.catalog.rules import Rule
from vger_guide.reviews.asking import GENERATOR, answer_of, text_hash
from vger_guide.reviews.document import Answer, Conflict, Milestone, Person, Review
from vger_guide.reviews.merging import VERDICT
from vger_guide.reviews.scores import score, tally

# An answer, and the fields of it that were said.
Said = tuple[Answer, Collection[str]]

_ID = 60  # characters of an id that is made of a name


def answered(review: Review, rule: Rule, target: str, said: dict[str, Any]) -> Review:
    """Return a review with fields of an answer changed to what somebody said, and the conflicts in them decided.

    A value, or that the rule does not apply, is said of the rule as it is now.
    """
    changed = dict(said)
    if "value" in said or "not_applicable" in said:
        changed = {"not_applicable": None, "by": "", **said, **as_asked(rule.revision, text_hash(rule))}
    answer: Answer = answer_of(review, rule, target).model_copy(update=changed)
    return with_answers(review, {(rule.id, target): (answer, set(said))})


def as_asked(revision: int, hash_: str) -> dict[str, Any]:
    """Return the fields of an answer that somebody gives to a wording of the rule: nothing is carried over then."""
    return {"revision": revision, "text_hash": hash_, "confirm": False, "carried_from": ""}


def with_answers(review: Review, said: Mapping[tuple[str, str], Said]) -> Review:
    """Return a review with answers, by rule and target, and the conflicts in what was said of them decided."""
    answers = {rule: dict(by_target) for rule, by_target in review.answers.items()}
    for (rule, target), (answer, _) in said.items():
        answers.setdefault(rule, {})[target] = answer
    left = [each for each in review.conflicts if not _decided(each, said)]
    return review.model_copy(update={"answers": answers, "conflicts": left})


def _decided(conflict: Conflict, said: Mapping[tuple[str, str], Said]) -> bool:
    part, rule, target, field = (*conflict.place[:4], "", "", "")[:4]
    if part != "answers" or (rule, target) not in said:
        return False
    _, fields = said[rule, target]
    # A verdict is merged as one, and its conflict is at the first field of it.
    return not field or field in {VERDICT[0] if each in VERDICT else each for each in fields}


def with_person(review: Review, name: str) -> tuple[Review, str]:
    """Return a review with a person of an id or a name among its people, and the id."""
    for person in review.people:
        if name in (person.id, person.name):
            return review, person.id
    id_ = id_of(name, {person.id for person in review.people}, "person")
    return review.model_copy(update={"people": [*review.people, Person(id=id_, name=name)]}), id_


def id_of(name: str, taken: Iterable[str], otherwise: str) -> str:
    """Return an id for a name, such as `web-shop`, that is not taken yet."""
    plain = unicodedata.normalize("NFKD", name).casefold().encode("ascii", "ignore").decode()
    stem = re.sub("[^a-z0-9]+", "-", plain)[:_ID].strip("-") or otherwise
    used = set(taken)
    return next(id_ for n in range(1, len(used) + 2) if (id_ := stem if n == 1 else f"{stem}-{n}") not in used)


def with_milestone(review: Review, title: str, rules: Iterable[Rule], today: date, now: datetime) -> Review:
    """Return a review with its answers as they stand kept under a title; the score is that of all targets."""
    asked = list(rules)
    total = score([tally(review, asked, target.id, today) for target in review.targets])
    id_ = id_of(title, {milestone.id for milestone in review.milestones}, "milestone")
    milestone = Milestone(id=id_, title=title, at=now, answers=review.answers, score=total)
    return review.model_copy(update={"milestones": [*review.milestones, milestone]})


def touched(review: Review, now: datetime) -> Review:
    """Return a review that says that this program changed it now."""
    return review.model_copy(update={"updated": now, "generator": GENERATOR})
