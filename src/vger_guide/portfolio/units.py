"""The units of a portfolio: what fails in their repositories, and what each should mend first."""

from dataclasses import dataclass

from vger_guide.checks.results import LEVELS
from vger_guide.portfolio.repository_line import RepositoryLine, RuleOverview


@dataclass(frozen=True)
class FailingRule:
    """A rule, and the repositories in which it fails."""

    rule: RuleOverview
    lines: tuple[RepositoryLine, ...]

    @property
    def order(self) -> tuple[object, ...]:
        """Where it stands among others, the first to mend first."""
        return (*self.rule.weight, LEVELS.index(self.rule.level), -len(self.lines), self.rule.id)

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
        """The rule to mend first: of the heaviest that fail a must, and of several the one that fails most."""
        failing: dict[str, list[tuple[RuleOverview, RepositoryLine]]] = {}
        for line in self.lines:
            for rule in line.failed:
                failing.setdefault(rule.id, []).append((rule, line))
        found = [FailingRule(each[0][0], tuple(line for _, line in each)) for each in failing.values()]
        return min(found, key=lambda each: each.order, default=None)
