"""Puts an organisation's own folder over the guide: what it adds, tightens, withdraws and judges."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from vger_guide.catalog import references
from vger_guide.catalog.catalog import Catalog
from vger_guide.catalog.extension import FILE, Extension, OwnVerdict, Tightened
from vger_guide.catalog.loading import Loader
from vger_guide.catalog.problems import CatalogError, Problem, bounded
from vger_guide.catalog.reading import Document
from vger_guide.catalog.rules import Level, Profiles, Rule, RuleSet, Severity
from vger_guide.catalog.tables import Judgement, Option, Table


@dataclass(frozen=True)
class Extended:
    """The guide as an organisation asks it, and what it changed, a line a change."""

    catalog: Catalog
    changes: list[str]


def extend(base: Catalog, folder: Path) -> Extended:
    """Return the guide with a folder over it: extends.yml, and profiles.yml and rules/ where it has any.

    Raises CatalogError with every problem of the folder.
    """
    loader = Loader(folder)
    extension = loader.one(Extension, folder / FILE, "extends")
    profiles = None
    if (folder / "profiles.yml").exists():
        profiles = loader.one(Profiles, folder / "profiles.yml", "profiles")
    own = loader.many(RuleSet, "rules", "section", named_by_key=False)
    if loader.problems or extension is None:
        raise CatalogError(loader.problems)
    merged = _with_profiles(base, profiles)
    problems = [*_unknown_targets(merged, extension, loader.docs["extends"]), *_clashes(base, profiles, loader)]
    problems += bounded(references.added(_with_rules(merged, own), own, base, loader.docs))
    if problems:
        raise CatalogError(problems)
    return Extended(_applied(_with_rules(merged, own), extension), list(_told(extension, profiles, own)))


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


def _clashes(base: Catalog, own: Profiles | None, loader: Loader) -> Iterator[Problem]:
    taken = {facet.id for facet in base.profiles.profiles}
    for i, facet in enumerate(own.profiles if own else []):
        if facet.id in taken:
            message = f"the guide has a profile '{facet.id}'; choose another id"
            yield loader.docs["profiles"].problem(("profiles", i, "id"), message)


def _unknown_targets(base: Catalog, extension: Extension, doc: Document) -> Iterator[Problem]:
    for i, change in enumerate(extension.tightened):
        if change.rule not in base.rules:
            yield doc.problem(("tightened", i, "rule"), f"the guide has no rule '{change.rule}'")
            continue
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


def _weaker(rule: Rule, change: Tightened, doc: Document, i: int) -> Iterator[Problem]:
    for name, scale in (("level", list(Level)), ("severity", list(Severity))):
        old, new = getattr(rule, name), getattr(change, name)
        if new is not None and scale.index(new) > scale.index(old):
            mend = "tighten it, or withdraw the rule with a reason"
            message = f"'{new.value}' is weaker than the guide's '{old.value}'; {mend}"
            yield doc.problem(("tightened", i, name), message)


def _applied(base: Catalog, extension: Extension) -> Catalog:
    tightened = {change.rule: change for change in extension.tightened}
    withdrawn = {gone.rule for gone in extension.withdrawn}
    rulesets = {}
    for number, ruleset in base.rulesets.items():
        rules = [_tighter(rule, tightened.get(rule.id)) for rule in ruleset.rules if rule.id not in withdrawn]
        rulesets[number] = ruleset.model_copy(update={"rules": rules})
    tables = {key: _judged(table, extension.verdicts) for key, table in base.tables.items()}
    return replace(base, tables=tables, rulesets=rulesets)


def _tighter(rule: Rule, change: Tightened | None) -> Rule:
    if change is None:
        return rule
    return rule.model_copy(update={"level": change.level or rule.level, "severity": change.severity or rule.severity})


def _judged(table: Table, verdicts: list[OwnVerdict]) -> Table:
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


def _told(extension: Extension, profiles: Profiles | None, own: dict[str, RuleSet]) -> Iterator[str]:
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
