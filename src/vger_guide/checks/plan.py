"""The plan of a run: all rules with their conditions made ready, and the probes of all conditions in one list."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from vger_guide.checks.results import RuleFacts
from vger_guide.matchers import Matcher, load_matcher
from vger_guide.matchers.findings import Need
from vger_guide.matchers.probes import Probe
from vger_guide.records.declaration import Declaration


@dataclass(frozen=True)
class PlannedCondition:
    """A condition of a check: a matcher with what it wants, or a combination of others.

    `first` is the index of its first probe in the plan, and `count` how many it has.
    """

    name: str
    params: Declaration | None = None
    parts: tuple["PlannedCondition", ...] = ()
    matcher: Matcher[Declaration] | None = None
    first: int = 0
    count: int = 0

    @property
    def probes(self) -> Iterator[int]:
        """The indexes of all probes of the condition and its parts."""
        yield from range(self.first, self.first + self.count)
        for part in self.parts:
            yield from part.probes

    @property
    def asks_names(self) -> bool:
        """Whether it asks for names, so that it has looked at all of them even where none is like what it asks for."""
        return bool(getattr(self.matcher, "ASKS_NAMES", False))

    @property
    def needs(self) -> set[Need]:
        """What has to be there for it to be judged."""
        own = {self.matcher.REQUIRES} if self.matcher else set()
        return own.union(*(part.needs for part in self.parts))


class PlannedApplicability(NamedTuple):
    """When a rule applies, and what is said where that is not shown.

    Where the condition `unseen_if` holds, or where there is none and no `otherwise`, it cannot be seen, and `unseen`
    says what is not; else the rule does not apply, and `otherwise` says why.
    """

    condition: PlannedCondition
    otherwise: str = ""
    unseen: str = ""
    unseen_if: PlannedCondition | None = None


class PlannedCheck(NamedTuple):
    """How a rule is looked at: what has to hold, `when` it applies, and what the record says of a pass.

    `partial` tells that only some files are looked at: where none of them is one that matters, the rule is not asked.
    """

    expect: PlannedCondition
    when: PlannedApplicability | None
    strength: str
    blind: tuple[str, ...]
    preview: bool
    partial: bool

    @property
    def conditions(self) -> Iterator[PlannedCondition]:
        """What it asks: whether the rule applies, and what has to hold."""
        yield self.expect
        yield from filter(None, (self.when.condition, self.when.unseen_if) if self.when else ())

    @property
    def probes(self) -> Iterator[int]:
        """The indexes of all its probes."""
        for condition in self.conditions:
            yield from condition.probes

    @property
    def needs(self) -> set[Need]:
        """What has to be there for it to be judged."""
        return set[Need]().union(*(condition.needs for condition in self.conditions))


class PlannedTrace(NamedTuple):
    """What is looked up for the person who answers a rule: signs with what they say, and `when` they mean anything."""

    signs: tuple[tuple[str, PlannedCondition], ...]
    when: PlannedCondition | None
    blind: tuple[str, ...]


class PlannedRule(NamedTuple):
    """A rule of the run; one without a check is for a person, whom a trace may help."""

    facts: RuleFacts
    check: PlannedCheck | None = None
    trace: PlannedTrace | None = None


class RulePlan(NamedTuple):
    """All that a run asks."""

    rules: list[PlannedRule]
    probes: list[Probe]


def plan(rules: Iterable[tuple[RuleFacts, dict[str, Any] | None]]) -> RulePlan:
    """Return the plan for rules and the records of their checks or traces, as plain data, in reading order."""
    probes: list[Probe] = []
    return RulePlan([_plan_rule(facts, record, probes) for facts, record in rules], probes)


def _plan_rule(facts: RuleFacts, record: dict[str, Any] | None, probes: list[Probe]) -> PlannedRule:
    if record is None:
        return PlannedRule(facts)
    if "signs" in record:
        return PlannedRule(facts, trace=_plan_trace(record, probes))
    return PlannedRule(facts, _plan_check(record, probes))


def _plan_trace(record: dict[str, Any], probes: list[Probe]) -> PlannedTrace:
    return PlannedTrace(
        tuple((sign["says"], plan_condition(sign["if"], probes)) for sign in record["signs"]),
        plan_condition(record["when"], probes) if "when" in record else None,
        tuple(record["blind"]),
    )


def _plan_check(record: dict[str, Any], probes: list[Probe]) -> PlannedCheck:
    when = record.get("when")
    return PlannedCheck(
        plan_condition(record["expect"], probes),
        _plan_applicability(when, probes) if when else None,
        record["strength"],
        tuple(record["blind"]),
        record.get("preview", False),
        record.get("partial", False),
    )


def _plan_applicability(record: dict[str, Any], probes: list[Probe]) -> PlannedApplicability:
    unseen = record.get("unseen", {})
    return PlannedApplicability(
        plan_condition(record["if"], probes),
        record.get("otherwise", ""),
        unseen.get("says", ""),
        plan_condition(unseen["if"], probes) if "if" in unseen else None,
    )


def plan_condition(record: dict[str, Any], probes: list[Probe]) -> PlannedCondition:
    """Return a condition made ready, and add what it wants to know to the probes."""
    [(name, wanted)] = record.items()
    if name in ("all", "any"):
        return PlannedCondition(name, parts=tuple(plan_condition(part, probes) for part in wanted))
    if name == "not":
        return PlannedCondition(name, parts=(plan_condition(wanted, probes),))
    found = load_matcher(name)
    params = found.Parameters.from_plain(wanted)
    own: Sequence[Probe] = found.probes(params)
    first = len(probes)
    probes.extend(own)
    return PlannedCondition(name, params, matcher=found, first=first, count=len(own))
