"""Scores of a review: met of answered and of applicable, with what is open and what does not apply beside it.

Formula 2: a rule that is met counts 1; one that is met in part or not met counts 0; one that is not answered is open,
and neither met nor failed; one that does not apply is left out. Rules of the level may are counted apart. An accepted
risk does not change the score: it is counted beside it, and reopens by itself after its last day. One that lacks an
end, an owner or an approver is counted apart from the others.

A milestone keeps counts of all rules, as formula 1 had them: met, applicable, unanswered and not applicable.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from vger_guide.catalog.rules import Level, Rule
from vger_guide.reviews.models import Answer, Plan, Review, Score, Value
from vger_guide.reviews.selection import find_answer

FORMULA = 2
_KEPT = 1


@dataclass(frozen=True)
class Tally:
    """How many answers of each kind.

    `accepted` are risks that still are, `incomplete` those that lack something, `overdue` lapsed plans and risks.
    """

    met: int = 0
    partial: int = 0
    not_met: int = 0
    unanswered: int = 0
    not_applicable: int = 0
    accepted: int = 0
    incomplete: int = 0
    overdue: int = 0
    confirm: int = 0

    @property
    def answered(self) -> int:
        """How many of the rules that apply are answered."""
        return self.met + self.partial + self.not_met

    @property
    def applicable(self) -> int:
        """How many rules apply."""
        return self.answered + self.unanswered

    @property
    def percent(self) -> int | None:
        """How many of those answered are met, in per cent, rounded down; None where none is answered."""
        return _percent(self.met, self.answered)

    @property
    def percent_of_applicable(self) -> int | None:
        """How many of those that apply are met, in per cent, rounded down; None where none applies."""
        return _percent(self.met, self.applicable)


def _percent(part: int, whole: int) -> int | None:
    return part * 100 // whole if whole else None


def binding(rules: Iterable[Rule]) -> list[Rule]:
    """Return the rules that a score is of: the musts and shoulds."""
    return [rule for rule in rules if rule.level is not Level.MAY]


def optional(rules: Iterable[Rule]) -> list[Rule]:
    """Return the rules that are counted apart, of the level may."""
    return [rule for rule in rules if rule.level is Level.MAY]


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
        accepted=sum(is_accepted(answer, today) and not gaps(answer) for answer in applying),
        incomplete=sum(is_accepted(answer, today) and bool(gaps(answer)) for answer in applying),
        overdue=sum(is_overdue(answer, today) for answer in applying),
        confirm=sum(answer.confirm for answer in answers),
    )


def is_accepted(answer: Answer, today: date) -> bool:
    """Return whether a risk is accepted while the rule is not met: after its last day it reopens by itself."""
    end = answer.disposition.until
    open_ = answer.value is not Value.MET and answer.disposition.plan is Plan.RISK_ACCEPTED
    return open_ and (end is None or end >= today)


def gaps(answer: Answer) -> list[str]:
    """Return what an accepted risk lacks: `answer`, `end`, `owner` and `approver`; nothing for anything else."""
    plan = answer.disposition
    if answer.value is Value.MET or answer.not_applicable or plan.plan is not Plan.RISK_ACCEPTED:
        return []
    given = {
        "answer": answer.value is not Value.UNANSWERED,
        "end": plan.until is not None,
        "owner": bool(plan.owner.strip()),
        "approver": bool(plan.approver.strip()),
    }
    return [name for name, is_there in given.items() if not is_there]


def is_overdue(answer: Answer, today: date) -> bool:
    """Return whether a plan or an accepted risk has lapsed while the rule is not met."""
    end = answer.disposition.until
    return answer.value is not Value.MET and answer.disposition.plan is not Plan.NONE and bool(end and end < today)


def score(counts: Sequence[Tally]) -> Score:
    """Return the counts of all targets as a milestone keeps them."""
    return Score(
        formula=_KEPT,
        met=sum(each.met for each in counts),
        applicable=sum(each.applicable for each in counts),
        unanswered=sum(each.unanswered for each in counts),
        not_applicable=sum(each.not_applicable for each in counts),
    )
