"""Workbooks opened, counted anew and saved by LibreOffice: the summary is that of the scores, and all comes back."""

import io
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from filelock import FileLock
from openpyxl import load_workbook

from tests.conftest import ROOT
from tests.output.reviews.workbooks import PLACES, read, rows, saved, set_cells, targets, write_and_open
from tests.reviews import fixtures_reviews
from tools.libreoffice import convert, find
from vger_guide.catalog.catalog import Catalog
from vger_guide.output.reviews.formats import xlsx
from vger_guide.output.reviews.workbook.summary_sheet import HEADINGS
from vger_guide.reviews.context import ReviewContext
from vger_guide.reviews.models import Selection, Target
from vger_guide.reviews.score import Tally, binding, tally

pytestmark = pytest.mark.slow


@pytest.fixture(params=fixtures_reviews.MAKERS)
def name(request: pytest.FixtureRequest) -> str:
    """Return the name of each of the made-up reviews."""
    return str(request.param)


@pytest.fixture
def context(catalog: Catalog, name: str) -> ReviewContext:
    """Return each of the made-up reviews."""
    return fixtures_reviews.filled(catalog, name)


@pytest.fixture(scope="session")
def through(catalog: Catalog, tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Callable[[str], bytes]:
    """Return what gives each of the workbooks below as LibreOffice saves it: one start of it for all of a run."""
    shared = tmp_path_factory.getbasetemp()
    folder = (shared if worker_id == "master" else shared.parent) / "office"
    with FileLock(folder.with_suffix(".lock")):
        if not folder.exists():
            _convert(catalog, folder)
    return lambda name: (folder / f"{name}.xlsx").read_bytes()


def _convert(catalog: Catalog, folder: Path) -> None:
    office = find()
    assert office, "no LibreOffice: 'make office' finds or installs it"
    with TemporaryDirectory(dir=folder.parent) as temporary:
        sources = []
        for name, data in _workbooks(catalog).items():
            sources.append(Path(temporary) / f"{name}.xlsx")
            sources[-1].write_bytes(data)
        convert(office, sources, "xlsx", Path(temporary))
        (Path(temporary) / "converted").rename(folder)


def _workbooks(catalog: Catalog) -> dict[str, bytes]:
    """Return all workbooks that LibreOffice is to save, by the names that the tests ask for them by."""
    made_up = {name: fixtures_reviews.filled(catalog, name) for name in fixtures_reviews.MAKERS}
    several = _of_any_name(catalog)
    return {
        **{name: _uncounted(xlsx.write(context), context.today) for name, context in made_up.items()},
        "answered": _answered(catalog),
        "emptied": _emptied(catalog),
        "names": _uncounted(xlsx.write(several), several.today),
    }


def _counted(data: bytes, folder: Path) -> list[list[Any]]:
    """Return the rows of the summary with the values that were counted."""
    (folder / "counted.xlsx").write_bytes(data)
    return [list(row) for row in load_workbook(folder / "counted.xlsx", data_only=True)["Summary"].values]


def _lines(summary: list[list[Any]], title: str) -> list[list[Any]]:
    """Return the lines of a table: the label, the sheet, and the figures of HEADINGS."""
    begin = next(n for n, row in enumerate(summary) if row[0] == title) + 2
    end = next((n for n in range(begin, len(summary)) if not summary[n][0]), len(summary))
    return summary[begin:end]


def _figures(counts: Tally) -> list[Any]:
    found = {
        "Met": counts.met,
        "Partly met": counts.partial,
        "Not met": counts.not_met,
        "Unanswered": counts.unanswered,
        "Applicable": counts.applicable,
        "Not applicable": counts.not_applicable,
        "Score": None if counts.percent is None else counts.percent / 100,
        "Of applicable": None if counts.percent_of_applicable is None else counts.percent_of_applicable / 100,
        "Risks accepted": counts.accepted,
        "Risks incomplete": counts.incomplete,
        "Overdue": counts.overdue,
        "To confirm": counts.confirm,
    }
    return [found[heading] for heading in HEADINGS]


def _expected(context: ReviewContext, title: str) -> list[list[Any]]:
    catalog = context.catalog

    def group(rule: Any) -> str:
        if title == "By level":
            return str(rule.level.value.capitalize())
        return catalog.section(catalog.section_of(rule).number.partition(".")[0]).heading

    labels = list(dict.fromkeys(group(rule) for rule in context.rules))
    order = [label for label in ("Must", "Should", "May") if label in labels] or labels
    found = []
    for target in context.review.targets:
        for label in order:
            some = [rule for rule in context.rules if group(rule) == label]
            if title != "By level":
                some = [rule for rule in some if rule.level != "may"]
            found.append([label, *_figures(tally(context.review, some, target.id, context.today))])
    return found


def _shown(line: list[Any]) -> list[Any]:
    figures = [round(value, 9) if isinstance(value, float) else value for value in line[2 : 2 + len(HEADINGS)]]
    return [None if figure == "" else figure for figure in figures]


def _uncounted(data: bytes, day: date) -> bytes:
    """Return the workbook with another day to count on and no figures in it, so that all of them are counted."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name)
            if name.startswith("xl/worksheets/sheet"):
                text = re.sub(
                    rb"(</f>)<v>[^<]*</v>", rb"\1", text.replace(b"<f>TODAY()</f>", b"<f>%s</f>" % _formula(day))
                )
            new.writestr(name, text)
    return made.getvalue()


def _formula(day: date) -> bytes:
    return f"DATE({day.year},{day.month},{day.day})".encode()


def _answered(catalog: Catalog) -> bytes:
    """Return a workbook in which somebody answered the first four rules."""
    empty = fixtures_reviews.filled(catalog, "empty")
    book = write_and_open(empty)
    [sheet] = targets(book, empty)
    first, second, third, fourth, *_ = [rule.id for rule in empty.rules]
    set_cells(sheet, first, Answer="Met", Plan="Risk accepted")
    set_cells(sheet, second, Answer="Not met", Plan="Planned", Until=date(2026, 3, 8))
    set_cells(sheet, third, Answer="Not met", Plan="Risk accepted", Until=date(2026, 3, 9))
    set_cells(sheet, fourth, Not_applicable="Another reason", Because="None.")
    book["Summary"]["B4"].value = empty.today
    return saved(book)


def _emptied(catalog: Catalog) -> bytes:
    """Return a workbook in which somebody emptied the rows of ten rules."""
    full = fixtures_reviews.filled(catalog, "full")
    book = write_and_open(full)
    [sheet] = targets(book, full)
    for row in list(rows(sheet))[:10]:
        for place in PLACES.values():
            sheet.cell(row, place).value = None
    return saved(book)


def _of_any_name(catalog: Catalog) -> ReviewContext:
    """Return a review whose targets have names that mean something in formulas."""
    full = fixtures_reviews.filled(catalog, "full")
    names = ["it's", "a!b", "1", "A1", "x;y,z", "=1+1", "$B$2", "#REF", "👩", "\u202eabc"]
    many = [Target(id=f"t{n}", name=name) for n, name in enumerate(names)]
    answers = {
        rule: {target.id: by_target["shop"] for target in many} for rule, by_target in full.review.answers.items()
    }
    told = {"targets": many, "answers": answers, "outcomes": {}, "selection": Selection(chapters=["4"])}
    return replace(full, review=full.review.model_copy(update=told))


def test_the_figures_that_are_counted_and_those_in_the_file_are_those_of_the_scores(
    context: ReviewContext, name: str, through: Callable[[str], bytes], tmp_path: Path
) -> None:
    data = xlsx.write(context)
    rules = binding(context.rules)
    totals = [_figures(tally(context.review, rules, each.id, context.today)) for each in context.review.targets]
    # A program that does not count, such as a preview, shows those in the file.
    for summary in (_counted(through(name), tmp_path), _counted(data, tmp_path)):
        assert [_shown(line) for line in _lines(summary, "By target")] == totals
        for title in ("By chapter", "By level"):
            assert [[line[0], *_shown(line)] for line in _lines(summary, title)] == _expected(context, title)


def test_what_people_answer_is_counted(catalog: Catalog, through: Callable[[str], bytes], tmp_path: Path) -> None:
    empty = fixtures_reviews.filled(catalog, "empty")
    data = through("answered")
    [line] = _lines(_counted(data, tmp_path), "By target")
    assert _shown(line) == [1, 0, 2, 108, 111, 1, 0.33, 0.0, 0, 1, 1, 0]
    review = read(data, empty).review
    assert _figures(tally(review, binding(empty.rules), "shop", empty.today)) == _shown(line)


def test_rows_that_are_emptied_are_no_longer_counted(
    catalog: Catalog, through: Callable[[str], bytes], tmp_path: Path
) -> None:
    [line] = _lines(_counted(through("emptied"), tmp_path), "By target")
    emptied = fixtures_reviews.filled(catalog, "full").rules[:10]
    assert line[6] + line[7] == len(binding(fixtures_reviews.filled(catalog, "full").rules)) - len(binding(emptied))


def test_what_libreoffice_saved_gives_the_review_as_it_was(
    context: ReviewContext, name: str, through: Callable[[str], bytes]
) -> None:
    assert read(through(name), context).review == context.review


def test_sheets_of_any_name_are_counted(catalog: Catalog, through: Callable[[str], bytes], tmp_path: Path) -> None:
    several = _of_any_name(catalog)
    data = through("names")
    counts = _figures(tally(several.review, binding(several.rules), "t0", several.today))
    assert [_shown(line) for line in _lines(_counted(data, tmp_path), "By target")] == [counts] * 10
    assert read(data, several).review == several.review


def test_where_no_office_can_be_had_the_command_says_so_and_fails() -> None:
    nowhere = {name: value for name, value in os.environ.items() if name != "SOFFICE_PATH"} | {"PATH": "/nowhere"}
    done = subprocess.run(
        [sys.executable, "-m", "tools.libreoffice"], cwd=ROOT, env=nowhere, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout) == (3, "")
    assert "No LibreOffice: install its Calc and Writer (libreoffice-calc libreoffice-writer)" in done.stderr
