"""A report as a workbook (ECMA-376), a sheet for each table; no text is a formula."""

import io
from collections.abc import Iterable, Sequence
from datetime import datetime

from xlsxwriter import Workbook

from vger_guide.output.reviews.workbook.text import to_cell
from vger_guide.portfolio.overview import Overview
from vger_guide.portfolio.reports.rules import count_failures
from vger_guide.portfolio.repository_line import RepositoryLine

_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
# Characters of a column.
NARROW, WIDE = 14, 48

Rows = Iterable[Sequence[str | int]]


def write(overview: Overview, unit: str) -> bytes:
    """Return the workbook about a unit, or about all of them for an empty name."""
    lines = overview.select(unit)
    file = io.BytesIO()
    with Workbook(file, _OPTIONS) as book:
        book.set_properties(
            {
                "title": to_cell(f"{overview.title} {unit}".strip()),
                "comments": "Private: do not publish it.",
                "created": datetime.combine(overview.today, datetime.min.time()),
            }
        )
        _add_sheet(book, "Repositories", _REPOSITORIES, map(_repository, lines))
        _add_sheet(book, "Failures", _FAILURES, (row for line in lines for row in _failures(line)))
        _add_sheet(book, "Rules", _RULES, map(_rule, count_failures(lines)))
        _add_sheet(book, "Waivers", _WAIVERS, (row for line in lines for row in _waivers(line)))
    return file.getvalue()


_REPOSITORIES = {
    "Repository": WIDE,
    **dict.fromkeys(("Unit", "Owner", "Status", "Critical", "Must", "All failures", "New", "Mended"), NARROW),
    "Why it was not checked": WIDE,
}
_FAILURES = {"Repository": WIDE, "Rule": NARROW, "Title": WIDE, "Level": NARROW, "Severity": NARROW, "Since": NARROW}
_RULES = {"Rule": NARROW, "Title": WIDE, "Level": NARROW, "Severity": NARROW, "Fails in": NARROW}
_WAIVERS = {"Until": NARROW, "State": NARROW, "Repository": WIDE, "Rule": NARROW, "Accepted by": NARROW, "Reason": WIDE}


def _add_sheet(book: Workbook, name: str, columns: dict[str, int], rows: Rows) -> None:
    sheet = book.add_worksheet(name)
    head, text = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    for place, (title, width) in enumerate(columns.items()):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, title, head)
    sheet.freeze_panes(1, 1)
    last = 0
    for last, row in enumerate(rows, 1):
        for place, cell in enumerate(row):
            if isinstance(cell, int):
                sheet.write_number(last, place, cell, text)
            else:
                sheet.write_string(last, place, to_cell(cell), text)
    sheet.autofilter(0, 0, last, len(columns) - 1)


def _repository(line: RepositoryLine) -> Sequence[str | int]:
    about = (line.repository.name, line.repository.unit, line.repository.owner, line.result["status"])
    if not line.is_checked:
        return (*about, "", "", "", "", "", line.result["reason"])
    return (
        *about,
        line.count("critical"),
        line.count("must"),
        len(line.failed),
        len(line.new),
        len(line.mended),
        "",
    )


def _failures(line: RepositoryLine) -> Rows:
    for rule in line.failed:
        yield line.repository.name, rule.id, rule.title, rule.level, rule.severity, line.since(rule.id)


def _rule(pair: tuple[object, int]) -> Sequence[str | int]:
    rule, count = pair
    return (*(str(getattr(rule, name)) for name in ("id", "title", "level", "severity")), count)


def _waivers(line: RepositoryLine) -> Rows:
    for each in line.waivers:
        yield each.until, each.state, line.repository.name, each.rule, each.owner, each.reason
