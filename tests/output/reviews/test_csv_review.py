"""The two CSV forms of a review, read back by Python's csv module, by frictionless and by LibreOffice."""

import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.reviews import fixtures_reviews
from tools.libreoffice import convert, find
from vger_guide.catalog.catalog import Catalog
from vger_guide.output.reviews.formats import load_format
from vger_guide.output.reviews.formats.csv import CELL, NOTE, csv_schema
from vger_guide.reviews.context import ReviewContext
from vger_guide.reviews.edit import record_answer
from vger_guide.reviews.models import Review

pytestmark = pytest.mark.slow

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def _read(data: bytes, encoding: str = "utf-8") -> list[dict[str, str]]:
    """Return the rows by the header; every row has as many cells."""
    rows = list(csv.reader(io.StringIO(data.decode(encoding), newline=""), strict=True))
    assert {len(row) for row in rows} == {len(rows[0])}
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def test_frictionless_finds_every_row_as_the_schema_says(context: ReviewContext, tmp_path: Path) -> None:
    from frictionless import Resource, Schema, system

    assert Schema.validate_descriptor(csv_schema()).valid
    (tmp_path / "review.csv").write_bytes(load_format("csv").write(context))
    with system.use_context(trusted=True):
        schema = Schema.from_descriptor(csv_schema())
        report = Resource(path=str(tmp_path / "review.csv"), schema=schema, encoding="utf-8").validate()
    assert report.flatten(["rowNumber", "fieldName", "message"]) == []


def test_frictionless_refuses_a_code_that_is_none(catalog: Catalog, tmp_path: Path) -> None:
    from frictionless import Resource, Schema, system

    spoiled = load_format("csv").write(fixtures_reviews.filled(catalog, "full")).replace(b",partial,", b",partly,", 1)
    (tmp_path / "review.csv").write_bytes(spoiled)
    with system.use_context(trusted=True):
        schema = Schema.from_descriptor(csv_schema())
        report = Resource(path=str(tmp_path / "review.csv"), schema=schema, encoding="utf-8").validate()
    assert report.flatten(["fieldName"]) == [["value"]]


@pytest.mark.parametrize(("name", "encoding", "column"), [("csv", "utf-8", "rule"), ("csv-safe", "utf-8-sig", "Rule")])
def test_there_is_a_row_for_each_rule_and_target(context: ReviewContext, name: str, encoding: str, column: str) -> None:
    read = _read(load_format(name).write(context), encoding)
    assert [row[column] for row in read] == [rule.id for rule in context.rules] * len(context.review.targets)


def test_every_field_of_an_answer_comes_back_letter_by_letter(context: ReviewContext) -> None:
    for row in _read(fixtures_reviews.write(context, "csv")):
        answer = context.review.answers.get(row["rule"], {}).get(row["target"])
        if answer is None:
            assert (row["value"], row["comment"], row["evidence"]) == ("unanswered", "", "")
            continue
        told = answer.model_dump(mode="json")
        names = ("value", "comment", "by", "carried_from", "text_hash")
        assert {name: row[name] for name in names} == {name: told[name] for name in names}
        assert {name: row[name] for name in told["disposition"] if name in row} == _texts(told["disposition"])
        assert row["not_applicable_text"] == (told["not_applicable"] or {}).get("text", "")
        evidence = [each.model_dump(mode="json", exclude_defaults=True) for each in answer.evidence]
        assert json.loads(row["evidence"] or "[]") == evidence


def _texts(given: dict[str, Any]) -> dict[str, str]:
    return {name: "" if value is None else str(value) for name, value in given.items()}


def test_lines_end_in_crlf(catalog: Catalog) -> None:
    text = load_format("csv").write(fixtures_reviews.filled(catalog, "empty"))
    assert text.count(b"\n") == text.count(b"\r\n") == text.count(b"\r") == len(catalog.rules) + 1


def test_no_cell_for_people_is_a_formula_or_holds_what_cannot_be_seen(context: ReviewContext) -> None:
    rows = _read(fixtures_reviews.write(context, "csv-safe"), "utf-8-sig")
    cells = [cell for row in rows for cell in row.values()]
    assert [cell for cell in cells if cell.startswith(FORMULA)] == []
    assert [cell for cell in cells if not cell.replace("\n", "").isprintable()] == []
    assert max(map(len, cells)) <= CELL + 1


def test_no_cell_is_a_formula_where_rows_are_split_at_semicolons(context: ReviewContext) -> None:
    text = load_format("csv-safe").write(context).decode("utf-8-sig")
    split = [cell for row in csv.reader(io.StringIO(text, newline=""), delimiter=";") for cell in row]
    assert [cell for cell in split if cell.strip().startswith(FORMULA)] == []


def _formulas(sources: list[Path], separator: str, folder: Path) -> list[int]:
    """Return how many cells LibreOffice takes for a formula in each file when it is told to look for them."""
    office = find()
    assert office, "no LibreOffice: 'make office' finds or installs it"
    # https://help.libreoffice.org/latest/en-US/text/shared/guide/csv_params.html: the last one is "evaluate formulas".
    options = f"CSV:{ord(separator)},34,76,1,,0,false,true,false,false,false,-1,true"
    made = convert(office, sources, "xlsx", folder, f"--infilter={options}")
    counts = [sum(cell.data_type == "f" for row in _sheet(path).iter_rows() for cell in row) for path in made]
    for path in made:
        path.unlink()
    return counts


def _sheet(path: Path) -> Worksheet:
    sheet = openpyxl.load_workbook(path).active
    assert isinstance(sheet, Worksheet)
    return sheet


def test_libreoffice_runs_nothing_of_the_safe_file_and_a_lot_of_the_raw_one(catalog: Catalog, tmp_path: Path) -> None:
    context = fixtures_reviews.filled(catalog, "hostile")
    sources = [tmp_path / f"{name}.csv" for name in ("csv", "csv-safe")]
    for source in sources:
        source.write_bytes(load_format(source.stem).write(context))
    for separator in (",", ";"):
        raw, safe = _formulas(sources, separator, tmp_path)
        assert raw > 10, separator
        assert safe == 0, separator


def test_a_key_of_another_tool_takes_no_column(catalog: Catalog) -> None:
    document = fixtures_reviews.full(catalog).model_dump(mode="json", by_alias=True)
    for by_target in document["answers"].values():
        by_target["shop"] |= {"rule": "no", "title": "no", "target": "no", "owner": "no", "applicable": "no"}
    spoiled = ReviewContext(catalog, Review.model_validate(document), fixtures_reviews.TODAY)
    assert load_format("csv").write(spoiled) == load_format("csv").write(fixtures_reviews.filled(catalog, "full"))


def test_an_accepted_failure_of_a_check_says_so(catalog: Catalog) -> None:
    document = fixtures_reviews.full(catalog).model_dump(mode="json", by_alias=True)
    document["outcomes"]["SES004"]["shop"] |= {"outcome": "fail", "waived": True}
    context = ReviewContext(catalog, Review.model_validate(document), fixtures_reviews.TODAY)
    [raw] = [row for row in _read(fixtures_reviews.write(context, "csv")) if row["rule"] == "SES004"]
    assert (raw["outcome"], raw["outcome_waived"]) == ("fail", "true")
    [safe] = [row for row in _read(fixtures_reviews.write(context, "csv-safe"), "utf-8-sig") if row["Rule"] == "SES004"]
    assert safe["Check"] == "Failed, accepted in the repository"


def test_people_read_words_and_are_told_that_the_file_does_not_come_back(catalog: Catalog) -> None:
    rows = _read(load_format("csv-safe").write(fixtures_reviews.filled(catalog, "full")), "utf-8-sig")
    assert {row["Answer"] for row in rows} == {"Met", "Partly met", "Not met", "Not applicable", "Unanswered"}
    assert {row["Owner"] for row in rows} == {"", "Bo Example"}
    assert list(rows[0])[-1] == NOTE


def test_a_formula_in_a_comment_is_shown_and_not_run(catalog: Catalog) -> None:
    rows = _read(load_format("csv-safe").write(fixtures_reviews.filled(catalog, "hostile")), "utf-8-sig")
    assert "'" + fixtures_reviews.HOSTILE[0] in {row["Comment"] for row in rows}


def test_a_cell_has_no_more_units_than_a_spreadsheet_takes(catalog: Catalog) -> None:
    context = fixtures_reviews.filled(catalog, "full")
    rule = context.rules[0]
    review = record_answer(context.review, rule, "shop", {"comment": "\U0001d518" * 20_000})
    comment = _read(load_format("csv-safe").write(replace(context, review=review)), "utf-8-sig")[0]["Comment"]
    assert len(comment.encode("utf-16-le")) // 2 <= CELL
    assert comment.endswith("\U0001d518…")
