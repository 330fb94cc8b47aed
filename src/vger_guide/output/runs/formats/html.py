"""The run as a page of HTML in one file: it needs no script and no other file, and asks no host for anything."""

from vger_guide.checks.results import Result, Run, select_results
from vger_guide.output.bar_chart import BarChart
from vger_guide.output.html import render
from vger_guide.output.runs.summary import (
    HEADINGS,
    acceptance_reason,
    format_counts,
    format_coverage,
    format_headline,
    format_place,
    format_reason,
    format_remarks,
    format_scope,
    sort_notices,
    split_chapters,
)


def write(run: Run) -> str:
    """Return the page, failures worst first."""
    chapters = split_chapters(run)
    return render(
        "run.html",
        run=run,
        headline=format_headline(run),
        counts=format_counts(run),
        coverage=format_coverage(run),
        scope=format_scope(run),
        about=_about(run),
        notices=sort_notices(run),
        chart=_chart(chapters),
        headings=HEADINGS,
        chapters=chapters,
        groups={name: select_results(run, name) for name in HEADINGS},
        texts=_texts,
        place=format_place,
        acceptance=acceptance_reason,
    )


def _about(run: Run) -> dict[str, str]:
    files = f"{run.files:,}, of which {run.read:,} were read ({run.bytes_read:,} bytes)"
    about = {"Repository": run.target, "Commit": run.commit, "Rules": run.profile, "Edition": run.edition}
    return {**about, "Files": files, "Made by": run.tool}


def _chart(chapters: dict[str, Run]) -> BarChart:
    words = "; ".join(f"{name}: {format_counts(part)}" for name, part in chapters.items())
    return BarChart("p", "Outcomes by chapter", words, {name: part.counts for name, part in chapters.items()})


def _texts(name: str, result: Result) -> list[str]:
    """Return what is said of a result that counts under a name, each text once."""
    rule = result.rule
    advice = [f"Why: {rule.why}", f"How to fix it: {rule.mend}"] if name == "fail" else []
    return [text for text in dict.fromkeys([format_reason(result), *advice, *format_remarks(result)]) if text]
