"""The run as a page of HTML in one file: it needs no script and no other file, and asks no host for anything."""

from collections.abc import Iterable, Iterator
from html import escape

from vger_guide.checks.results import Notice, Result, Run, count_key, select_results
from vger_guide.matchers.findings import Finding
from vger_guide.output.runs.bar_chart import draw_legend, draw_run
from vger_guide.output.runs.summary import (
    HEADINGS,
    acceptance_reason,
    format_counts,
    format_coverage,
    format_headline,
    format_place,
    format_remarks,
    format_scope,
    sort_notices,
    split_chapters,
)
from vger_guide.output.stylesheet import STYLE
from vger_guide.text.html import escape_line, render_page, render_prose
from vger_guide.text.plural import pluralise
from vger_guide.text.sanitize import safe_link


def write(run: Run) -> str:
    """Return the page, failures worst first."""
    title = f"{escape_line(run.target)}: {format_headline(run)}"
    return render_page(title, STYLE.read_text("utf-8"), _head(run), "".join(_body(run)))


def _head(run: Run) -> str:
    about = {"Repository": run.target, "Commit": run.commit, "Rules": run.profile, "Edition": run.edition}
    files = f"{run.files:,}, of which {run.read:,} were read ({run.bytes_read:,} bytes)"
    rows = {**about, "Files": files, "Made by": run.tool}
    listed = "".join(f"<dt>{escape_line(name)}</dt><dd>{escape_line(text)}</dd>" for name, text in rows.items() if text)
    counts, coverage = format_counts(run), format_coverage(run)
    scope = "".join(f"<p>{render_prose(text)}</p>\n" for text in format_scope(run))
    return f"<h1>{format_headline(run)}</h1>\n<p>{counts}.</p>\n<p>{coverage}</p>\n{scope}<dl>{listed}</dl>"


def _body(run: Run) -> Iterator[str]:
    if run.notices:
        yield f"<h2>Notices</h2>\n{''.join(map(_notice, sort_notices(run)))}"
    if run.results:
        yield f"<h2>Outcomes by chapter</h2>\n{draw_run(run)}\n{draw_legend()}\n{_table(run)}"
    yield from (
        _group(heading, select_results(run, name)) for name, heading in HEADINGS.items() if select_results(run, name)
    )


def _notice(notice: Notice) -> str:
    bad, word = (" bad", "<strong>Error:</strong> ") if notice.error else ("", "")
    return f'<p class="notice{bad}">{word}{render_prose(notice.message)}</p>\n'


def _table(run: Run) -> str:
    heads = "".join(f'<th scope="col">{heading}</th>' for heading in ("Chapter", *HEADINGS.values()))
    rows = "".join(_row(name, part) for name, part in split_chapters(run).items())
    table = f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}{_row('All', run)}</tbody></table>"
    return f'<div class="scroll" tabindex="0" role="region" aria-label="Counts by chapter">{table}</div>\n'


def _row(name: str, part: Run) -> str:
    cells = "".join(f"<td>{count:,}</td>" for count in part.counts.values())
    return f'<tr><th scope="row">{escape_line(name)}</th>{cells}</tr>'


def _group(heading: str, results: list[Result]) -> str:
    """Return the rules of one outcome; failures are open, the others open by themselves only in print."""
    rules = "\n".join(map(_rule, results))
    open_ = " open" if count_key(results[0]) == "fail" else ""
    title = f"<h2>{heading} ({len(results):,})</h2>"
    return f'<details class="group"{open_}><summary>{title}</summary>\n{rules}\n</details>\n'


def _rule(result: Result) -> str:
    rule, address = result.rule, safe_link(result.rule.address)
    name = f'<a href="{escape(address)}">{escape_line(rule.id)}</a>' if address else escape_line(rule.id)
    preview = ", preview" if result.preview else ""
    about = (
        f"{escape_line(rule.level.capitalize())}, {escape_line(rule.severity)}{preview}, in {escape_line(rule.section)}"
    )
    texts = [result.reason, *_advice(result), *format_remarks(result)]
    said = "".join(f"<p>{render_prose(text)}</p>" for text in dict.fromkeys(texts) if text)
    return (
        f'<article class="rule {count_key(result)}"><h3>{name} {render_prose(rule.title)}</h3>'
        f'<p class="muted">{about}</p>'
        f"{said}{_findings(result)}{_blind(result.blind)}</article>"
    )


def _advice(result: Result) -> list[str]:
    rule = result.rule
    return {"fail": [f"Why: {rule.why}", f"Mend it: {rule.mend}"], "manual": [rule.ask]}.get(count_key(result), [])


def _findings(result: Result) -> str:
    if not result.findings:
        return ""
    items = "".join(f"<li>{_finding(finding)}</li>" for finding in result.findings)
    title = pluralise(len(result.findings) + result.omitted, "finding")
    return f'<details open><summary>{title}</summary><ul class="findings">{items}</ul></details>'


def _finding(finding: Finding) -> str:
    text = f"<br><code>{escape_line(finding.text)}</code>" if finding.text else ""
    reason = f"<br>Accepted: {render_prose(acceptance_reason(finding))}" if acceptance_reason(finding) else ""
    return f"<code>{escape_line(format_place(finding))}</code> {render_prose(finding.message)}{text}{reason}"


def _blind(texts: Iterable[str]) -> str:
    items = "".join(f"<li>{render_prose(text)}</li>" for text in texts)
    return f"<details><summary>What the check cannot see</summary><ul>{items}</ul></details>" if items else ""
