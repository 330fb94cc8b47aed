"""The answers of a review as its reports have them: what is said of each, sorted by what has to be done about it."""

from collections.abc import Iterator
from dataclasses import dataclass

from vger_guide.catalog.rules import Level, Rule, Severity
from vger_guide.catalog.urls import page_url
from vger_guide.output.reviews.text import describe_disposition, outcome_label, to_line, to_lines
from vger_guide.reviews.context import ReviewContext, person_name
from vger_guide.reviews.labels import CONFIDENCES, GAPS, NOT_APPLICABLE, REASONS, VALUES
from vger_guide.reviews.models import Answer, Outcome, Plan, Target, Value
from vger_guide.reviews.outcomes import is_disputed
from vger_guide.reviews.score import gaps, is_accepted, is_overdue
from vger_guide.reviews.selection import find_answer

# What has to be done first stands first.
GROUPS = {
    "not-met": VALUES[Value.NOT_MET],
    "partial": VALUES[Value.PARTIAL],
    "incomplete": "Accepted risks without an end, an owner or an approver",
    "accepted": "Accepted risks",
    "not-applicable": NOT_APPLICABLE,
    "unanswered": VALUES[Value.UNANSWERED],
    "met": VALUES[Value.MET],
}


@dataclass(frozen=True)
class AnswerEntry:
    """An answer to a rule for a target, with what a check said."""

    filled: ReviewContext
    rule: Rule
    answer: Answer
    outcome: Outcome | None

    @property
    def group(self) -> str:
        """The key of GROUPS that it stands under."""
        if self.answer.not_applicable:
            return "not-applicable"
        open_ = self.answer.value in (Value.NOT_MET, Value.PARTIAL)
        if not (open_ and is_accepted(self.answer, self.filled.today)):
            return self.answer.value.value
        return "incomplete" if gaps(self.answer) else "accepted"

    @property
    def address(self) -> str:
        """The page of the rule."""
        return page_url(self.filled.site, self.rule.page)

    @property
    def about(self) -> str:
        """Level, severity and section."""
        section = self.filled.catalog.section_of(self.rule).heading
        return f"{self.rule.level.value.capitalize()}, {self.rule.severity.value}, in {section}"

    @property
    def disputed(self) -> bool:
        """Whether a check says something else."""
        return self.outcome is not None and is_disputed(self.answer, self.outcome)

    def facts(self) -> Iterator[tuple[str, str]]:
        """Yield what there is to say of it, with a heading each; texts of people may have several lines."""
        answer, given = self.answer, self.answer.disposition
        if self.group == "unanswered":
            yield "Question", self.rule.ask
        if answer.not_applicable:
            yield "Why not", f"{REASONS[answer.not_applicable.code]}: {answer.not_applicable.text}"
        if self.group in ("not-met", "partial", "incomplete", "accepted") or given.plan is not Plan.NONE:
            yield (
                "Plan",
                describe_disposition(self.filled, given) + self._marks(),
            )
        yield "Comment", answer.comment
        yield "Check", self.checked
        yield "Answered", ", ".join(filter(None, self._describe_answered()))
        if answer.confirm:
            yield "To confirm", "The rule has changed since it was answered"

    def _marks(self) -> str:
        """Return what is wrong with a plan, such as ` (lapsed)` or ` (no end, nobody approved)`."""
        lapsed = ["lapsed"] if is_overdue(self.answer, self.filled.today) else []
        marks = ", ".join([*lapsed, *(GAPS[each] for each in gaps(self.answer))])
        return f" ({marks})" if marks else ""

    @property
    def checked(self) -> str:
        """What a check said, or nothing; its reason may have several lines."""
        if not self.outcome:
            return ""
        said = outcome_label(self.outcome) + (", which differs from the answer" if self.disputed else "")
        places = ", ".join(filter(None, map(to_line, self.outcome.places)))
        reason = f"{said}: {self.outcome.reason}" if to_lines(self.outcome.reason) else said
        return f"{reason}\nFound at {places}" if places else reason

    def _describe_answered(self) -> Iterator[str]:
        if by := to_line(person_name(self.filled, self.answer.by)):
            yield f"by {by}"
        if self.answer.at:
            yield f"on {self.answer.at.date().isoformat()}"
        if self.answer.confidence:
            yield f"confidence {CONFIDENCES[self.answer.confidence].lower()}"
        if edition := to_line(self.answer.carried_from):
            yield f"taken over from {edition}"


def list_answers(context: ReviewContext, target: Target) -> list[AnswerEntry]:
    """Return the answers of a target in reading order."""
    outcomes = context.review.outcomes
    return [
        AnswerEntry(
            context, rule, find_answer(context.review, rule, target.id), outcomes.get(rule.id, {}).get(target.id)
        )
        for rule in context.rules
    ]


def group_answers(listed: list[AnswerEntry]) -> dict[str, list[AnswerEntry]]:
    """Return the entries by the keys of GROUPS, those that weigh most first; keys with none are left out."""
    sorted_ = sorted(listed, key=_weight)
    groups = {key: [entry for entry in sorted_ if entry.group == key] for key in GROUPS}
    return {key: found for key, found in groups.items() if found}


def _weight(entry: AnswerEntry) -> tuple[int, int]:
    return list(Level).index(entry.rule.level), list(Severity).index(entry.rule.severity)
