"""The claim that an answer makes, with its evidence, and how far a requirement is conformed to by it."""

from collections.abc import Iterator
from dataclasses import dataclass

from vger_guide.catalog.rules import Rule
from vger_guide.output.reviews.cyclonedx.parts import Object, requirement, target, text
from vger_guide.output.reviews.references import reference
from vger_guide.reviews.context import Filled, person
from vger_guide.reviews.labels import CONFIDENCES, OUTCOMES, PLANS, REASONS, VALUES, answered
from vger_guide.reviews.models import Answer, Evidence, Outcome, Plan, Target, Value
from vger_guide.reviews.selection import answer_of
from vger_guide.text.json_objects import last_second, midnight, moment, some

_SCORES = {Value.MET: 1, Value.PARTIAL: 0.5, Value.NOT_MET: 0}


@dataclass(frozen=True)
class Claimed:
    """A claim, the evidence that it refers to, and the entry of its requirement in an attestation."""

    claim: Object
    evidence: list[Object]
    entry: Object


def claimed_of(filled: Filled, about: Target) -> Iterator[Claimed]:
    """Yield what was claimed of a target, without rules that nobody has answered."""
    for rule in filled.rules:
        answer = answer_of(filled.review, rule, about.id)
        if answer.not_applicable or answer.value is not Value.UNANSWERED:
            outcome = filled.review.outcomes.get(rule.id, {}).get(about.id)
            yield _claimed(filled, rule, about, answer, outcome)


def _claimed(filled: Filled, rule: Rule, about: Target, answer: Answer, outcome: Outcome | None) -> Claimed:
    name = f"{about.id}:{rule.id}"
    shown = [_evidence(filled, f"evidence:{name}:{n}", answer, each) for n, each in enumerate(answer.evidence, 1)]
    seen = [_outcome(f"outcome:{name}", outcome)] if outcome else []
    planned = [_plan(filled, f"plan:{name}", answer)] if answer.disposition.plan is not Plan.NONE else []
    against = seen if outcome and outcome.outcome == "fail" else []
    claim = some(
        bom_ref=f"claim:{name}",
        target=target(about.id),
        predicate=f"{rule.id} {rule.title}: {answered(answer)}",
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
    return some(
        requirement=requirement(rule.id),
        counterClaims=[claim] if against else [],
        claims=[] if against else [claim],
        conformance=None if answer.not_applicable else some(**conformance, mitigationStrategies=plans),
        confidence=confidence,
    )


def _evidence(filled: Filled, name: str, answer: Answer, evidence: Evidence) -> Object:
    url = reference(evidence.address)
    place = ":".join(filter(None, (text(evidence.path), str(evidence.line or ""))))
    told = (text(evidence.description), text(evidence.address) if not url else "", text(evidence.commit))
    return some(
        bom_ref=name,
        description="\n".join(filter(None, told)),
        data=[some(name=place or "address", contents={"url": url} if url else None)] if place or url else [],
        created=midnight(evidence.seen) if evidence.seen else "",
        author=some(name=text(person(filled, answer.by))),
    )


def _outcome(name: str, outcome: Outcome) -> Object:
    waived = " It is accepted in the repository." if outcome.waived else ""
    return some(
        bom_ref=name,
        propertyName="vger:check",
        description=f"{OUTCOMES[outcome.outcome]}. {text(outcome.reason)}{waived}",
        data=[{"name": text(place)} for place in outcome.places],
        created=moment(outcome.at),
    )


def _plan(filled: Filled, name: str, answer: Answer) -> Object:
    plan = answer.disposition
    told = (PLANS[plan.plan], person(filled, plan.owner), person(filled, plan.approver), plan.ticket)
    names = ("", "Owner: ", "Approver: ", "Ticket: ")
    return some(
        bom_ref=name,
        propertyName=f"vger:{plan.plan}",
        description="\n".join(f"{label}{text(each)}" for label, each in zip(names, told, strict=True) if each),
        expires=last_second(plan.until) if plan.until else "",
    )
