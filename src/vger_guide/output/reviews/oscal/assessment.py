"""One rule asked of one target, with what was answered and seen: what observations, findings and risks are made of."""

from collections.abc import Iterator
from dataclasses import dataclass

from vger_guide.catalog.rules import Rule
from vger_guide.output.reviews.oscal.objects import Object, control, namespace, of_review, props
from vger_guide.reviews.context import ReviewContext
from vger_guide.reviews.models import Answer, Outcome, Plan, Target, Value
from vger_guide.reviews.selection import find_answer


@dataclass(frozen=True)
class Assessment:
    """A rule, a target, its answer, and the outcome of its check where there is one."""

    filled: ReviewContext
    target: Target
    rule: Rule
    answer: Answer
    outcome: Outcome | None

    @property
    def found(self) -> bool:
        """Whether the rule applies and somebody has answered it."""
        return not self.answer.not_applicable and self.answer.value is not Value.UNANSWERED

    @property
    def at_risk(self) -> bool:
        """Whether the rule applies and is not met, and it was decided what to do about it."""
        applies = not self.answer.not_applicable and self.answer.value is not Value.MET
        return applies and self.answer.disposition.plan is not Plan.NONE

    def uid(self, kind: str) -> str:
        """Return the UUID of what is said of it under a kind."""
        return of_review(self.filled.site, self.filled.review, self.target.id, self.rule.id, kind)

    def props(self, **values: object) -> list[Object]:
        """Return properties of the guide's own, the rule's control first."""
        return props(namespace(self.filled.site), control=control(self.rule.id), **values)


def list_assessments(context: ReviewContext, target: Target) -> Iterator[Assessment]:
    """Yield each rule that is asked of a target."""
    for rule in context.rules:
        outcome = context.review.outcomes.get(rule.id, {}).get(target.id)
        yield Assessment(context, target, rule, find_answer(context.review, rule, target.id), outcome)


def system(context: ReviewContext, target: Target) -> str:
    """Return the UUID of the component that a target is."""
    return of_review(context.site, context.review, target.id, "system")


def tool(context: ReviewContext, target: Target, name: str) -> str:
    """Return the UUID of the component that a tool is, which looked at a target."""
    return of_review(context.site, context.review, target.id, "tool", name)


def party(context: ReviewContext, person: str) -> str:
    """Return the UUID of a person of the review, or nothing for a name that is no id of one."""
    known = any(each.id == person for each in context.review.people)
    return of_review(context.site, context.review, "person", person) if known else ""
