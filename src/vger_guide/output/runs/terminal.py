"""A run as `vger check` shows it on a terminal: failures by chapter, worst first, then what else was seen."""

from collections.abc import Iterator
from typing import Protocol

from vger_guide.checks.results import CheckOutcome, Result, Run, select_results
from vger_guide.matchers.findings import Finding
from vger_guide.output.runs import summary
from vger_guide.text.plural import pluralise
from vger_guide.text.sanitize import escape_controls, single_line

# Findings of a rule that are shown; all of them are in the other formats.
FINDINGS = 10
# Places that help a person to answer a rule and are shown: those of several signs.
PLACES = 20

_MARGIN = " " * 4
_DEEPER = " " * 6
_STYLES = {"FAIL": "red", "ERROR": "red", "PREVIEW": "yellow", "PASS": "green"}


class Console(Protocol):
    """What a terminal is written by: every text becomes harmless, and has colours where these are shown."""

    def fold(self, text: str, first: str = "", rest: str = "") -> str:
        """Return running text in lines."""

    def format_heading(self, text: str) -> str:
        """Return a line that stands out."""

    def format_styled(self, text: str, colour: str) -> str:
        """Return a word in a colour."""

    def format_link(self, text: str, address: str) -> str:
        """Return a text that leads to a web address."""


def render_lines(console: Console, run: Run, everything: bool) -> Iterator[str]:
    """Yield the lines of a run, safe to be written; with `everything` what did not fail too."""
    commit = f", commit {run.commit[:10]}," if run.commit else ""
    yield console.fold(f"Checked {run.target}{commit} against {pluralise(len(run.results), 'rule')} ({run.profile}).")
    for chapter, part in summary.split_chapters(run).items():
        shown = select_results(part, "fail") + [
            result for result in part.results if result.outcome is CheckOutcome.ERROR
        ]
        if shown:
            yield from ("", console.format_heading(chapter))
            for result in shown:
                yield from _failure(console, result)
    yield from _render_accepted(console, run)
    if not everything:
        yield from _render_open(console, run)
    else:
        yield from _briefly(console, "Unavailable", select_results(run, "unavailable"))
        yield from _briefly(console, "Passed", select_results(run, "pass"))
        yield from _briefly(console, "Does not apply", select_results(run, "not-applicable"))
        yield from _briefly(console, "For a person", select_results(run, "manual"))
    yield from _notices(console, run)
    yield from ("", console.format_heading(summary.format_headline(run) + "."), *_summary(console, run, everything))


def _failure(console: Console, result: Result) -> Iterator[str]:
    rule = result.rule
    word = "ERROR" if result.outcome is CheckOutcome.ERROR else "PREVIEW" if result.preview else "FAIL"
    mark = console.format_styled(word, _STYLES[word])
    facts = f"({rule.level}, {rule.severity})"
    yield f"\n{mark} {console.format_link(rule.id, rule.address)} {escape_controls(rule.title)} {facts}"
    found = summary.list_open_findings(result)
    for finding in found[:FINDINGS]:
        yield from _finding(console, finding)
    if len(found) > FINDINGS:
        yield f"{_MARGIN}and {pluralise(len(found) - FINDINGS, 'more finding')}"
    if result.outcome is CheckOutcome.FAIL:
        yield console.fold(f"Why: {rule.why}", _MARGIN, _DEEPER)
        yield console.fold(f"Fix: {rule.mend}", _MARGIN, _DEEPER)
    for remark in [*summary.format_acceptances(result), *summary.format_remarks(result)]:
        yield console.fold(remark, _MARGIN, _DEEPER)


def _finding(console: Console, finding: Finding) -> Iterator[str]:
    where = f"{single_line(summary.format_place(finding))} " if finding.path else ""
    yield console.fold(f"{where}{finding.message}", _MARGIN, _DEEPER)
    if finding.text and finding.text not in finding.message:
        yield f"{_DEEPER}| {single_line(finding.text)}"


def _render_accepted(console: Console, run: Run) -> Iterator[str]:
    waived = select_results(run, "waived")
    if waived:
        yield from ("", console.format_heading("Waived"))
    for result in waived:
        for reason in summary.format_acceptances(result):
            yield console.fold(f"{result.rule.id} {result.rule.title}: {reason}", "  ", _MARGIN)


def _render_open(console: Console, run: Run) -> Iterator[str]:
    """Yield what checks could not say; beside other rules, previews are only named."""
    unavailable = select_results(run, "unavailable")
    undecided = [result for result in select_results(run, "manual") if result.undecided]
    named = [result for result in [*unavailable, *undecided] if result.preview]
    if all(result.preview for result in run.results):
        named = []
    yield from _briefly(console, "Unavailable", [result for result in unavailable if result not in named])
    heading = "Needs a person, because the check could not decide"
    yield from _briefly(console, heading, [result for result in undecided if result not in named])
    if named:
        ids = ", ".join(result.rule.id for result in named)
        yield from ("", console.fold(f"Previews that could not decide: {ids}. 'vger check --all' tells why."))


def _briefly(console: Console, heading: str, results: list[Result]) -> Iterator[str]:
    if results:
        yield from ("", console.format_heading(heading))
    for result in results:
        yield console.fold(
            f"{result.rule.id} {result.rule.title}: {_sentence(summary.format_reason(result))}", "  ", _MARGIN
        )
        if result.is_trace:
            yield from _trace(console, result)
        for remark in summary.format_remarks(result):
            yield console.fold(remark, _MARGIN, _MARGIN)


def _trace(console: Console, result: Result) -> Iterator[str]:
    """Yield what was found for the person who answers a rule."""
    for finding in result.findings[:PLACES]:
        yield from _finding(console, finding)
    if len(result.findings) > PLACES:
        yield f"{_MARGIN}and {pluralise(len(result.findings) - PLACES, 'more place')}"


def _sentence(reason: str) -> str:
    return reason if reason.endswith((".", "?")) else f"{reason}."


def _notices(console: Console, run: Run) -> Iterator[str]:
    if run.notices:
        yield from ("", console.format_heading("About the run"))
    for notice in run.notices:
        yield console.fold(("Error: " if notice.error else "") + _sentence(notice.message), "  ", _MARGIN)


def _summary(console: Console, run: Run, everything: bool) -> Iterator[str]:
    yield console.fold(summary.format_counts(run).capitalize() + ".")
    yield console.fold(summary.format_coverage(run))
    for text in summary.format_scope(run):
        yield console.fold(text)
    if passed := run.counts["pass"]:
        proven = sum(result.strength == "proof" for result in select_results(run, "pass"))
        yield console.fold(
            f"Of the rules that passed, {proven} passed with proof, {passed - proven} with an indication to confirm."
        )
    if not everything:
        yield console.fold("'vger check --all' lists what passed, what does not apply and what needs a person.")
