"""The guide as a standard: the rules that are asked as requirements, below those of their chapters and sections."""

from vger_guide.catalog.guide import Section
from vger_guide.catalog.rules import Level, Rule
from vger_guide.catalog.urls import address
from vger_guide.output.reviews.cyclonedx.parts import STANDARD, Object, properties, requirement
from vger_guide.reviews.context import Filled
from vger_guide.reviews.selection import content_hash
from vger_guide.text.json_objects import some


def standard(filled: Filled) -> Object:
    """Return the standard; its levels are must, should and may."""
    return some(
        bom_ref=STANDARD,
        name=filled.catalog.guide.title,
        version=f"{filled.review.edition}+{content_hash(filled.rules)}",
        requirements=[
            *(_section(filled, each) for each in _sections(filled)),
            *(_rule(filled, r) for r in filled.rules),
        ],
        levels=[each for level in Level if (each := _level(filled, level))["requirements"]],
        externalReferences=[_page(filled.site)],
    )


def _sections(filled: Filled) -> list[Section]:
    """Return the sections of the rules, and their chapters, in reading order."""
    sections = [filled.catalog.section_of(rule) for rule in filled.rules]
    wanted = {number for section in sections for number in (section.number, section.chapter)}
    return [section for section in filled.catalog.guide.sections if section.number in wanted]


def _section(filled: Filled, section: Section) -> Object:
    chapter = section.chapter
    return some(
        bom_ref=requirement(section.number),
        identifier=section.number,
        title=section.title,
        parent=requirement(chapter) if chapter != section.number else "",
        externalReferences=[_page(address(filled.site, f"{section.page}#{section.anchor}"))],
    )


def _rule(filled: Filled, rule: Rule) -> Object:
    return some(
        bom_ref=requirement(rule.id),
        identifier=rule.id,
        title=rule.title,
        text=rule.statement,
        descriptions=[rule.why, rule.ask],
        parent=requirement(filled.catalog.section_of(rule).number),
        properties=properties(
            level=rule.level, severity=rule.severity, automation=rule.automation, revision=rule.revision
        ),
        externalReferences=[_page(address(filled.site, rule.page))],
    )


def _level(filled: Filled, level: Level) -> Object:
    asked = [requirement(rule.id) for rule in filled.rules if rule.level is level]
    return {"bom-ref": f"level:{level}", "identifier": level.value, "requirements": asked}


def _page(url: str) -> Object:
    return {"type": "documentation", "url": url}
