"""Scores of a review: met over applicable, with what is unanswered and what does not apply beside it.

Formula 1: a rule that is met counts 1; one that is met in part, not met or not answered counts 0; one that does not
apply is left out. An accepted risk does not change the score: it is counted beside it, and reopens by itself after its
last day.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from vger_guide.catalog.rules import Rule
from vger_guide.reviews.models import Answer, Plan, Review, Score, Value
from vger_guide.reviews.selection import find_answer

FORMULA = 1


@dataclass(frozen=True)
class Tally:
    """How many answers of each kind; `accepted` are risks that still are, `overdue` lapsed plans and risks."""

    met: int = 0
    partial: int = 0
    not_met: int = 0
    unanswered: int = 0
    not_applicable: int = 0
    accepted: int = 0
    overdue: int = 0
    confirm: int = 0

    @property
    def applicable(self) -> int:
        """How many rules apply."""
        return self.met + self.partial + self.not_met + self.unanswered

    @property
    def percent(self) -> int | None:
        """How many of them are met, in per cent, rounded down; None where none applies."""
        return self.met * 100 // self.applicable if self.applicable else None


def tally(review: Review, rules: Iterable[Rule], target: str, today: date) -> Tally:
    """Return the counts of a target's answers to some rules on a day."""
    answers = [find_answer(review, rule, target) for rule in rules]
    applying = [answer for answer in answers if not answer.not_applicable]
    values = [answer.value for answer in applying]
    return Tally(
        met=values.count(Value.MET),
        partial=values.count(Value.PARTIAL),
        not_met=values.count(Value.NOT_MET),
        unanswered=values.count(Value.UNANSWERED),
        not_applicable=len(answers) - len(applying),
        accepted=sum(is_accepted(answer, today) for answer in applying),
        overdue=sum(is_overdue(answer, today) for answer in applying),
        confirm=sum(answer.confirm for answer in answers),
    )


def is_accepted(answer: Answer, today: date) -> bool:
    """Return whether a risk is accepted while the rule is not met: after its last day it reopens by itself."""
    end = answer.disposition.until
    open_ = answer.value is not Value.MET and answer.disposition.plan is Plan.RISK_ACCEPTED
    return open_ and (end is None or end >= today)


def is_overdue(answer: Answer, today: date) -> bool:
    """Return whether a plan or an accepted risk has lapsed while the rule is not met."""
    end = answer.disposition.until
    return answer.value is not Value.MET and answer.disposition.plan is not Plan.NONE and bool(end and end < today)


def score(counts: Sequence[Tally]) -> Score:
    """Return the counts of all targets as a milestone keeps them."""
    return Score(
        formula=FORMULA,
        met=sum(each.met for each in counts),
        applicable=sum(each.applicable for each in counts),
        unanswered=sum(each.unanswered for each in counts),
        not_applicable=sum(each.not_applicable for each in counts),
    )
