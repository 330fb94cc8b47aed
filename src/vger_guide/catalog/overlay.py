"""Puts an organisation's own folder over the guide: what it adds, tightens, withdraws and judges."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any

from pydantic import Field

from vger_guide.catalog import references
from vger_guide.catalog.catalog import Catalog
from vger_guide.catalog.evidence import load_meanings, load_tools
from vger_guide.catalog.file_loader import FileLoader
from vger_guide.catalog.references import Docs, repeated
from vger_guide.catalog.rules import Level, Profiles, Rule, RuleSet, Severity
from vger_guide.catalog.tables import Judgement, Option, Table, Verdict
from vger_guide.evidence.mappings import Meaning, ToolFacts
from vger_guide.records.fields import Day, Id, Label, Moment, Origin, Prose, Record, RuleId, Text
from vger_guide.records.problems import CatalogError, Problem, bounded
from vger_guide.records.yaml_reader import Keys, YamlDocument

FILE = "extends.yml"


class Tightened(Record):
    """A rule that is asked more strongly than the guide asks it."""

    rule: RuleId
    level: Level | None = None
    severity: Severity | None = None
    reason: Prose


class Withdrawn(Record):
    """A rule of the guide that is not asked."""

    rule: RuleId
    reason: Prose


class OwnVerdict(Record):
    """A verdict of the organisation's own on a row."""

    option: Id
    verdict: Verdict
    since: Moment
    reason: Text
    source: Origin


class Extension(Record):
    """What `extends.yml` says."""

    organisation: Label
    reviewed: Day
    tightened: list[Tightened] = Field(default_factory=list)
    withdrawn: list[Withdrawn] = Field(default_factory=list)
    verdicts: list[OwnVerdict] = Field(default_factory=list)


def find_clashes(
    base: Catalog, extension: Extension, profiles: Profiles | None, own: dict[str, RuleSet], docs: Docs
) -> Iterator[Problem]:
    """Yield each problem of an organisation's changes to a guide; those inside its rules are found elsewhere.

    `docs` maps `extends`, `profiles` and `rules/SECTION` to the organisation's files.
    """
    yield from _targets(base, extension, docs["extends"])
    yield from _twice(extension, docs["extends"])
    if profiles:
        yield from _facets(base, profiles, docs["profiles"])
    prefixes = {ruleset.prefix for ruleset in base.rulesets.values()}
    for number, ruleset in own.items():
        if ruleset.prefix in prefixes:
            message = f"'{ruleset.prefix}' is a prefix of the guide, which will use its next ids; choose another"
            yield docs[f"rules/{number}"].problem(("prefix",), message)


def _targets(base: Catalog, extension: Extension, doc: YamlDocument) -> Iterator[Problem]:
    for i, change in enumerate(extension.tightened):
        if change.rule not in base.rules:
            yield doc.problem(("tightened", i, "rule"), f"the guide has no rule '{change.rule}'")
        else:
            yield from _weaker(base.rules[change.rule], change, doc, i)
    for i, gone in enumerate(extension.withdrawn):
        if gone.rule not in base.rules:
            yield doc.problem(("withdrawn", i, "rule"), f"the guide has no rule '{gone.rule}'")
    for i, verdict in enumerate(extension.verdicts):
        if verdict.option not in base.options:
            yield doc.problem(("verdicts", i, "option"), f"the guide has no option '{verdict.option}'")
        elif verdict.since <= base.options[verdict.option][1].verdicts[-1].since:
            since = base.options[verdict.option][1].verdicts[-1].since
            yield doc.problem(("verdicts", i, "since"), f"is not after the guide's own verdict of {since}")


def _weaker(rule: Rule, change: Tightened, doc: YamlDocument, i: int) -> Iterator[Problem]:
    if change.level is None and change.severity is None:
        yield doc.problem(("tightened", i), "changes nothing; add 'level:' or 'severity:'")
    for name, scale in (("level", list(Level)), ("severity", list(Severity))):
        old, new = getattr(rule, name), getattr(change, name)
        if new is not None and scale.index(new) > scale.index(old):
            mend = "tighten it, or withdraw the rule with a reason"
            message = f"'{new.value}' is weaker than the guide's '{old.value}'; {mend}"
            yield doc.problem(("tightened", i, name), message)


def _twice(extension: Extension, doc: YamlDocument) -> Iterator[Problem]:
    """Yield a problem for each rule or option that more than one change is about: which of them holds is unknown."""
    rules: list[tuple[str, Keys]] = [
        *((change.rule, ("tightened", i, "rule")) for i, change in enumerate(extension.tightened)),
        *((gone.rule, ("withdrawn", i, "rule")) for i, gone in enumerate(extension.withdrawn)),
    ]
    options: list[tuple[str, Keys]] = [
        (verdict.option, ("verdicts", i, "option")) for i, verdict in enumerate(extension.verdicts)
    ]
    yield from repeated(doc, rules, "rule")
    yield from repeated(doc, options, "option")


def _facets(base: Catalog, own: Profiles, doc: YamlDocument) -> Iterator[Problem]:
    for kind in ("profiles", "stages", "workloads"):
        taken = {facet.id for facet in getattr(base.profiles, kind)}
        found: list[tuple[str, Keys]] = [(facet.id, (kind, i, "id")) for i, facet in enumerate(getattr(own, kind))]
        yield from repeated(doc, found, "id")
        for id_, keys in found:
            if id_ in taken:
                yield doc.problem(keys, f"the guide has a {kind.removesuffix('s')} '{id_}'; choose another id")


@dataclass(frozen=True)
class ExtendedCatalog:
    """The guide as an organisation asks it, and what it changed, a line a change."""

    catalog: Catalog
    changes: list[str]


def extend(base: Catalog, folder: Path) -> ExtendedCatalog:
    """Return the guide with a folder over it: extends.yml, and profiles.yml and rules/ where it has any.

    Raises CatalogError with every problem of the folder.
    """
    loader = FileLoader(folder)
    extension = loader.one(Extension, folder / FILE, "extends")
    profiles = None
    if (folder / "profiles.yml").exists():
        profiles = loader.one(Profiles, folder / "profiles.yml", "profiles")
    own = loader.many(RuleSet, "rules", "section", named_by_key=False)
    meanings, tools = load_meanings(loader), load_tools(loader)
    if loader.problems or extension is None:
        raise CatalogError(loader.problems)
    merged = replace(_with_profiles(base, profiles), **_joined_evidence(base, meanings, tools))
    problems = chain(
        find_clashes(base, extension, profiles, own, loader.docs),
        references.added(_with_rules(merged, own), own, base, loader.docs),
        references.evidence(_with_rules(merged, own), tools, loader.docs),
    )
    if broken := bounded(problems):
        raise CatalogError(broken)
    return ExtendedCatalog(
        _apply_changes(_with_rules(merged, own), extension), list(_describe_changes(extension, profiles, own))
    )


def _joined_evidence(base: Catalog, meanings: dict[str, Meaning], tools: dict[str, ToolFacts]) -> dict[str, Any]:
    """Return meanings and tools with an organisation's own, which take the place of the guide's of the same id."""
    return {"meanings": {**base.meanings, **meanings}, "evidence": {**base.evidence, **tools}}


def _with_profiles(base: Catalog, own: Profiles | None) -> Catalog:
    if own is None:
        return base
    old = base.profiles
    joined = Profiles(
        profiles=[*old.profiles, *own.profiles],
        stages=[*old.stages, *own.stages],
        workloads=[*old.workloads, *own.workloads],
    )
    return replace(base, profiles=joined)


def _with_rules(base: Catalog, own: dict[str, RuleSet]) -> Catalog:
    """Put own rules behind those of the guide in the same section."""
    joined = dict(base.rulesets)
    for number, ruleset in own.items():
        there = joined.get(number, RuleSet.model_construct(section=number, prefix=ruleset.prefix, rules=[], retired=[]))
        update = {"rules": [*there.rules, *ruleset.rules], "retired": [*there.retired, *ruleset.retired]}
        joined[number] = there.model_copy(update=update)
    order = list(base.guide.by_number)
    known = {number: ruleset for number, ruleset in joined.items() if number in order}
    rulesets = dict(sorted(known.items(), key=lambda item: order.index(item[0])))
    return replace(base, rulesets=rulesets)


def _apply_changes(base: Catalog, extension: Extension) -> Catalog:
    tightened = {change.rule: change for change in extension.tightened}
    withdrawn = {gone.rule for gone in extension.withdrawn}
    rulesets = {}
    for number, ruleset in base.rulesets.items():
        rules = [_tighten(rule, tightened.get(rule.id)) for rule in ruleset.rules if rule.id not in withdrawn]
        rulesets[number] = ruleset.model_copy(update={"rules": rules})
    tables = {key: _with_verdicts(table, extension.verdicts) for key, table in base.tables.items()}
    return replace(base, tables=tables, rulesets=rulesets)


def _tighten(rule: Rule, change: Tightened | None) -> Rule:
    if change is None:
        return rule
    return rule.model_copy(update={"level": change.level or rule.level, "severity": change.severity or rule.severity})


def _with_verdicts(table: Table, verdicts: list[OwnVerdict]) -> Table:
    own = {
        verdict.option: Judgement(
            since=verdict.since, verdict=verdict.verdict, reason=verdict.reason, source=verdict.source
        )
        for verdict in verdicts
    }

    def judged(option: Option) -> Option:
        if option.id not in own:
            return option
        return option.model_copy(update={"verdicts": [*option.verdicts, own[option.id]]})

    return table.model_copy(update={"rows": [judged(option) for option in table.rows]})


def _describe_changes(extension: Extension, profiles: Profiles | None, own: dict[str, RuleSet]) -> Iterator[str]:
    """Yield what the organisation changed, a line a change, in the order of its files."""
    for change in extension.tightened:
        parts = [each.value for each in (change.level, change.severity) if each]
        yield f"tightened {change.rule} to {', '.join(parts)}: {change.reason}"
    for gone in extension.withdrawn:
        yield f"withdrew {gone.rule}: {gone.reason}"
    for verdict in extension.verdicts:
        yield f"judged {verdict.option} as {verdict.verdict.value}: {verdict.reason}"
    for facet in profiles.profiles if profiles else []:
        yield f"added profile {facet.id}"
    for ruleset in own.values():
        yield from (f"added rule {rule.id}: {rule.title}" for rule in ruleset.rules)
