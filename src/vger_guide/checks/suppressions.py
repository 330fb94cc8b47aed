"""Which findings count: those that no waiver accepts and that are not in the baseline."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from vger_guide.checks.results import CheckOutcome, Notice, Result
from vger_guide.matchers.findings import Finding, FindingStatus
from vger_guide.matchers.glob_set import GlobSet
from vger_guide.text.plural import pluralise

# Findings of a rule that a report shows. More would be read by nobody.
FINDINGS = 5000


@dataclass(frozen=True)
class AcceptedFailure:
    """A failure that somebody accepted; no `paths` are all. `place` is where it is written, for messages."""

    rule: str
    paths: tuple[str, ...]
    owner: str
    reason: str
    until: date
    place: str


def apply_waivers(
    results: Iterable[Result], waivers: Sequence[AcceptedFailure], today: date, *, narrowed: bool = False
) -> tuple[list[Result], list[Notice]]:
    """Return the results with the findings that waivers accept marked, and what is wrong with waivers.

    One that has expired accepts nothing. One that nothing needs is an error: it would hide what comes later. Of a run
    that is `narrowed` to some rules nothing is said of the waivers of others.
    """
    results = list(results)
    if narrowed:
        named = {result.rule.id for result in results}
        waivers = [each for each in waivers if each.rule in named]
    notices = [_make_expired_notice(waiver) for waiver in waivers if waiver.until < today]
    standing = [_CurrentWaiver(waiver) for waiver in waivers if waiver.until >= today]
    marked = [_waive(result, [each for each in standing if each.waiver.rule == result.rule.id]) for result in results]
    asked = {result.rule.id: result for result in marked}
    unused = [each.waiver for each in standing if not each.used and not _is_unknown(asked.get(each.waiver.rule))]
    return marked, [*notices, *(_make_unused_notice(waiver, asked) for waiver in unused)]


def cut_findings(result: Result) -> Result:
    """Return a result with as many findings as are shown, those that count before those that are accepted.

    What is left out is counted. It is cut last, so that nothing new hides behind what is accepted.
    """
    if len(result.findings) <= FINDINGS:
        return result
    by_standing = sorted(
        range(len(result.findings)), key=lambda i: result.findings[i].standing is not FindingStatus.OPEN
    )
    kept = tuple(result.findings[i] for i in sorted(by_standing[:FINDINGS]))
    return replace(result, findings=kept, omitted=result.omitted + len(result.findings) - len(kept))


def _is_unknown(result: Result | None) -> bool:
    """Tell whether a rule may fail for all that this run could see: what it needs was not there."""
    return result is not None and result.outcome is CheckOutcome.UNAVAILABLE


class _CurrentWaiver:
    """A waiver that still holds, and whether it was needed."""

    def __init__(self, waiver: AcceptedFailure) -> None:
        self.waiver = waiver
        self.used = False
        self._paths = GlobSet(waiver.paths)

    def accepts(self, finding: Finding) -> bool:
        """Return whether the waiver is for a finding, and remember that it was needed."""
        accepted = not self.waiver.paths or bool(finding.path and self._paths.selecting(finding.path))
        self.used = self.used or accepted
        return accepted


def _waive(result: Result, waivers: Sequence[_CurrentWaiver]) -> Result:
    if result.outcome is not CheckOutcome.FAIL or not waivers:
        return result
    return replace(result, findings=tuple(_waive_finding(finding, waivers) for finding in result.findings))


def _waive_finding(finding: Finding, waivers: Sequence[_CurrentWaiver]) -> Finding:
    accepting = [each for each in waivers if each.accepts(finding)]
    if not accepting:
        return finding
    waiver = accepting[0].waiver
    reason = f"{waiver.reason} (accepted by {waiver.owner} until {waiver.until})"
    return replace(finding, standing=FindingStatus.WAIVED, reason=reason)


def _make_expired_notice(waiver: AcceptedFailure) -> Notice:
    return Notice(
        f"{waiver.place}: the waiver of {waiver.rule} expired on {waiver.until}; fix the failure, or renew the waiver "
        "with a reason"
    )


def _make_unused_notice(waiver: AcceptedFailure, asked: dict[str, Result]) -> Notice:
    if waiver.rule not in asked:
        why = "which is not asked here"
    elif asked[waiver.rule].outcome is not CheckOutcome.FAIL:
        why = f"which does not fail ({asked[waiver.rule].outcome.value})"
    else:
        why = "which has no finding in its paths"
    return Notice(f"{waiver.place}: the waiver is for {waiver.rule}, {why}; remove it", error=True)


def apply_baseline(results: Iterable[Result], known: dict[str, set[str]]) -> tuple[list[Result], list[Notice]]:
    """Return the results with the findings marked that stood when the tool was adopted, and how many have gone.

    `known` has the fingerprints of those by rule; nothing is said of rules that were not asked.
    """
    results = list(results)
    asked = {result.rule.id for result in results}
    known = {rule: prints for rule, prints in known.items() if rule in asked}
    marked = [_suppress_known(result, known.get(result.rule.id, set())) for result in results]
    there = {(result.rule.id, finding.fingerprint) for result in results for finding in result.findings}
    unknown = {result.rule.id for result in results if _is_unknown(result)}
    looked_at = {rule: prints for rule, prints in known.items() if rule not in unknown}
    gone = sum((rule, print_) not in there for rule, prints in looked_at.items() for print_ in prints)
    verb = "is" if gone == 1 else "are"
    notice = (
        f"{pluralise(gone, 'finding')} of the baseline {verb} gone; "
        f"write it anew with 'vger baseline', so that {'it stays' if gone == 1 else 'they stay'} gone"
    )
    return marked, [Notice(notice)] if gone else []


def _suppress_known(result: Result, known: set[str]) -> Result:
    if result.outcome is not CheckOutcome.FAIL or not known:
        return result
    return replace(
        result,
        findings=tuple(
            replace(finding, standing=FindingStatus.BASELINE, reason="It existed when the tool was adopted.")
            if finding.standing is FindingStatus.OPEN and finding.fingerprint in known
            else finding
            for finding in result.findings
        ),
    )
