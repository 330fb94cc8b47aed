"""Puts an organisation's own folder over the guide: what it adds, tightens, withdraws and judges."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from vger_guide.catalog import references
from vger_guide.catalog.catalog import Catalog
from vger_guide.catalog.clashes import clashes
from vger_guide.catalog.extension import FILE, Extension, OwnVerdict, Tightened
from vger_guide.catalog.loading import Loader
from vger_guide.catalog.problems import CatalogError, bounded
from vger_guide.catalog.rules import Profiles, Rule, RuleSet
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
    problems = chain(
        clashes(base, extension, profiles, own, loader.docs),
        references.added(_with_rules(merged, own), own, base, loader.docs),
    )
    if broken := bounded(problems):
        raise CatalogError(broken)
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
