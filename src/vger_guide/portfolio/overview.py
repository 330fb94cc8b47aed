"""What is known of a whole portfolio: its repositories worst first, its rules, its units, and the counts of all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from vger_guide.checks.results import LEVELS, SEVERITIES
from vger_guide.checks.rule_set import RuleSetSnapshot
from vger_guide.portfolio.history import Stretch, find_previous, find_since
from vger_guide.portfolio.load import LoadedPortfolio
from vger_guide.portfolio.look import CHECKED
from vger_guide.portfolio.record import FACTS
from vger_guide.portfolio.run import Member
from vger_guide.text.plural import pluralise

# What a check decided, or could have.
DECIDED = ("fail", "waived", "error", "unavailable", "pass")
# Days before the end of a waiver in which it is shown as ending soon.
SOON = 30
NO_UNIT = "No unit"


@dataclass(frozen=True)
class RuleOverview:
    """A rule as pages and data tell it. `chapter` is a heading such as `2 Software design principles`."""

    id: str
    title: str
    level: str
    severity: str
    chapter: str
    statement: str
    mend: str
    address: str

    @property
    def weight(self) -> tuple[int, int]:
        """Where it stands among others, the worst first: critical ones, then by level, then by severity."""
        return (0 if self.severity == "critical" else 1 + LEVELS.index(self.level), SEVERITIES.index(self.severity))

    @property
    def chapter_number(self) -> str:
        """The number of the chapter, as filters name it."""
        return self.chapter.partition(" ")[0]


@dataclass(frozen=True)
class WaiverOverview:
    """An accepted failure of a repository; `until` is a day. `state` is expired, ending or current."""

    rule: str
    owner: str
    reason: str
    until: str
    state: str


class RepositoryLine:
    """A repository of the overview: what is kept of it, counted."""

    def __init__(self, member: Member, rules: Mapping[str, RuleOverview], today: date) -> None:
        self.repository = member.repository
        self.result: dict[str, Any] = member.kept["result"]
        self.history: list[Stretch] = member.kept["history"]
        self.is_checked: bool = self.result["status"] == CHECKED
        self.outcomes: dict[str, str] = self.result.get("outcomes", {})
        self.previews = frozenset(self.result.get("previews", ()))
        self._rules = rules
        self._today = today

    @property
    def id(self) -> str:
        """The name of its page and of its rows in the data."""
        return self.repository.id

    @cached_property
    def failed(self) -> list[RuleOverview]:
        """The rules that fail and count, worst first: neither accepted failures nor previews."""
        found = [self._rules[rule] for rule, outcome in self.outcomes.items() if outcome == "fail"]
        return sorted((rule for rule in found if rule.id not in self.previews), key=lambda rule: rule.weight)

    @cached_property
    def previous(self) -> Stretch | None:
        """How it was before the last change, or None."""
        return find_previous(self.history) if self.is_checked else None

    @cached_property
    def new(self) -> list[str]:
        """The rules that fail now and did not before; nothing of a repository that was checked for the first time."""
        before = self.previous
        return [rule.id for rule in self.failed if rule.id not in before["fail"]] if before else []

    @cached_property
    def mended(self) -> list[str]:
        """The rules that failed before and pass now or do not apply any more."""
        before = self.previous["fail"] if self.previous else []
        return [rule for rule in before if self.outcomes.get(rule) in ("pass", "not-applicable")]

    @cached_property
    def waivers(self) -> list[WaiverOverview]:
        """The accepted failures that its settings name, the first to end first."""
        found = [WaiverOverview(**each, state=self._state(each["until"])) for each in self.result.get("waivers", ())]
        return sorted(found, key=lambda each: each.until)

    def _state(self, until: str) -> str:
        left = (date.fromisoformat(until) - self._today).days
        return "expired" if left < 0 else "ending" if left <= SOON else "current"

    @property
    def unit(self) -> str:
        """The unit that it is counted with."""
        return self.repository.unit or NO_UNIT

    @property
    def weight(self) -> tuple[int, ...]:
        """Where it stands among others, the worst first: by failing critical rules, by musts, by all."""
        return (-self.count("critical"), -self.count("must"), -len(self.failed))

    def count(self, word: str) -> int:
        """Return how many failing rules have this level or severity."""
        return sum(word in (rule.level, rule.severity) for rule in self.failed)

    def since(self, rule: str, kind: str = "fail") -> str:
        """Return the day since which a rule fails, or is waived, as far as the history knows."""
        return find_since(self.history, rule, kind)[:10]

    def told(self, outcome: str) -> list[dict[str, Any]]:
        """Return what is kept of the rules with an outcome, worst first."""
        found = [each for each in self.result.get("results", ()) if each["outcome"] == outcome]
        return sorted(found, key=lambda each: self._rules[each["rule"]].weight)


@dataclass(frozen=True)
class Standing:
    """How a rule stands across the repositories that were checked; lists of repositories, worst first."""

    rule: RuleOverview
    lines: dict[str, list[RepositoryLine]]
    previews: frozenset[str]

    def of(self, outcome: str) -> list[RepositoryLine]:
        """Return the repositories in which it has an outcome; `preview` are failures that count nowhere."""
        if outcome in ("fail", "preview"):
            found = self.lines.get("fail", [])
            return [each for each in found if (each.id in self.previews) == (outcome == "preview")]
        return self.lines.get(outcome, [])

    @property
    def decided(self) -> int:
        """In how many repositories a check could say whether it is met."""
        return sum(len(self.lines.get(outcome, ())) for outcome in ("fail", "waived", "pass"))

    @property
    def first(self) -> str:
        """The day since which it fails somewhere, as far as is known."""
        return min((since for each in self.of("fail") if (since := each.since(self.rule.id))), default="")


@dataclass(frozen=True)
class FailingRule:
    """A rule, and the repositories in which it fails."""

    rule: RuleOverview
    lines: tuple[RepositoryLine, ...]

    @property
    def since(self) -> str:
        """The day of the first look that saw it fail in one of them."""
        return min((since for line in self.lines if (since := line.since(self.rule.id))), default="")


@dataclass(frozen=True)
class UnitCount:
    """The repositories of a unit and what fails in them."""

    name: str
    lines: list[RepositoryLine]

    @property
    def checked(self) -> int:
        """How many could be checked."""
        return sum(line.is_checked for line in self.lines)

    def count(self, word: str) -> int:
        """Return how many failures of this level or severity there are in all."""
        return sum(line.count(word) for line in self.lines)

    @property
    def failures(self) -> int:
        """How many failures there are in all."""
        return sum(len(line.failed) for line in self.lines)

    @property
    def with_must(self) -> int:
        """In how many repositories a rule fails that must be met."""
        return sum(bool(line.count("must")) for line in self.lines)

    @property
    def first_rule(self) -> FailingRule | None:
        """The rule to mend first: of the heaviest that fail, the one that fails in most repositories."""
        failing: dict[str, list[tuple[RuleOverview, RepositoryLine]]] = {}
        for line in self.lines:
            for rule in line.failed:
                failing.setdefault(rule.id, []).append((rule, line))
        found = [FailingRule(each[0][0], tuple(line for _, line in each)) for each in failing.values()]
        return min(found, key=lambda each: (*each.rule.weight, -len(each.lines), each.rule.id), default=None)


class Overview:
    """All that pages, data and reports tell of a portfolio on a day."""

    def __init__(
        self, portfolio: LoadedPortfolio, members: Sequence[Member], rule_set: RuleSetSnapshot, today: date
    ) -> None:
        self.title = portfolio.title
        self.today = today
        self.edition = rule_set.edition
        self.profiles = rule_set.profiles
        self.rules = _collect_rules(rule_set, members)
        lines = [RepositoryLine(member, self.rules, today) for member in members]
        self.lines = sorted(lines, key=lambda line: (not line.is_checked, *line.weight, line.repository.name))

    @property
    def checked(self) -> list[RepositoryLine]:
        """The repositories that were checked, worst first."""
        return [line for line in self.lines if line.is_checked]

    @property
    def unchecked(self) -> list[RepositoryLine]:
        """The repositories that could not be checked."""
        return [line for line in self.lines if not line.is_checked]

    @cached_property
    def standings(self) -> list[Standing]:
        """The rules that a check decides somewhere, in the order of the guide."""
        found = {rule: Standing(facts, {}, self._find_previews(rule)) for rule, facts in self.rules.items()}
        for line in self.checked:
            for rule, outcome in line.outcomes.items():
                found[rule].lines.setdefault(outcome, []).append(line)
        return [each for each in found.values() if any(each.lines.get(outcome) for outcome in DECIDED)]

    def _find_previews(self, rule: str) -> frozenset[str]:
        return frozenset(line.id for line in self.checked if rule in line.previews)

    @cached_property
    def worst_rules(self) -> list[Standing]:
        """The same, worst first: critical ones and musts that fail most."""
        return sorted(self.standings, key=lambda each: (not each.of("fail"), *each.rule.weight, -len(each.of("fail"))))

    @cached_property
    def units(self) -> list[UnitCount]:
        """The units, worst first."""
        by_unit: dict[str, list[RepositoryLine]] = {}
        for line in self.lines:
            by_unit.setdefault(line.unit, []).append(line)
        found = [UnitCount(name, lines) for name, lines in by_unit.items()]
        return sorted(found, key=lambda each: (-each.count("critical"), -each.count("must"), -each.failures, each.name))

    @property
    def headline(self) -> str:
        """The state of the portfolio in a sentence."""
        bad = sum(bool(line.count("must")) for line in self.checked)
        if not self.lines:
            return "The portfolio has no repositories"
        if not self.checked:
            return "No repository could be checked"
        if not bad:
            return f"No rule that must be met fails in {pluralise_repositories(len(self.checked))}"
        return f"Rules that must be met fail in {bad:,} of {pluralise_repositories(len(self.checked))}"

    def describe(self, looked_at: int) -> list[str]:
        """Return the state in lines for a terminal; `looked_at` is how many repositories this run looked at.

        Those that could not be checked are among them, as they are tried anew by each run.
        """
        count, failed = len(self.lines), len(self.unchecked)
        counts = f"{looked_at - failed:,} checked now, {count - looked_at:,} unchanged"
        new = sum(len(each.new) for each in self.checked)
        mended = sum(len(each.mended) for each in self.checked)
        lines = [
            f"{self.headline}.",
            f"{pluralise_repositories(count)}: {counts}{f', {failed:,} not checked' if failed else ''}.",
            f"{pluralise(new, 'new failure')}, {mended:,} mended, each in the last change of its repository.",
        ]
        for each in self.unchecked:
            status, reason = each.result["status"], each.result["reason"]
            lines.append(f"{each.repository.name} could not be checked ({status}): {reason}")
        return lines

    def select(self, unit: str) -> list[RepositoryLine]:
        """Return the repositories of a unit, or all for an empty name."""
        return [line for line in self.lines if not unit or line.unit == unit]


def pluralise_repositories(count: int) -> str:
    """Return a number with its noun."""
    return f"{count:,} repository" if count == 1 else f"{count:,} repositories"


def _collect_rules(rule_set: RuleSetSnapshot, members: Sequence[Member]) -> dict[str, RuleOverview]:
    """Return the guide's rules in its order, and behind them those that repositories have of their own."""
    rules = {rule["facts"]["id"]: _make_rule(rule["facts"]) for rule in rule_set.rules}
    for member in members:
        for facts in member.kept["result"].get("rules", ()):
            rules.setdefault(facts["id"], _make_rule(facts))
    for member in members:  # a state that was kept under another guide may name others
        for rule in member.kept["result"].get("outcomes", ()):
            rules.setdefault(rule, RuleOverview(rule, rule, "may", "low", "", "", "", ""))
    return rules


def _make_rule(facts: Mapping[str, Any]) -> RuleOverview:
    return RuleOverview(**{key: facts[key] for key in FACTS})
