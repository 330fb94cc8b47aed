"""Explains the rules of a catalogue: what `vger explain` says of each, part by part in the order of its page."""

from typing import Any

from vger_guide.catalog.catalog import Catalog
from vger_guide.catalog.checks import Check
from vger_guide.catalog.document import to_records
from vger_guide.catalog.explanations import Explanation, ExplanationPart
from vger_guide.catalog.rules import Retired, Rule


def explain_all(catalog: Catalog) -> list[Explanation]:
    """Return an explanation of every rule that is or was asked."""
    found = to_records(catalog)
    plain = {record["id"]: record for record in [*found["rules"], *found["retired"]]}
    asked = [_explain(catalog, rule, plain[rule.id]) for rule in catalog.rules.values()]
    return [*asked, *(_explain_retired(catalog, rule, plain[rule.id]) for rule in catalog.retired.values())]


def _explain(catalog: Catalog, rule: Rule, record: dict[str, Any]) -> Explanation:
    section = catalog.section_of(rule).heading
    facts = f"{rule.level.value} · {rule.severity.value} severity · {section} · {rule.provenance}"
    return Explanation(rule.id, rule.slug, rule.title, facts, rule.statement, _parts(catalog, rule), record)


def _parts(catalog: Catalog, rule: Rule) -> list[ExplanationPart]:
    """Return the parts in the order of the rule's page."""
    example = rule.example
    return [
        ExplanationPart("Why", text=rule.why),
        ExplanationPart("How", items=rule.how, numbered=True),
        *(
            [ExplanationPart("Example", text=example.title, code=example.code, language=example.language)]
            if example
            else []
        ),
        ExplanationPart("Ask", text=rule.ask),
        ExplanationPart("Evidence", items=rule.evidence),
        ExplanationPart("Exceptions", items=rule.exceptions or ["None."]),
        ExplanationPart("Severity", text=f"{rule.severity.value.capitalize()}. {rule.severity_reason}"),
        ExplanationPart("Applies to", items=_facets(catalog, rule)),
        _check(rule.id, rule.check) if rule.check else _by_person(rule),
        ExplanationPart("Related", items=_list_related(catalog, rule)),
        ExplanationPart("Links", items=[f"docs/{rule.page}", f"docs/{rule.place}"], links=_links(rule)),
        ExplanationPart("History", items=_history(catalog, rule)),
    ]


def _facets(catalog: Catalog, rule: Rule) -> list[str]:
    profiles = catalog.profiles
    kinds = [facet.title for facet in profiles.profiles if facet.id in rule.applies_to]
    stages = [f"Only at this stage: {facet.title}" for facet in profiles.stages if facet.id in rule.stages]
    uses = [f"Only for this use: {facet.title}" for facet in profiles.workloads if facet.id in rule.workloads]
    return [*kinds, *stages, *uses]


def _check(rule: str, check: Check) -> ExplanationPart:
    preview = " It is a preview, which fails no run." if check.preview else ""
    return ExplanationPart(
        "Check",
        text=f"{check.strength.value.capitalize()}. {check.strength.meaning}{preview}",
        items=[
            *(f"It cannot see: {each}" for each in check.blind),
            f"To fix it: {check.mend}",
            f"To run it alone: `vger check --rule {rule}`.",
        ],
    )


def _by_person(rule: Rule) -> ExplanationPart:
    trace = rule.trace
    if not trace:
        return ExplanationPart("Check", text=f"Only a person can answer it. {rule.limit or ''}".strip())
    return ExplanationPart(
        "Check",
        text="Only a person can answer it. A trace looks up what helps, and never fails.",
        items=[
            *(f"It looks for {sign.says}." for sign in trace.signs),
            *(f"It cannot see: {each}" for each in trace.blind),
            f"To look up only this: `vger check --all --rule {rule.id}`.",
        ],
    )


def _list_related(catalog: Catalog, rule: Rule) -> list[str]:
    rules = [f"{other} {catalog.rules[other].title}" for other in rule.related if other in catalog.rules]
    return [*rules, *(f"Table {id_}: {catalog.tables[id_].title}" for id_ in rule.tables)] or ["None."]


def _links(rule: Rule) -> list[list[str]]:
    notes = [[f"Source of {note.happened}", link] for note in rule.notes for link in note.links]
    return [*([each.title, each.address] for each in rule.references), *notes]


def _history(catalog: Catalog, rule: Rule) -> list[str]:
    claims = ", ".join(rule.sources)
    return [
        f"Since edition {rule.since}, revision {rule.revision}, reviewed on {rule.reviewed}.",
        *([f"From {claims} of edition {catalog.guide.source_edition}."] if claims else []),
        f"How far a machine sees it: {rule.reach.word.lower()}.",
        *(f"{note.happened}: {note.fact} The editors' reading: {note.meaning}" for note in rule.notes),
    ]


def _explain_retired(catalog: Catalog, rule: Retired, record: dict[str, Any]) -> Explanation:
    successors = [f"{other} {catalog.rules[other].title}" for other in rule.replaced_by if other in catalog.rules]
    parts = [
        ExplanationPart("Replaced by", items=successors or ["Nothing."]),
        ExplanationPart("Links", items=[f"docs/{rule.page}"]),
    ]
    facts = f"retired in edition {rule.since}"
    statement = f"The guide no longer asks this. {rule.reason}"
    return Explanation(rule.id, rule.slug, rule.title, facts, statement, parts, record)
