"""The rules that are asked as a catalogue of OSCAL 1.2, the controls of NIST's language for assessments.

The form is that of https://pages.nist.gov/OSCAL-Reference/models/v1.2.1/catalog/json-reference/. Answers are not in it.
A withdrawn rule stands beside the rules of its section that are asked. The version is the edition and what tells the
selection from another; the document was last modified on the day that the last of its rules was looked over.
"""

from collections.abc import Sequence
from itertools import groupby

from vger_guide.catalog.guide import Section
from vger_guide.catalog.rules import Reference, Retired, Rule
from vger_guide.catalog.urls import page_url
from vger_guide.output.reviews.oscal.objects import (
    RMF,
    VERSION,
    Object,
    control,
    document,
    items,
    namespace,
    objective,
    paragraphs,
    props,
    record,
    uid,
)
from vger_guide.reviews.context import ReviewContext
from vger_guide.reviews.selection import content_hash
from vger_guide.text.json_objects import format_midnight, without_empty

SUFFIX = ".oscal-catalog.json"


def write(context: ReviewContext) -> bytes:
    """Return the catalogue."""
    guide, review = context.catalog.guide, context.review
    looked_over = max((rule.reviewed for rule in context.rules), default=review.created.date())
    metadata = {
        "title": record(guide.title),
        "last-modified": format_midnight(looked_over),
        "version": f"{review.edition}+{content_hash(context.rules)}",
        "oscal-version": VERSION,
        "links": [{"href": context.site, "rel": "canonical"}],
    }
    back = without_empty(resources=resources(context))
    return document("catalog", context.site, without_empty(metadata=metadata, groups=groups(context), back_matter=back))


def groups(context: ReviewContext) -> list[Object]:
    """Return a group of each chapter, with one of each section whose rules are asked.

    Sections are not nested: a group of OSCAL has controls or groups, and a section may have both.
    """
    catalog = context.catalog
    sections = [(catalog.section_of(rule), rule) for rule in context.rules]
    by_section = [(section, [rule for _, rule in pairs]) for section, pairs in groupby(sections, lambda pair: pair[0])]
    chapters = groupby(by_section, lambda pair: pair[0].chapter)
    return [_chapter(context, number, list(pairs)) for number, pairs in chapters]


def _chapter(context: ReviewContext, number: str, sections: Sequence[tuple[Section, list[Rule]]]) -> Object:
    chapter = context.catalog.section(number)
    below = [_section(context, section, rules) for section, rules in sections]
    return {**_group(context, chapter, "chapter", f"chapter-{number}"), "groups": below}


def _section(context: ReviewContext, section: Section, rules: Sequence[Rule]) -> Object:
    retired = context.catalog.rulesets[section.number].retired
    controls = [*(_control(context, rule) for rule in rules), *(_withdrawn(context, rule) for rule in retired)]
    return {**_group(context, section, "section", section.anchor), "controls": controls}


def _group(context: ReviewContext, section: Section, kind: str, id_: str) -> Object:
    page = page_url(context.site, f"{section.page}#{section.anchor}")
    label = {"name": "label", "value": section.number}
    return {"id": id_, "class": kind, "title": record(section.title), "props": [label], "links": [_canonical(page)]}


def _canonical(page: str) -> Object:
    return {"href": page, "rel": "canonical"}


def _control(context: ReviewContext, rule: Rule) -> Object:
    own = namespace(context.site)
    facts = {"level": rule.level, "severity": rule.severity, "automation": rule.automation, "revision": rule.revision}
    facts["editors"] = " ".join(rule.editors)
    return without_empty(
        id=control(rule.id),
        class_="rule",
        title=record(rule.title),
        props=[_label(rule), *props(own, **facts, since=rule.since)],
        links=[
            _canonical(page_url(context.site, rule.page)),
            *(_to(context, other, "related") for other in rule.related),
            *({"href": f"#{_resource_id(context, each)}", "rel": "reference"} for each in rule.references),
        ],
        parts=_parts(rule),
    )


def _label(rule: Rule | Retired) -> Object:
    return {"name": "label", "value": rule.id}


def _parts(rule: Rule) -> list[Object]:
    """Return the parts that NIST's catalogues have: statement, guidance, and how to assess it."""
    id_ = control(rule.id)
    exceptions = paragraphs("Not meeting it is right for:", items(rule.exceptions)) if rule.exceptions else ""
    evidence = {"id": f"{id_}_asm-objects", "name": "assessment-objects", "prose": items(rule.evidence)}
    method = {"name": "method", "ns": RMF, "value": "EXAMINE"}
    guidance = paragraphs(record(rule.why), items(rule.how), exceptions)
    return [
        {"id": f"{id_}_smt", "name": "statement", "prose": record(rule.statement)},
        {"id": f"{id_}_gdn", "name": "guidance", "prose": guidance},
        {"id": objective(rule.id), "name": "assessment-objective", "prose": record(rule.ask)},
        {"id": f"{id_}_asm", "name": "assessment-method", "props": [method], "parts": [evidence]},
    ]


def _withdrawn(context: ReviewContext, rule: Retired) -> Object:
    status = {"name": "status", "value": "withdrawn"}
    return without_empty(
        id=control(rule.id),
        class_="rule",
        title=record(rule.title),
        props=[_label(rule), status, *props(namespace(context.site), withdrawn_in=rule.since)],
        links=[
            _canonical(page_url(context.site, rule.page)),
            *(_to(context, other, "incorporated-into") for other in rule.replaced_by),
        ],
        parts=[{"id": f"{control(rule.id)}_ovw", "name": "overview", "prose": record(rule.reason)}],
    )


def _to(context: ReviewContext, id_: str, relation: str) -> Object:
    """Return a link to another rule: to its control, or to its page where it is not asked."""
    if any(rule.id == id_ for rule in context.rules):
        return {"href": f"#{control(id_)}", "rel": relation}
    catalog = context.catalog
    return {"href": page_url(context.site, (catalog.rules.get(id_) or catalog.retired[id_]).page), "rel": relation}


def resources(context: ReviewContext) -> list[Object]:
    """Return the references of the rules, each address once."""
    found = {each.address: each for rule in reversed(context.rules) for each in reversed(rule.references)}
    return [_resource(context, each) for _, each in sorted(found.items())]


def _resource(context: ReviewContext, reference: Reference) -> Object:
    uuid = _resource_id(context, reference)
    return {"uuid": uuid, "title": record(reference.title), "rlinks": [{"href": reference.address}]}


def _resource_id(context: ReviewContext, reference: Reference) -> str:
    return uid(context.site, "reference", reference.address)
