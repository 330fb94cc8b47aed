"""The answers of a review as its reports have them: what is said of each, sorted by what has to be done about it."""

from collections.abc import Iterator
from dataclasses import dataclass

from vger_guide.catalog.rules import Level, Rule, Severity
from vger_guide.catalog.urls import address
from vger_guide.output.reviews.text import checked, disposition, line, lines
from vger_guide.reviews.context import Filled, person
from vger_guide.reviews.labels import CONFIDENCES, NOT_APPLICABLE, REASONS, VALUES
from vger_guide.reviews.models import Answer, Outcome, Plan, Target, Value
from vger_guide.reviews.outcomes import disagrees
from vger_guide.reviews.score import accepted, overdue
from vger_guide.reviews.selection import answer_of

# What has to be done first stands first.
GROUPS = {
    "not-met": VALUES[Value.NOT_MET],
    "partial": VALUES[Value.PARTIAL],
    "accepted": "Accepted risks",
    "not-applicable": NOT_APPLICABLE,
    "unanswered": VALUES[Value.UNANSWERED],
    "met": VALUES[Value.MET],
}


@dataclass(frozen=True)
class Entry:
    """An answer to a rule for a target, with what a check said."""

    filled: Filled
    rule: Rule
    answer: Answer
    outcome: Outcome | None

    @property
    def group(self) -> str:
        """The key of GROUPS that it stands under."""
        if self.answer.not_applicable:
            return "not-applicable"
        open_ = self.answer.value in (Value.NOT_MET, Value.PARTIAL)
        return "accepted" if open_ and accepted(self.answer, self.filled.today) else self.answer.value.value

    @property
    def address(self) -> str:
        """The page of the rule."""
        return address(self.filled.site, self.rule.page)

    @property
    def about(self) -> str:
        """Level, severity and section."""
        section = self.filled.catalog.section_of(self.rule).heading
        return f"{self.rule.level.value.capitalize()}, {self.rule.severity.value}, in {section}"

    @property
    def disputed(self) -> bool:
        """Whether a check says something else."""
        return self.outcome is not None and disagrees(self.answer, self.outcome)

    def facts(self) -> Iterator[tuple[str, str]]:
        """Yield what there is to say of it, with a heading each; texts of people may have several lines."""
        answer, given = self.answer, self.answer.disposition
        if self.group == "unanswered":
            yield "Question", self.rule.ask
        if answer.not_applicable:
            yield "Why not", f"{REASONS[answer.not_applicable.code]}: {answer.not_applicable.text}"
        if self.group in ("not-met", "partial", "accepted") or given.plan is not Plan.NONE:
            yield "Plan", disposition(self.filled, given) + (" (lapsed)" if overdue(answer, self.filled.today) else "")
        yield "Comment", answer.comment
        yield "Check", self.checked
        yield "Answered", ", ".join(filter(None, self._answered()))
        if answer.confirm:
            yield "To confirm", "The rule has changed since it was answered"

    @property
    def checked(self) -> str:
        """What a check said, or nothing; its reason may have several lines."""
        if not self.outcome:
            return ""
        said = checked(self.outcome) + (", which differs from the answer" if self.disputed else "")
        places = ", ".join(filter(None, map(line, self.outcome.places)))
        reason = f"{said}: {self.outcome.reason}" if lines(self.outcome.reason) else said
        return f"{reason}\nFound at {places}" if places else reason

    def _answered(self) -> Iterator[str]:
        if by := line(person(self.filled, self.answer.by)):
            yield f"by {by}"
        if self.answer.at:
            yield f"on {self.answer.at.date().isoformat()}"
        if self.answer.confidence:
            yield f"confidence {CONFIDENCES[self.answer.confidence].lower()}"
        if edition := line(self.answer.carried_from):
            yield f"taken over from {edition}"


def entries(filled: Filled, target: Target) -> list[Entry]:
    """Return the answers of a target in reading order."""
    outcomes = filled.review.outcomes
    return [
        Entry(filled, rule, answer_of(filled.review, rule, target.id), outcomes.get(rule.id, {}).get(target.id))
        for rule in filled.rules
    ]


def grouped(listed: list[Entry]) -> dict[str, list[Entry]]:
    """Return the entries by the keys of GROUPS, those that weigh most first; keys with none are left out."""
    sorted_ = sorted(listed, key=_weight)
    groups = {key: [entry for entry in sorted_ if entry.group == key] for key in GROUPS}
    return {key: found for key, found in groups.items() if found}


def _weight(entry: Entry) -> tuple[int, int]:
    return list(Level).index(entry.rule.level), list(Severity).index(entry.rule.severity)
