"""What was answered: an attestation of each target, its claims, and the evidence for and against them."""

from vger_guide.output.reviews.cyclonedx.claims import Claimed, claimed_of
from vger_guide.output.reviews.cyclonedx.parts import ASSESSORS, Object, target, text
from vger_guide.output.reviews.references import strict_reference
from vger_guide.reviews.context import ReviewContext
from vger_guide.reviews.labels import STATES
from vger_guide.reviews.models import Target
from vger_guide.text.json_objects import without_empty


def declarations(context: ReviewContext) -> Object:
    """Return the declarations of a review."""
    claimed = {each.id: list(claimed_of(context, each)) for each in context.review.targets}
    every = [claim for claims in claimed.values() for claim in claims]
    return without_empty(
        assessors=[_assessors(context)],
        attestations=[_attestation(context, each, claimed[each.id]) for each in context.review.targets],
        claims=[claim.claim for claim in every],
        evidence=[each for claim in every for each in claim.evidence],
        targets={"components": [_component(each) for each in context.review.targets]},
    )


def _assessors(context: ReviewContext) -> Object:
    people = [{"name": text(person.name)} for person in context.review.people]
    return without_empty(bom_ref=ASSESSORS, organization={"contact": people} if people else None)


def _attestation(context: ReviewContext, about: Target, claimed: list[Claimed]) -> Object:
    title = text(context.review.title) or "Review"
    summary = f"{title}: {text(about.name)}. {STATES[context.review.state]}."
    return without_empty(summary=summary, assessor=ASSESSORS, map=[claim.entry for claim in claimed])


def _component(about: Target) -> Object:
    repository = strict_reference(about.repository)
    return without_empty(
        type="application",
        bom_ref=target(about.id),
        name=text(about.name),
        description=text(about.description),
        externalReferences=[{"type": "vcs", "url": repository}] if repository else [],
    )
