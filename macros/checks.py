"""Checks as pages show them: what a rule's check looks at and needs, and how many rules have one."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from vger_guide.catalog.catalog import Catalog
from vger_guide.catalog.rules import Level, Reach, Rule
from vger_guide.checks.plan import PlannedCondition, plan_condition
from vger_guide.matchers.findings import Need


@dataclass(frozen=True)
class Looks:
    """The conditions of a check as the engine judges them, and all that they need, in a fixed order."""

    expect: PlannedCondition
    when: PlannedCondition | None
    unseen: PlannedCondition | None
    needs: list[Need]

    @property
    def names(self) -> set[str]:
        """The names of the matchers in its conditions."""
        return {name for condition in filter(None, (self.when, self.unseen, self.expect)) for name in _names(condition)}


def _names(condition: PlannedCondition) -> Iterable[str]:
    if condition.matcher:
        yield condition.name
    for part in condition.parts:
        yield from _names(part)


def looks(rule: Rule) -> Looks | None:
    """Return the parts that the check of a rule looks at, or None where it has none."""
    if rule.check is None:
        return None
    record = rule.check.plain()
    expect = plan_condition(record["expect"], [])
    applicability = record.get("when", {})
    when, unseen = (_plan(part.get("if")) for part in (applicability, applicability.get("unseen", {})))
    needs = expect.needs.union(*(each.needs for each in (when, unseen) if each))
    return Looks(expect, when, unseen, [need for need in Need if need in needs])


@dataclass(frozen=True)
class Traced:
    """The conditions of a trace as the engine judges them: its signs with what they say."""

    signs: list[tuple[str, PlannedCondition]]
    when: PlannedCondition | None

    @property
    def names(self) -> set[str]:
        """The names of the matchers in its conditions."""
        conditions = [condition for _, condition in self.signs] + ([self.when] if self.when else [])
        return {name for condition in conditions for name in _names(condition)}


def traced(rule: Rule) -> Traced | None:
    """Return the parts that the trace of a rule looks at, or None where it has none."""
    if rule.trace is None:
        return None
    record = rule.trace.plain()
    return Traced(
        [(sign["says"], plan_condition(sign["if"], [])) for sign in record["signs"]], _plan(record.get("when"))
    )


def _plan(condition: dict[str, Any] | None) -> PlannedCondition | None:
    return plan_condition(condition, []) if condition else None


@dataclass(frozen=True)
class Coverage:
    """How many rules of a level, or of all, a machine looks at, and to which degree."""

    title: str
    rules: int
    degrees: dict[Reach, int]


def coverage_by_chapter(catalog: Catalog) -> list[Coverage]:
    """Return the coverage of each chapter that has rules, and of all rules together as the last."""
    every = list(catalog.rules.values())
    chapters = dict.fromkeys(catalog.chapter_of(rule).heading for rule in every)
    by_chapter = {name: [rule for rule in every if catalog.chapter_of(rule).heading == name] for name in chapters}
    return [*(_coverage(name, rules) for name, rules in by_chapter.items()), _coverage("All", every)]


def coverage(rules: Iterable[Rule]) -> list[Coverage]:
    """Return the coverage of each level, and of all rules together as the last."""
    every = list(rules)
    levels = [_coverage(level.capitalize(), [rule for rule in every if rule.level is level]) for level in Level]
    return [*levels, _coverage("All", every)]


def _coverage(title: str, rules: list[Rule]) -> Coverage:
    found = Counter(rule.reach for rule in rules)
    return Coverage(title, len(rules), {degree: found[degree] for degree in Reach})
