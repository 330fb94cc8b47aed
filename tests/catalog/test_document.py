"""catalog.json says all that the records say, and an independent reader accepts it by the schema published with it."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests import plain_yaml
from tests.conftest import ROOT
from vger_guide.catalog.catalog import Catalog
from vger_guide.catalog.document import catalog_json, catalog_schema
from vger_guide.catalog.loader import load

pytestmark = pytest.mark.slow

SITE = "https://guide.example/next/"
MARKUP = "a | b `c` *d* _e_ [f](g) {{ h }} \"i\" 'j' \\ & © = 2 <3"


@pytest.fixture
def small(small_catalog: Path) -> Catalog:
    return load(small_catalog)


def _read(catalog: Catalog) -> dict[str, Any]:
    """Return the document as a reader gets it: valid by its schema, dates and addresses too."""
    document: dict[str, Any] = json.loads(catalog_json(catalog, SITE))
    _validator().validate(document)
    return document


@cache
def _validator() -> jsonschema.Draft202012Validator:
    schema = json.loads(catalog_schema(SITE))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())


def test_the_guide_s_own_catalogue_fits_the_schema_and_is_whole(catalog: Catalog) -> None:
    document = _read(catalog)
    assert [rule["id"] for rule in document["rules"]] == list(catalog.rules)
    assert [rule["id"] for rule in document["retired"]] == list(catalog.retired)
    assert [section["number"] for section in document["sections"]] == list(catalog.guide.by_number)
    assert [row["id"] for table in document["tables"] for row in table["rows"]] == list(catalog.options)
    assert [len(source["claims"]) for source in document["sources"]] == [len(catalog.source.claims)]
    assert [len(source["corrections"]) for source in document["sources"]] == [len(catalog.source.corrections)]


def _conditions(asked: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield a condition and those that it combines."""
    yield asked
    for name, wanted in asked.items():
        if name in ("all", "any", "not"):
            for part in wanted if isinstance(wanted, list) else [wanted]:
                yield from _conditions(part)


def test_a_check_says_what_its_data_file_says_and_each_condition_has_one_key(catalog: Catalog) -> None:
    written = {
        rule["id"]: rule["check"]
        for path in (ROOT / "checklists" / "rules").glob("*.yml")
        for rule in plain_yaml.load(path.read_text(encoding="utf-8"))["rules"]
        if "check" in rule
    }
    checks = {rule["id"]: rule["check"] for rule in _read(catalog)["rules"] if rule["check"]}
    assert set(checks) == set(written)
    for rule, check in checks.items():
        assert _as_written(check, written[rule]) == written[rule], rule
        asked = [check["expect"], *([check["when"]["if"]] if check["when"] else [])]
        keys = [len(condition) for top in asked for condition in _conditions(top)]
        assert set(keys) == {1}, rule


def _as_written(found: Any, written: Any) -> Any:
    """Return of a record what a data file wrote down: the others are what stands for a key that is left out."""
    if isinstance(written, dict):
        return {key: _as_written(found[key], value) for key, value in written.items()}
    if isinstance(written, list):
        return [_as_written(*pair) for pair in zip(found, written, strict=True)]
    return found[0] if isinstance(found, list) and len(found) == 1 else found


def test_a_document_names_its_schema_version_edition_and_site(small: Catalog) -> None:
    document = _read(small)
    assert document["$schema"] == json.loads(catalog_schema(SITE))["$id"] == SITE + "schema/catalog-1.schema.json"
    assert (document["schemaVersion"], document["edition"], document["site"]) == (1, "next", SITE)
    assert document["guide"] == {"title": "A small guide", "source_edition": "2023.09", "written": "September 2023"}


def test_a_record_has_its_section_and_its_address(small: Catalog) -> None:
    document = _read(small)
    saw, _ = document["rules"]
    (nails,) = document["retired"]
    assert (saw["section"], saw["address"]) == ("2.1", SITE + "rules/use-the-saw/")
    assert (nails["section"], nails["address"]) == ("2.1", SITE + "rules/burn-the-nails/")
    assert document["sections"][2]["address"] == SITE + "principles/#s2-1"
    assert document["tables"][0]["rows"][0]["address"] == SITE + "recommendations/#saw"


def test_a_record_says_what_its_data_file_says_in_codes(small: Catalog) -> None:
    saw = _read(small)["rules"][0]
    assert (saw["level"], saw["severity"], saw["reviewed"]) == ("must", "high", "2024-05-06")
    assert (saw["automation"], saw["check"]["strength"]) == ("automated", "proof")
    assert saw["example"] == {
        "language": "json",
        "title": "bench.json",
        "code": '{"tool": "saw"}\n',
        "file": None,
    }
    assert saw["notes"][0]["sources"] == [{"shows": None, "address": "pkg:pypi/saw@2.0"}]
    assert saw["exceptions"] == saw["workloads"] == []


@pytest.mark.parametrize(
    ("since", "verdict", "direction"),
    [("2024-01", "avoid", "out"), ("2024-01", "watch", "out"), ("2024-01", "use", "same")],
)
def test_a_row_says_its_verdict_its_history_and_where_it_moved(
    small: Catalog, since: str, verdict: str, direction: str
) -> None:
    saw = small.tables["tools"].rows[0].model_dump(mode="json")
    saw["verdicts"].append({"since": since, "verdict": verdict, "reason": "It is blunt.", "source": SITE})
    row = _read(_with_row(small, saw))["tables"][0]["rows"][0]
    assert (row["verdict"], row["direction"]) == (verdict, direction)
    assert [(entry["since"], entry["verdict"]) for entry in row["verdicts"]] == [("2023-09", "use"), (since, verdict)]


def test_a_row_that_came_later_is_new(small: Catalog) -> None:
    saw = small.tables["tools"].rows[0].model_dump(mode="json")
    saw["verdicts"][0]["since"] = "2024-01"
    assert _read(_with_row(small, saw))["tables"][0]["rows"][0]["direction"] == "new"


def _with_row(catalog: Catalog, row: dict[str, Any]) -> Catalog:
    table = catalog.tables["tools"]
    changed = table.model_validate({**table.model_dump(mode="json"), "rows": [row]})
    return replace(catalog, tables={"tools": changed})


def test_text_with_the_signs_of_other_formats_arrives_letter_by_letter(small: Catalog) -> None:
    ruleset = small.rulesets["2.1"]
    rule = ruleset.rules[0].model_copy(update={"why": MARKUP})
    changed = replace(small, rulesets={"2.1": ruleset.model_copy(update={"rules": [rule, ruleset.rules[1]]})})
    assert _read(changed)["rules"][0]["why"] == MARKUP


def test_the_schema_refuses_what_is_wrong_and_lets_a_new_key_pass(small: Catalog) -> None:
    document = _read(small)
    assert _validator().is_valid({**document, "later": 1})
    rule = document["rules"][0]
    for wrong in (
        {**rule, "level": "Must"},
        {**rule, "reviewed": "yesterday"},
        {k: rule[k] for k in rule if k != "ask"},
    ):
        assert not _validator().is_valid({**document, "rules": [wrong]})
    assert not _validator().is_valid({**document, "schemaVersion": 2})


def test_every_run_gives_the_same_bytes() -> None:
    code = (
        "import pathlib, sys; from vger_guide.catalog.loader import load\n"
        "from vger_guide.catalog import document as out\n"
        f"sys.stdout.write(out.catalog_json(load(pathlib.Path('checklists')), '{SITE}') + out.catalog_schema('{SITE}'))"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONUTF8": "1"},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]
    assert runs[0].startswith(b'{\n  "$schema"')
