"""A review as standards and declarations of CycloneDX 1.6 (ECMA-424): the rules that are asked, and what was answered.

The form is that of https://cyclonedx.org/docs/1.6/json/. A target has an attestation. A rule that is met counts 1, one
that is met in part 0.5, one that is not met 0, and is a counter claim; what does not apply has a claim and no number.
Rules that nobody has answered are requirements and no more, whatever a check says of them. Plans and accepted risks are
mitigation strategies that expire on their last day. The serial number changes with the content.
"""

import json

from vger_guide.catalog.guide import Section
from vger_guide.catalog.rules import Level, Rule
from vger_guide.catalog.urls import page_url
from vger_guide.output.reviews.claims import (
    ASSESSORS,
    STANDARD,
    Claimed,
    Object,
    claimed_of,
    properties,
    requirement,
    target,
    text,
)
from vger_guide.output.reviews.references import strict_reference
from vger_guide.output.reviews.uuids import content_uuid
from vger_guide.reviews.context import ReviewContext
from vger_guide.reviews.labels import STATES
from vger_guide.reviews.models import Generator, Review, Target
from vger_guide.reviews.selection import content_hash
from vger_guide.text.json_objects import format_moment, without_empty

SUFFIX = ".cdx.json"


def write(context: ReviewContext) -> bytes:
    """Return the document."""
    body = {
        "metadata": _metadata(context.review),
        "definitions": {"standards": [standard(context)]},
        "declarations": declarations(context),
    }
    head = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{content_uuid(context.site, 'cyclonedx', body)}",
        "version": 1,
    }
    return (json.dumps({**head, **body}, indent=1, ensure_ascii=False) + "\n").encode()


def _metadata(review: Review) -> Object:
    """Return the metadata, with the conclusion and the signature as properties."""
    signature = review.signature
    signed = {"signed_by": text(signature.by), "signed_on": signature.on.isoformat()} if signature else {}
    facts = {"conclusion": review.conclusion, "scope": text(review.scope), **signed}
    return without_empty(
        timestamp=format_moment(review.updated),
        tools=_tools(review.generator),
        properties=properties(**{name: each for name, each in facts.items() if each}),
    )


def _tools(generator: Generator) -> dict[str, list[dict[str, str]]]:
    return {"components": [{"type": "application", "name": text(generator.name), "version": text(generator.version)}]}


def standard(context: ReviewContext) -> Object:
    """Return the standard; its levels are must, should and may."""
    return without_empty(
        bom_ref=STANDARD,
        name=context.catalog.guide.title,
        version=f"{context.review.edition}+{content_hash(context.rules)}",
        requirements=[
            *(_section(context, each) for each in _sections(context)),
            *(_rule(context, r) for r in context.rules),
        ],
        levels=[each for level in Level if (each := _level(context, level))["requirements"]],
        externalReferences=[_page(context.site)],
    )


def _sections(context: ReviewContext) -> list[Section]:
    """Return the sections of the rules, and their chapters, in reading order."""
    sections = [context.catalog.section_of(rule) for rule in context.rules]
    wanted = {number for section in sections for number in (section.number, section.chapter)}
    return [section for section in context.catalog.guide.sections if section.number in wanted]


def _section(context: ReviewContext, section: Section) -> Object:
    chapter = section.chapter
    return without_empty(
        bom_ref=requirement(section.number),
        identifier=section.number,
        title=section.title,
        parent=requirement(chapter) if chapter != section.number else "",
        externalReferences=[_page(page_url(context.site, f"{section.page}#{section.anchor}"))],
    )


def _rule(context: ReviewContext, rule: Rule) -> Object:
    return without_empty(
        bom_ref=requirement(rule.id),
        identifier=rule.id,
        title=rule.title,
        text=rule.statement,
        descriptions=[rule.why, rule.ask],
        parent=requirement(context.catalog.section_of(rule).number),
        properties=properties(
            level=rule.level, severity=rule.severity, automation=rule.automation, revision=rule.revision
        ),
        externalReferences=[_page(page_url(context.site, rule.page))],
    )


def _level(context: ReviewContext, level: Level) -> Object:
    asked = [requirement(rule.id) for rule in context.rules if rule.level is level]
    return {"bom-ref": f"level:{level}", "identifier": level.value, "requirements": asked}


def _page(url: str) -> Object:
    return {"type": "documentation", "url": url}


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
