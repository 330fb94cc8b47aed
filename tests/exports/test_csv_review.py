"""The two CSV forms of a review, read back by Python's csv module and by frictionless."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from tests.reviews import made
from vger_guide.catalog import Catalog
from vger_guide.exports.forms import Filled, form
from vger_guide.exports.forms.csv import csv_schema
from vger_guide.exports.forms.csv_safe import CELL, NOTE

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def _read(data: bytes, encoding: str = "utf-8") -> list[dict[str, str]]:
    """Return the rows by the header; every row has as many cells."""
    rows = list(csv.reader(io.StringIO(data.decode(encoding), newline=""), strict=True))
    assert {len(row) for row in rows} == {len(rows[0])}
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


@pytest.fixture(params=made.MAKERS)
def filled(catalog: Catalog, request: pytest.FixtureRequest) -> Filled:
    """Return each of the made-up reviews."""
    return made.filled(catalog, request.param)


def test_frictionless_finds_every_row_as_the_schema_says(filled: Filled, tmp_path: Path) -> None:
    from frictionless import Resource, Schema, system

    assert Schema.validate_descriptor(csv_schema()).valid
    (tmp_path / "review.csv").write_bytes(form("csv").write(filled))
    with system.use_context(trusted=True):
        schema = Schema.from_descriptor(csv_schema())
        report = Resource(path=str(tmp_path / "review.csv"), schema=schema, encoding="utf-8").validate()
    assert report.flatten(["rowNumber", "fieldName", "message"]) == []


def test_frictionless_refuses_a_code_that_is_none(catalog: Catalog, tmp_path: Path) -> None:
    from frictionless import Resource, Schema, system

    spoiled = form("csv").write(made.filled(catalog, "full")).replace(b",partial,", b",partly,", 1)
    (tmp_path / "review.csv").write_bytes(spoiled)
    with system.use_context(trusted=True):
        schema = Schema.from_descriptor(csv_schema())
        report = Resource(path=str(tmp_path / "review.csv"), schema=schema, encoding="utf-8").validate()
    assert report.flatten(["fieldName"]) == [["value"]]


@pytest.mark.parametrize(("name", "encoding", "column"), [("csv", "utf-8", "rule"), ("csv-safe", "utf-8-sig", "Rule")])
def test_there_is_a_row_for_each_rule_and_target(filled: Filled, name: str, encoding: str, column: str) -> None:
    read = _read(form(name).write(filled), encoding)
    assert [row[column] for row in read] == [rule.id for rule in filled.rules] * len(filled.review.targets)


@pytest.mark.parametrize("name", ["csv", "csv-safe"])
def test_the_same_review_gives_the_same_bytes(filled: Filled, name: str) -> None:
    assert form(name).write(filled) == form(name).write(filled)


def test_every_field_of_an_answer_comes_back_letter_by_letter(filled: Filled) -> None:
    for row in _read(form("csv").write(filled)):
        answer = filled.review.answers.get(row["rule"], {}).get(row["target"])
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
    text = form("csv").write(made.filled(catalog, "empty"))
    assert text.count(b"\n") == text.count(b"\r\n") == text.count(b"\r") == len(catalog.rules) + 1


def test_no_cell_for_people_is_a_formula_or_holds_what_cannot_be_seen(filled: Filled) -> None:
    rows = _read(form("csv-safe").write(filled), "utf-8-sig")
    cells = [cell for row in rows for cell in row.values()]
    assert [cell for cell in cells if cell.startswith(FORMULA)] == []
    assert [cell for cell in cells if not cell.replace("\n", "").isprintable()] == []
    assert max(map(len, cells)) <= CELL + 1


def test_people_read_words_and_are_told_that_the_file_does_not_come_back(catalog: Catalog) -> None:
    rows = _read(form("csv-safe").write(made.filled(catalog, "full")), "utf-8-sig")
    assert {row["Answer"] for row in rows} == {"Met", "Partly met", "Not met", "Not applicable", "Unanswered"}
    assert {row["Owner"] for row in rows} == {"", "Bo Example"}
    assert list(rows[0])[-1] == NOTE


def test_a_formula_in_a_comment_is_shown_and_not_run(catalog: Catalog) -> None:
    rows = _read(form("csv-safe").write(made.filled(catalog, "hostile")), "utf-8-sig")
    assert "'" + made.HOSTILE[0] in {row["Comment"] for row in rows}
