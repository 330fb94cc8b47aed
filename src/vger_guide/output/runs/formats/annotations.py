"""The failures as GitHub's annotations, worst first, and behind them in the log what annotations have no room for.

The commands are those of https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands; how they
are read is in ActionCommand.cs of https://github.com/actions/runner. A step shows ten annotations of each kind.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import chain

from vger_guide.checks.results import CheckOutcome, Result, Run, list_failures, select_results
from vger_guide.matchers.findings import Finding
from vger_guide.output.runs.summary import (
    format_acceptances,
    format_counts,
    format_coverage,
    format_headline,
    format_remarks,
    list_open_findings,
    sort_notices,
)
from vger_guide.text.plural import pluralise
from vger_guide.text.sanitize import escape_invisible, truncate

KINDS = {"must": "error", "should": "warning", "may": "notice"}
# How many a step shows; the last notice is kept for the counts.
MOST = {"error": 10, "warning": 10, "notice": 9}
LENGTH = 1_000


def write(run: Run) -> str:
    """Return lines to be printed in a step of a workflow."""
    every = list(chain(_notices(run), _failures(run), _previews(run), _errors(run)))
    shown_, left_out = _take_fitting(every)
    lines = [*(command for _, command in shown_), _summary(run, left_out), *map(_plain, _rest(run))]
    return "\n".join(lines) + "\n"


def _notices(run: Run) -> Iterator[tuple[str, str]]:
    for notice in sort_notices(run):
        kind = "error" if notice.error else "warning"
        yield kind, _command(kind, [notice.message], title="vger")


def _failures(run: Run) -> Iterator[tuple[str, str]]:
    for result in list_failures(run):
        kind = KINDS.get(result.rule.level, "notice")
        yield from ((kind, _annotation(kind, result, finding)) for finding in list_open_findings(result))


def _previews(run: Run) -> Iterator[tuple[str, str]]:
    for result in select_results(run, "fail"):
        if result.preview:
            yield from (("notice", _annotation("notice", result, finding)) for finding in list_open_findings(result))


def _errors(run: Run) -> Iterator[tuple[str, str]]:
    for result in run.results:
        if result.outcome is CheckOutcome.ERROR:
            title = f"{result.rule.id} ended in an error"
            yield "warning", _command("warning", [result.reason], title=title)


def _annotation(kind: str, result: Result, finding: Finding) -> str:
    preview = " (preview)" if result.preview else ""
    title = f"{result.rule.id}{preview} {result.rule.title}"
    return _command(kind, [finding.message, result.rule.mend, result.rule.address], **_where(finding), title=title)


def _where(finding: Finding) -> dict[str, str]:
    if not finding.path:
        return {}
    numbers = {"line": finding.line, "col": finding.column if finding.line else 0}
    return {"file": finding.path, **{name: str(n) for name, n in numbers.items() if n}}


def _command(kind: str, lines: list[str], **properties: str) -> str:
    told = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{kind} {told}::" + "%0A".join(_data(truncate(line, LENGTH)) for line in lines if line)


def _data(text: str) -> str:
    return escape_invisible(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _take_fitting(every: list[tuple[str, str]]) -> tuple[list[tuple[str, str]], int]:
    """Return the first of each kind, as many as a step shows, and how many others there are."""
    seen: Counter[str] = Counter()
    fitting = []
    for kind, command in every:
        seen[kind] += 1
        if seen[kind] <= MOST[kind]:
            fitting.append((kind, command))
    return fitting, len(every) - len(fitting)


def _summary(run: Run, left_out: int) -> str:
    more = f" {pluralise(left_out, 'more annotation')} left out: a step shows no more." if left_out else ""
    return _command(
        "notice", [f"{format_headline(run)}. {format_counts(run)}. {format_coverage(run)}{more}"], title="vger"
    )


def _rest(run: Run) -> Iterator[str]:
    for result in run.results:
        yield from (f"{result.rule.id}: {text}" for text in (*format_acceptances(result), *format_remarks(result)))


def _plain(line: str) -> str:
    """Return a line of the log that is no command: those of the old form may begin anywhere in it."""
    return f"vger: {escape_invisible(line)}".replace("##[", "# #[")
