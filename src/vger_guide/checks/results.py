"""What a run says: an outcome for each rule, the findings behind it, and the counts of all of them.

Plain data, so that a report needs nothing else, and no time is spent on models.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from vger_guide.matchers.findings import Finding, FindingStatus, UnreadableFile


class CheckOutcome(StrEnum):
    """What a check says of a rule, in the order of how much it asks of the reader."""

    FAIL = "fail"
    ERROR = "error"
    UNAVAILABLE = "unavailable"
    MANUAL = "manual"
    PASS = "pass"  # noqa: S105 - a verdict, not a password
    NOT_APPLICABLE = "not-applicable"


@dataclass(frozen=True)
class RuleFacts:
    """What a report says of a rule. `chapter` and `section` are headings, `address` is the rule's page on the web."""

    id: str
    slug: str
    title: str
    level: str
    severity: str
    revision: int
    chapter: str
    section: str
    statement: str
    why: str
    ask: str
    mend: str
    address: str


@dataclass(frozen=True)
class Result:
    """The outcome of one rule.

    `reason` says why, in a sentence: of not applicable, unavailable, manual and error always; of a pass what was seen.
    `findings` are in the order of paths and lines; `omitted` counts those beyond the limit. `blind` is what the check
    cannot see, and `strength` what a pass is worth: `proof`, or an `indication` that a person has to confirm. `preview`
    results are shown and never fail a run. `undecided` tells of manual that a check looked, and what decides was not to
    be seen. `looked_at` has the files that it looked at by what they are, and `left_out` those that it left out for the
    kind of their paths, such as tests.
    """

    rule: RuleFacts
    outcome: CheckOutcome
    reason: str
    findings: tuple[Finding, ...] = ()
    omitted: int = 0
    unseen: tuple[UnreadableFile, ...] = ()
    strength: str = "indication"
    blind: tuple[str, ...] = ()
    preview: bool = False
    undecided: bool = False
    looked_at: tuple[tuple[str, int], ...] = ()
    left_out: tuple[tuple[str, int], ...] = ()

    @property
    def is_trace(self) -> bool:
        """Whether a person has to answer the rule, and something was found that helps."""
        return self.outcome is CheckOutcome.MANUAL and bool(self.findings)

    @property
    def waived(self) -> bool:
        """Whether the rule fails, and every finding was accepted or stood when the tool was adopted."""
        accepted = all(finding.standing is not FindingStatus.OPEN for finding in self.findings)
        return self.outcome is CheckOutcome.FAIL and bool(self.findings) and accepted


@dataclass(frozen=True)
class Notice:
    """Something about the run itself that the user should know, such as a waiver that expired.

    `error` notices are problems of the configuration: they make the run fail as bad input does.
    """

    message: str
    error: bool = False


@dataclass(frozen=True)
class Run:
    """All that a run says; `results` are in the reading order of the guide.

    `target` is what was looked at, as a report may name it; `commit` its full id, or empty. `files` counts those in the
    tree and `read` those that were read, with `bytes_read`. `profile` is the selection in words, and `site` where the
    guide is published, with a slash at its end. `left_out` counts the files that some check left out for the kind of
    their paths, and `proposal` is the profile that the repository looks like where none was chosen, with its title.
    """

    tool: str
    edition: str
    target: str
    commit: str
    profile: str
    results: tuple[Result, ...]
    notices: tuple[Notice, ...] = ()
    files: int = 0
    read: int = 0
    bytes_read: int = 0
    site: str = ""
    left_out: tuple[tuple[str, int], ...] = ()
    proposal: tuple[str, str] | None = None

    @property
    def unread(self) -> dict[str, str]:
        """Why files could not be looked into that some check wanted to look into, by their paths."""
        unseen = {each.path: each.reason for result in self.results for each in result.unseen if not each.is_doubt}
        return dict(sorted(unseen.items()))

    @property
    def counts(self) -> dict[str, int]:
        """How many rules have which outcome: `waived` apart from `fail`, all keys always there, in a fixed order."""
        found = Counter("waived" if result.waived else result.outcome.value for result in self.results)
        keys = ("fail", "waived", "error", "unavailable", "manual", "pass", "not-applicable")
        return {key: found[key] for key in keys}

    @property
    def traced(self) -> int:
        """For how many of the rules that need a person something was found that helps to answer them."""
        return sum(result.is_trace for result in self.results)

    @property
    def automated(self) -> int:
        """How many of the rules a check looks at: all but those that only a person can answer."""
        return sum(result.outcome is not CheckOutcome.MANUAL or result.undecided for result in self.results)


LEVELS = ("must", "should", "may")


SEVERITIES = ("critical", "high", "medium", "low")


def count_key(result: Result) -> str:
    """Return under which key of `Run.counts` a result is counted."""
    return "waived" if result.waived else result.outcome.value


def select_results(run: Run, wanted: str) -> list[Result]:
    """Return the results that are counted under a key; those that fail worst first."""
    found = [result for result in run.results if count_key(result) == wanted]
    return sort_worst_first(found) if wanted in ("fail", "waived") else found


def sort_worst_first(results: Iterable[Result]) -> list[Result]:
    """Return results by level, then by severity, then as they came."""
    return sorted(results, key=_weight)


def _weight(result: Result) -> tuple[int, int]:
    return _rank(LEVELS, result.rule.level), _rank(SEVERITIES, result.rule.severity)


def _rank(order: tuple[str, ...], word: str) -> int:
    return order.index(word) if word in order else len(order)


def list_failures(run: Run) -> list[Result]:
    """Return the failures that count, worst first: neither waived ones nor previews."""
    return [result for result in select_results(run, "fail") if not result.preview]


def count_decided(run: Run) -> int:
    """Return of how many rules a check could say whether they are met."""
    return sum(run.counts[name] for name in ("fail", "waived", "pass"))
