"""A repository of a portfolio as pages tell it: its rules, its waivers, and what is new since its last change."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from vger_guide.checks.results import LEVELS, SEVERITIES
from vger_guide.portfolio.history import Stretch, find_previous, find_since
from vger_guide.portfolio.look import CHECKED
from vger_guide.portfolio.run import Member

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
