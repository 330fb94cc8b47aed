"""A run as `vger check` shows it on a terminal: failures by chapter, worst first, then what else was seen."""

from collections.abc import Callable, Iterator

from vger_guide.checks.outcomes import Finding, Outcome, Result, Run
from vger_guide.cli import output
from vger_guide.reports import words

# Findings of a rule that are shown; all of them are in the other formats.
FINDINGS = 10

_MARGIN = " " * 4
_DEEPER = " " * 6
_STYLES = {"FAIL": "red", "ERROR": "red", "PREVIEW": "yellow", "PASS": "green"}

Mark = Callable[[str], str]


def lines(run: Run, everything: bool) -> Iterator[str]:
    """Yield the lines of a run, safe to be written; with `everything` what did not fail too."""
    commit = f" at {run.commit[:10]}" if run.commit else ""
    yield output.folded(f"{run.target}{commit}, asked {words.number(len(run.results), 'rule')} for {run.profile}.")
    for chapter, part in words.chapters(run).items():
        shown = words.of(part, "fail") + [result for result in part.results if result.outcome is Outcome.ERROR]
        if shown:
            yield from ("", output.heading(chapter))
            for result in shown:
                yield from _failure(result)
    yield from _accepted(run)
    yield from _briefly("Could not be looked at", words.of(run, "unavailable"))
    if everything:
        yield from _briefly("Passed", words.of(run, "pass"))
        yield from _briefly("Does not apply", words.of(run, "not-applicable"))
        yield from _briefly("For a person", words.of(run, "manual"))
    yield from _notices(run)
    yield from ("", output.heading(words.headline(run) + "."), *_summary(run, everything))


def _failure(result: Result) -> Iterator[str]:
    rule = result.rule
    word = "ERROR" if result.outcome is Outcome.ERROR else "PREVIEW" if result.preview else "FAIL"
    mark = output.styled(word, _STYLES[word])
    facts = f"({rule.level}, {rule.severity})"
    yield f"\n{mark} {output.linked(rule.id, rule.address)} {output.safe(rule.title)} {facts}"
    found = words.open_findings(result)
    for finding in found[:FINDINGS]:
        yield from _finding(finding)
    if len(found) > FINDINGS:
        yield f"{_MARGIN}and {words.number(len(found) - FINDINGS, 'more finding')}"
    if result.outcome is Outcome.FAIL:
        yield output.folded(f"Why: {rule.why}", _MARGIN, _DEEPER)
        yield output.folded(f"Mend: {rule.mend}", _MARGIN, _DEEPER)
    for remark in [*words.acceptances(result), *words.remarks(result)]:
        yield output.folded(remark, _MARGIN, _DEEPER)


def _finding(finding: Finding) -> Iterator[str]:
    where = f"{output.line(words.place(finding))} " if finding.path else ""
    yield output.folded(f"{where}{finding.message}", _MARGIN, _DEEPER)
    if finding.text and finding.text not in finding.message:
        yield f"{_DEEPER}| {output.line(finding.text)}"


def _accepted(run: Run) -> Iterator[str]:
    waived = words.of(run, "waived")
    if waived:
        yield from ("", output.heading("Waived"))
    for result in waived:
        for reason in words.acceptances(result):
            yield output.folded(f"{result.rule.id} {result.rule.title}: {reason}", "  ", _MARGIN)


def _briefly(heading: str, results: list[Result]) -> Iterator[str]:
    if results:
        yield from ("", output.heading(heading))
    for result in results:
        yield output.folded(f"{result.rule.id} {result.rule.title}: {_sentence(result.reason)}", "  ", _MARGIN)
        for remark in words.remarks(result):
            yield output.folded(remark, _MARGIN, _MARGIN)


def _sentence(reason: str) -> str:
    return reason if reason.endswith((".", "?")) else f"{reason}."


def _notices(run: Run) -> Iterator[str]:
    if run.notices:
        yield from ("", output.heading("Of the run itself"))
    for notice in run.notices:
        yield output.folded(("Error: " if notice.error else "") + notice.message + ".", "  ", _MARGIN)


def _summary(run: Run, everything: bool) -> Iterator[str]:
    yield output.folded(words.counted(run).capitalize() + ".")
    yield output.folded(words.coverage(run))
    if passed := run.counts["pass"]:
        proven = sum(result.strength == "proof" for result in words.of(run, "pass"))
        yield output.folded(
            f"Of what passed, {proven} proven; {passed - proven} only indicated, for a person to confirm."
        )
    if not everything:
        yield output.folded("'vger check --all' lists what passed, what does not apply and what needs a person.")
