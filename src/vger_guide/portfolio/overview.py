"""What is known of a whole portfolio: its repositories worst first, its rules, its units, and the counts of all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from vger_guide.checks.rule_set import RuleSetSnapshot
from vger_guide.portfolio.load import LoadedPortfolio
from vger_guide.portfolio.record import FACTS
from vger_guide.portfolio.repository_line import RepositoryLine, RuleOverview
from vger_guide.portfolio.run import Member
from vger_guide.portfolio.units import UnitCount
from vger_guide.text.plural import pluralise

# What a check decided, or could have.
DECIDED = ("fail", "waived", "error", "unavailable", "pass")


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
        """In how many repositories a check could say whether it is met; a preview that fails says nothing."""
        return sum(len(self.of(outcome)) for outcome in ("fail", "waived", "pass"))

    @property
    def first(self) -> str:
        """The day since which it fails somewhere, as far as is known."""
        return min((since for each in self.of("fail") if (since := each.since(self.rule.id))), default="")


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
