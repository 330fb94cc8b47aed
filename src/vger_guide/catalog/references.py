"""What the records say of one another: every reference leads somewhere, every id is given once."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import islice, pairwise

from vger_guide.catalog.catalog import Catalog
from vger_guide.catalog.notes import Note
from vger_guide.catalog.rules import Automation, Retired, Rule, RuleSet
from vger_guide.catalog.tables import Option
from vger_guide.evidence.mappings import ToolFacts
from vger_guide.records.problems import Problem
from vger_guide.records.yaml_reader import Keys, YamlDocument

SHOWN_CHOICES = 12

Docs = dict[str, YamlDocument]
# A field of a rule, what it names, and all that it may name, which is quickly looked up.
Choice = tuple[str, str, Collection[str]]


def problems(catalog: Catalog, docs: Docs) -> Iterator[Problem]:
    """Yield each broken reference and repeated id.

    `docs` maps `guide`, `profiles`, `tables/ID`, `sources/EDITION`, `rules/SECTION`, `editions/EDITION`,
    `changes/EDITION`, `meanings`, `evidence/TOOL` and `precision` to their files.
    """
    yield from _guide(catalog, docs["guide"])
    yield from _profiles(catalog, docs["profiles"])
    yield from _tables(catalog, docs)
    for edition in catalog.sources:
        yield from _source(catalog, edition, docs[f"sources/{edition}"])
    yield from _rulesets(catalog, catalog.rulesets, docs, {})
    yield from _since_edition(catalog, docs)
    yield from evidence(catalog, catalog.evidence, docs)
    yield from _precision(catalog, docs)
    for before, after in pairwise(catalog.timeline):
        if after in catalog.changes:
            yield from _changes(catalog, before, after, docs[f"changes/{after}"])


def repeated(doc: YamlDocument, found: Iterable[tuple[str, Keys]], what: str) -> Iterator[Problem]:
    """Yield a problem for each value that was found before."""
    first: dict[str, Keys] = {}
    for value, keys in found:
        if value in first:
            line = doc.line(first[value])
            yield doc.problem(keys, f"the {what} '{value}' is given twice; line {line} has it already")
        first.setdefault(value, keys)


def _unknown(
    doc: YamlDocument, keys: Keys, what: str, values: Iterable[str], allowed: Collection[str], but: str = ""
) -> Iterator[Problem]:
    """Yield a problem for each value that is not allowed at `keys`; `but` is not, though it is among the allowed."""
    for value in values:
        if value not in allowed or value == but:
            choices = (choice for choice in allowed if choice != but)
            shown = ", ".join(islice(choices, SHOWN_CHOICES)) + (", …" if next(choices, None) else "")
            yield doc.problem(keys, f"there is no {what} '{value}'; allowed: {shown or 'none'}")


def _guide(catalog: Catalog, doc: YamlDocument) -> Iterator[Problem]:
    sections = catalog.guide.sections
    places = [(s, ("sections", i)) for i, s in enumerate(sections)]
    yield from repeated(doc, ((s.number, (*k, "number")) for s, k in places), "section number")
    yield from repeated(doc, ((a, (*k, "formerly")) for s, k in places for a in s.formerly), "former anchor")
    for section, keys in places:
        parent = section.number.rpartition(".")[0]
        if parent and parent not in catalog.guide.by_number:
            message = f"section {section.number} has no section {parent} above it; add that first"
            yield doc.problem((*keys, "number"), message)
    if not catalog.guide.site.endswith("/"):
        yield doc.problem(("site",), "does not end with a slash; pages are named behind it")
    if catalog.guide.source_edition not in catalog.sources:
        message = f"names no file; add checklists/sources/{catalog.guide.source_edition}.yml"
        yield doc.problem(("source_edition",), message)


def _profiles(catalog: Catalog, doc: YamlDocument) -> Iterator[Problem]:
    for kind in ("profiles", "stages", "workloads"):
        facets = getattr(catalog.profiles, kind)
        found: list[tuple[str, Keys]] = [(facet.id, (kind, i, "id")) for i, facet in enumerate(facets)]
        yield from repeated(doc, found, "id")


def _tables(catalog: Catalog, docs: Docs) -> Iterator[Problem]:
    owners: dict[str, str] = {}
    for table in catalog.tables.values():
        doc = docs[f"tables/{table.id}"]
        yield from _unknown(doc, ("section",), "section", [table.section], catalog.guide.by_number)
        yield from repeated(doc, ((c.id, ("columns", i)) for i, c in enumerate(table.columns)), "column")
        yield from repeated(doc, ((a.id, ("abilities", i)) for i, a in enumerate(table.abilities)), "ability")
        columns = dict.fromkeys(c.id for c in table.columns)
        abilities = dict.fromkeys(a.id for a in table.abilities)
        for i, option in enumerate(table.rows):
            keys: Keys = ("rows", i)
            if option.id in owners:
                message = f"the id '{option.id}' is given twice; the table {owners[option.id]} has it already"
                yield doc.problem((*keys, "id"), message)
            owners.setdefault(option.id, table.id)
            yield from _unknown(doc, (*keys, "facts"), "column", option.facts, columns)
            yield from _unknown(doc, (*keys, "provides"), "ability", option.provides, abilities)
            yield from _history(doc, keys, option)


def _history(doc: YamlDocument, keys: Keys, option: Option) -> Iterator[Problem]:
    times = [entry.since for entry in option.verdicts]
    if times != sorted(set(times)):
        yield doc.problem((*keys, "verdicts"), "are not in the order of time; write the oldest first")
    for i, entry in enumerate(option.verdicts[1:], start=1):
        if not (entry.reason and entry.source):
            yield doc.problem(
                (*keys, "verdicts", i), "changes a verdict; say why in 'reason:', and on what in 'source:'"
            )
    yield from _notes(doc, keys, option.notes)


def _notes(doc: YamlDocument, keys: Keys, notes: list[Note]) -> Iterator[Problem]:
    moments = [note.happened for note in notes]
    if moments != sorted(moments):
        yield doc.problem((*keys, "notes"), "are not in the order of time; write the oldest first")
    for i, note in enumerate(notes):
        if len(note.sources) > 1 and not all(source.shows for source in note.sources):
            yield doc.problem((*keys, "notes", i, "sources"), "are several; say with 'shows:' which fact each carries")


def _source(catalog: Catalog, edition: str, doc: YamlDocument) -> Iterator[Problem]:
    claims = catalog.sources[edition].claims
    yield from repeated(doc, ((c.id, ("claims", i, "id")) for i, c in enumerate(claims)), "claim id")
    pages = dict.fromkeys(sorted(section.page for section in catalog.guide.sections))
    for i, claim in enumerate(claims):
        keys: Keys = ("claims", i)
        yield from _unknown(doc, (*keys, "section"), "section", [claim.section], catalog.guide.by_number)
        yield from _unknown(doc, (*keys, "table"), "table", [claim.table] if claim.table else [], catalog.tables)
        yield from _unknown(doc, (*keys, "at"), "page of a section", [claim.at.partition("#")[0]], pages)


def added(catalog: Catalog, own: dict[str, RuleSet], base: Catalog, docs: Docs) -> Iterator[Problem]:
    """Yield the problems of rules that an organisation adds to a guide; `catalog` is the guide with them."""
    taken = {("id", rule.id): f"{rule.id} of the guide" for rule in base.known_rules}
    taken |= {("slug", rule.slug): f"{rule.id} of the guide" for rule in base.known_rules}
    yield from _rulesets(catalog, own, docs, taken)


def _rulesets(
    catalog: Catalog, rulesets: dict[str, RuleSet], docs: Docs, taken: dict[tuple[str, str], str]
) -> Iterator[Problem]:
    choices = _choices(catalog)
    # A rule that moves to another section keeps the id that it was published by.
    published = {id_ for edition in catalog.editions.values() for id_ in edition.rules}
    for number, ruleset in rulesets.items():
        doc = docs[f"rules/{number}"]
        yield from _unknown(doc, ("section",), "section", [number], catalog.guide.by_number)
        for i, rule in enumerate(ruleset.rules):
            if rule.id not in published:
                yield from _prefix(doc, ("rules", i), rule, ruleset.prefix)
            yield from _names(doc, ("rules", i), rule, taken)
            yield from _rule(doc, ("rules", i), rule, choices)
        for i, gone in enumerate(ruleset.retired):
            if gone.id not in published:
                yield from _prefix(doc, ("retired", i), gone, ruleset.prefix)
            yield from _names(doc, ("retired", i), gone, taken)
            yield from _unknown(doc, ("retired", i, "replaced_by"), "rule", gone.replaced_by, catalog.rules)


def _since_edition(catalog: Catalog, docs: Docs) -> Iterator[Problem]:
    """Yield a problem for each rule that changed its meaning, or went, since the newest edition without saying so."""
    if not catalog.editions:
        return
    newest = max(catalog.editions)
    reworded = catalog.reworded
    places = {rule.id: (n, i, rule) for n, ruleset in catalog.rulesets.items() for i, rule in enumerate(ruleset.rules)}
    for rule_id, frozen in catalog.editions[newest].rules.items():
        if rule_id not in places:
            if rule_id not in catalog.retired:
                message = f"the rule {rule_id} of this edition is gone; add it to 'retired:' with a reason"
                yield docs[f"editions/{newest}"].problem(("rules", rule_id), message)
            continue
        number, i, rule = places[rule_id]
        changed = rule.level != frozen.level or (rule.statement != frozen.statement and rule_id not in reworded)
        if changed and rule.revision <= frozen.revision:
            message = f"the rule differs from edition {newest}; raise it to {frozen.revision + 1}"
            yield docs[f"rules/{number}"].problem(("rules", i, "revision"), message)


def _changes(catalog: Catalog, before: str, after: str, doc: YamlDocument) -> Iterator[Problem]:
    """Yield a problem for each change of what neither of two editions has, or into what the newer one has not."""
    old, new, changes = catalog.timeline[before], catalog.timeline[after], catalog.changes[after]
    for kind in ("rules", "rows"):
        for i, change in enumerate(getattr(changes, kind)):
            if change.id not in getattr(old, kind) and change.id not in getattr(new, kind):
                message = f"neither edition {before} nor {after} has '{change.id}'"
                yield doc.problem((kind, i, "id"), message)
    for i, change in enumerate(changes.rules):
        for id_ in change.into:
            if id_ not in new.rules:
                yield doc.problem(("rules", i, "into"), f"edition {after} has no rule '{id_}'")


def evidence(catalog: Catalog, tools: Mapping[str, ToolFacts], docs: Docs) -> Iterator[Problem]:
    """Yield the problems of what findings of tools mean; `catalog` has all that they may refer to."""
    if doc := docs.get("meanings"):
        given = doc.data["meanings"]  # of two with one id, only one is among the meanings
        yield from repeated(doc, ((each["id"], ("meanings", i, "id")) for i, each in enumerate(given)), "id")
        for i, each in enumerate(given):
            yield from _unknown(doc, ("meanings", i, "rule"), "rule", [each["rule"]], catalog.rules)
    owners = {name.lower(): tool.tool for tool in reversed(catalog.evidence.values()) for name in tool.named}
    for name, tool in tools.items():
        doc = docs[f"evidence/{name}"]
        for i, said in enumerate(tool.named):
            if owners[said.lower()] != name:
                yield doc.problem(("named", i), f"the name '{said}' is taken by the tool {owners[said.lower()]}")
        found: list[tuple[str, Keys]] = []
        for i, entry in enumerate(tool.findings):
            yield from _unknown(doc, ("findings", i, "means"), "meaning", [entry.means], catalog.meanings)
            found += [(f"{id_} of {entry.means}", ("findings", i, "ids", j)) for j, id_ in enumerate(entry.ids)]
        yield from repeated(doc, found, "id")


def _precision(catalog: Catalog, docs: Docs) -> Iterator[Problem]:
    if not catalog.precision:
        return
    doc, read = docs["precision"], catalog.precision.repositories
    yield from repeated(
        doc, ((each.rule, ("rules", i, "rule")) for i, each in enumerate(catalog.precision.rules)), "rule"
    )
    for i, each in enumerate(catalog.precision.rules):
        yield from _unknown(doc, ("rules", i, "rule"), "rule", [each.rule], catalog.rules)
        if each.repositories > read:
            yield doc.problem(("rules", i), f"counts {each.repositories} repositories; only {read} were read")


def _prefix(doc: YamlDocument, keys: Keys, rule: Rule | Retired, prefix: str) -> Iterator[Problem]:
    if not rule.id.startswith(prefix):
        yield doc.problem((*keys, "id"), f"'{rule.id}' does not begin with the prefix {prefix}")


def _names(doc: YamlDocument, keys: Keys, rule: Rule | Retired, taken: dict[tuple[str, str], str]) -> Iterator[Problem]:
    """Yield a problem for an id or slug that some rule has or had; `taken` remembers them over all files."""
    for name, value in (("id", rule.id), ("slug", rule.slug)):
        if owner := taken.get((name, value)):
            message = f"the {name} '{value}' is taken by {owner}; no {name} is ever used again"
            yield doc.problem((*keys, name), message)
        taken.setdefault((name, value), f"{rule.id} in {doc.path.name}")


def _choices(catalog: Catalog) -> list[Choice]:
    """Return the ids that the fields of a rule may name, made once for all rules: there may be very many."""
    facets = catalog.profiles
    claims = (claim.id for source in catalog.sources.values() for claim in source.claims)
    return [
        ("applies_to", "profile", dict.fromkeys(f.id for f in facets.profiles)),
        ("stages", "stage", dict.fromkeys(f.id for f in facets.stages)),
        ("workloads", "workload", dict.fromkeys(f.id for f in facets.workloads)),
        ("tables", "table", catalog.tables),
        ("related", "other rule", catalog.rules),
        ("sources", "claim", dict.fromkeys(claims)),
        ("place", "page of a section", dict.fromkeys(sorted(s.page for s in catalog.guide.sections))),
    ]


def _rule(doc: YamlDocument, keys: Keys, rule: Rule, choices: list[Choice]) -> Iterator[Problem]:
    for name, what, allowed in choices:
        values = [rule.place.partition("#")[0]] if name == "place" else getattr(rule, name)
        yield from _unknown(doc, (*keys, name), what, values, allowed, but=rule.id)
    yield from _notes(doc, keys, rule.notes)
    if rule.automation != (right := Automation.of(rule.check, rule.trace)):
        yield doc.problem((*keys, "automation"), f"is '{rule.automation}'; by its check or trace it is '{right}'")
    if rule.check and rule.trace:
        yield doc.problem((*keys, "trace"), "stands beside a check; keep one of the two")
    if rule.limit and (rule.check or rule.trace):
        yield doc.problem((*keys, "limit"), "says that no machine sees it, and one does; remove it")
