"""The guide as a standard: the rules that are asked as requirements, below those of their chapters and sections."""

from vger_guide.catalog.guide import Section
from vger_guide.catalog.rules import Level, Rule
from vger_guide.catalog.urls import page_url
from vger_guide.output.reviews.cyclonedx.parts import STANDARD, Object, properties, requirement
from vger_guide.reviews.context import ReviewContext
from vger_guide.reviews.selection import content_hash
from vger_guide.text.json_objects import without_empty


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
