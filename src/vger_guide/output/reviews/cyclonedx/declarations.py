"""What was answered: an attestation of each target, its claims, and the evidence for and against them."""

from vger_guide.output.reviews.cyclonedx.claims import Claimed, claimed_of
from vger_guide.output.reviews.cyclonedx.parts import ASSESSORS, Object, target, text
from vger_guide.output.reviews.references import reference
from vger_guide.reviews.context import Filled
from vger_guide.reviews.labels import STATES
from vger_guide.reviews.models import Target
from vger_guide.text.json_objects import some


def declarations(filled: Filled) -> Object:
    """Return the declarations of a review."""
    claimed = {each.id: list(claimed_of(filled, each)) for each in filled.review.targets}
    every = [claim for claims in claimed.values() for claim in claims]
    return some(
        assessors=[_assessors(filled)],
        attestations=[_attestation(filled, each, claimed[each.id]) for each in filled.review.targets],
        claims=[claim.claim for claim in every],
        evidence=[each for claim in every for each in claim.evidence],
        targets={"components": [_component(each) for each in filled.review.targets]},
    )


def _assessors(filled: Filled) -> Object:
    people = [{"name": text(person.name)} for person in filled.review.people]
    return some(bom_ref=ASSESSORS, organization={"contact": people} if people else None)


def _attestation(filled: Filled, about: Target, claimed: list[Claimed]) -> Object:
    title = text(filled.review.title) or "Review"
    summary = f"{title}: {text(about.name)}. {STATES[filled.review.state]}."
    return some(summary=summary, assessor=ASSESSORS, map=[claim.entry for claim in claimed])


def _component(about: Target) -> Object:
    repository = reference(about.repository)
    return some(
        type="application",
        bom_ref=target(about.id),
        name=text(about.name),
        description=text(about.description),
        externalReferences=[{"type": "vcs", "url": repository}] if repository else [],
    )
