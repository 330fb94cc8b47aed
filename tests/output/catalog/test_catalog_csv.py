"""rules.csv and tables.csv, read back by Python's csv module: whole, in the form of RFC 4180, and free of formulas."""

import csv
import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import EXAMPLES
from vger_guide.catalog.catalog import Catalog
from vger_guide.catalog.loader import load
from vger_guide.output.catalog.csv import RULE_COLUMNS, TABLE_COLUMNS, rules_csv, tables_csv

SITE = "https://guide.example/next/"
WIDE = "\uff1d\uff0b\uff0d\uff20"
FORMULA = ("=", "+", "-", "@", "\t", "\r", *WIDE)


@pytest.fixture
def small(small_catalog: Path) -> Catalog:
    return load(small_catalog)


def _read(text: str) -> list[dict[str, str]]:
    """Return the lines by the header; every line has as many cells."""
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert {len(row) for row in rows} == {len(rows[0])}
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def test_every_rule_has_its_line(catalog: Catalog) -> None:
    read = _read(rules_csv(catalog, SITE))
    assert [line["id"] for line in read] == list(catalog.rules)
    assert [line["statement"] for line in read] == [rule.statement for rule in catalog.rules.values()]


def test_every_row_of_every_table_has_its_line(catalog: Catalog) -> None:
    read = _read(tables_csv(catalog, SITE))
    assert [(line["table"], line["id"]) for line in read] == [
        (table.id, option.id) for table, option in catalog.options.values()
    ]


def test_a_line_of_a_rule_says_what_the_record_says(small: Catalog) -> None:
    saw, hammer = _read(rules_csv(small, SITE))
    assert tuple(saw) == RULE_COLUMNS
    assert saw == {
        **saw,
        "id": "TOO001",
        "title": "Use the saw",
        "level": "must",
        "severity": "high",
        "section": "2.1",
        "section_title": "Tools",
        "how": "Take the saw with `grip --firm`.",
        "exceptions": "",
        "revision": "1",
        "reviewed": "2024-05-06",
        "automation": "automated",
        "address": SITE + "rules/use-the-saw/",
    }
    assert hammer["applies_to"] == "workshop; garden"


def test_a_line_of_a_row_says_what_the_record_says(small: Catalog) -> None:
    saw, hammer = _read(tables_csv(small, SITE))
    assert tuple(saw) == TABLE_COLUMNS
    assert saw == {
        "id": "saw",
        "name": "Saw",
        "table": "tools",
        "table_title": "Tools",
        "section": "2.1",
        "section_title": "Tools",
        "verdict": "use",
        "reason": "It cuts.",
        "since": "2023-09",
        "direction": "same",
        "history": "2023-09 use",
        "facts": "purpose: Cutting wood",
        "provides": "cutting",
        "sites": "https://saw.example/",
        "notes": "",
        "reviewed": "2026-11-23",
        "address": SITE + "recommendations/#saw",
        "events": "",
        "looked_up": "",
    }
    assert (hammer["verdict"], hammer["reason"], hammer["history"]) == ("", "", "2023-09 none")


def test_a_verdict_that_changed_keeps_its_history(catalog: Catalog) -> None:
    neptune = next(line for line in _read(tables_csv(catalog, SITE)) if line["id"] == "neptune")
    first, last = neptune["history"].split("; ")
    assert first.startswith("2023-09 ")
    assert last == f"{neptune['since']} {neptune['verdict']}"
    assert neptune["direction"] == "out"


def test_the_form_is_that_of_rfc_4180(catalog: Catalog) -> None:
    for text in (rules_csv(catalog, SITE), tables_csv(catalog, SITE)):
        assert text.endswith("\r\n")
        assert text.count("\n") == text.count("\r\n") == text.count("\r") == len(_read(text)) + 1
        assert not text.startswith("\ufeff")


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"])) | st.text("'=+-@\t\r\n\",;| " + WIDE, max_size=5))
def test_any_text_comes_back_and_no_cell_is_a_formula(text: str) -> None:
    small = load(EXAMPLES / "catalog" / "good")
    ruleset = small.rulesets["2.1"]
    rule = ruleset.rules[0].model_copy(update={"title": text, "how": [text, text]})
    changed = replace(small, rulesets={"2.1": ruleset.model_copy(update={"rules": [rule]})})
    (line,) = _read(rules_csv(changed, SITE))
    assert [cell for cell in line.values() if cell.startswith(FORMULA)] == []
    assert _without_guard(line["title"]) == text
    assert _without_guard(line["how"]) == f"{text}; {text}"


def _without_guard(cell: str) -> str:
    """Do what the module tells programs to do: take away one of the apostrophes before a formula's first sign."""
    return cell[1:] if re.match(rf"'+[=+\-@\t\r{WIDE}]", cell) else cell


def test_a_formula_is_shown_and_not_run(small: Catalog) -> None:
    table = small.tables["tools"]
    hammer = table.rows[1].model_copy(update={"name": '=HYPERLINK("https://evil.example/","Click")'})
    changed = replace(small, tables={"tools": table.model_copy(update={"rows": [hammer]})})
    (line,) = _read(tables_csv(changed, SITE))
    assert line["name"] == '\'=HYPERLINK("https://evil.example/","Click")'
