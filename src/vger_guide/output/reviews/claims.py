"""The claim of CycloneDX that an answer makes, with its evidence, and how far a requirement is conformed to by it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from vger_guide.catalog.rules import Rule
from vger_guide.output.reviews.references import strict_reference
from vger_guide.reviews.context import ReviewContext, person_name
from vger_guide.reviews.labels import CONFIDENCES, OUTCOMES, PLANS, REASONS, VALUES, answer_label
from vger_guide.reviews.models import Answer, Evidence, Outcome, Plan, Target, Value
from vger_guide.reviews.selection import find_answer
from vger_guide.text.json_objects import format_last_second, format_midnight, format_moment, without_empty
from vger_guide.text.sanitize import escape_invisible

Object = dict[str, Any]

STANDARD = "standard"
ASSESSORS = "assessors"


def text(given: str) -> str:
    """Return a text of people with its lines; what has no shape of its own stands as its escape."""
    return "\n".join(escape_invisible(line) for line in given.splitlines())


def properties(**values: object) -> list[Object]:
    """Return properties of the guide's own, without those that say nothing."""
    told = {name: escape_invisible(str(value)) for name, value in values.items() if value not in (None, "")}
    return [{"name": f"vger:{name.replace('_', '-')}", "value": value} for name, value in told.items()]


def requirement(identifier: str) -> str:
    """Return the reference of a rule or a section."""
    return f"requirement:{identifier}"


def target(id_: str) -> str:
    """Return the reference of a target."""
    return f"target:{id_}"


_SCORES = {Value.MET: 1, Value.PARTIAL: 0.5, Value.NOT_MET: 0}


@dataclass(frozen=True)
class Claimed:
    """A claim, the evidence that it refers to, and the entry of its requirement in an attestation."""

    claim: Object
    evidence: list[Object]
    entry: Object


def claimed_of(context: ReviewContext, about: Target) -> Iterator[Claimed]:
    """Yield what was claimed of a target, without rules that nobody has answered."""
    for rule in context.rules:
        answer = find_answer(context.review, rule, about.id)
        if answer.not_applicable or answer.value is not Value.UNANSWERED:
            outcome = context.review.outcomes.get(rule.id, {}).get(about.id)
            yield _make_claimed(context, rule, about, answer, outcome)


def _make_claimed(
    context: ReviewContext, rule: Rule, about: Target, answer: Answer, outcome: Outcome | None
) -> Claimed:
    name = f"{about.id}:{rule.id}"
    shown = [_evidence(context, f"evidence:{name}:{n}", answer, each) for n, each in enumerate(answer.evidence, 1)]
    seen = [_outcome(f"outcome:{name}", outcome)] if outcome else []
    planned = [_plan(context, f"plan:{name}", answer)] if answer.disposition.plan is not Plan.NONE else []
    against = seen if outcome and outcome.outcome == "fail" else []
    claim = without_empty(
        bom_ref=f"claim:{name}",
        target=target(about.id),
        predicate=f"{rule.id} {rule.title}: {answer_label(answer)}",
        mitigationStrategies=_refs(planned),
        reasoning=_reasoning(answer),
        evidence=_refs([*shown, *(seen if not against else [])]),
        counterEvidence=_refs(against),
    )
    return Claimed(claim, [*shown, *seen, *planned], _entry(rule, answer, claim["bom-ref"], _refs(planned)))


def _refs(parts: list[Object]) -> list[str]:
    return [part["bom-ref"] for part in parts]


def _reasoning(answer: Answer) -> str:
    why = answer.not_applicable
    reason = f"{REASONS[why.code]}: {text(why.text)}" if why else ""
    confirm = "The rule has changed since: somebody has to confirm the answer." if answer.confirm else ""
    return "\n".join(filter(None, (reason, text(answer.comment), confirm)))


def _entry(rule: Rule, answer: Answer, claim: str, plans: list[str]) -> Object:
    """Return the entry of a requirement. What does not apply is conformed to by no number."""
    against = answer.value is Value.NOT_MET and not answer.not_applicable
    confidence = {"rationale": CONFIDENCES[answer.confidence]} if answer.confidence else {}
    conformance = {"score": _SCORES.get(answer.value), "rationale": VALUES[answer.value]}
    return without_empty(
        requirement=requirement(rule.id),
        counterClaims=[claim] if against else [],
        claims=[] if against else [claim],
        conformance=None if answer.not_applicable else without_empty(**conformance, mitigationStrategies=plans),
        confidence=confidence,
    )


def _evidence(context: ReviewContext, name: str, answer: Answer, evidence: Evidence) -> Object:
    url = strict_reference(evidence.address)
    place = ":".join(filter(None, (text(evidence.path), str(evidence.line or ""))))
    told = (text(evidence.description), text(evidence.address) if not url else "", text(evidence.commit))
    return without_empty(
        bom_ref=name,
        description="\n".join(filter(None, told)),
        data=[without_empty(name=place or "address", contents={"url": url} if url else None)] if place or url else [],
        created=format_midnight(evidence.seen) if evidence.seen else "",
        author=without_empty(name=text(person_name(context, answer.by))),
    )


def _outcome(name: str, outcome: Outcome) -> Object:
    waived = " It is accepted in the repository." if outcome.waived else ""
    return without_empty(
        bom_ref=name,
        propertyName="vger:check",
        description=f"{OUTCOMES[outcome.outcome]}. {text(outcome.reason)}{waived}",
        data=[{"name": text(place)} for place in outcome.places],
        created=format_moment(outcome.at),
    )


def _plan(context: ReviewContext, name: str, answer: Answer) -> Object:
    plan = answer.disposition
    told = (PLANS[plan.plan], person_name(context, plan.owner), person_name(context, plan.approver), plan.ticket)
    names = ("", "Owner: ", "Approver: ", "Ticket: ")
    return without_empty(
        bom_ref=name,
        propertyName=f"vger:{plan.plan}",
        description="\n".join(f"{label}{text(each)}" for label, each in zip(names, told, strict=True) if each),
        expires=format_last_second(plan.until) if plan.until else "",
    )
