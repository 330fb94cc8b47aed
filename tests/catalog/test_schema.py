"""The published JSON Schemas are those of the models, and an independent reader accepts the guide's data by them."""

import json
from functools import cache
from pathlib import Path

import jsonschema
import pytest

from tests import plain_yaml
from tests.conftest import EXAMPLES, ROOT
from vger_guide.catalog.schema import schemas
from vger_guide.portfolio.schema import FILE, schema

CHECKLISTS = ROOT / "checklists"
DATA = sorted(path for path in CHECKLISTS.rglob("*.yml"))
HEADER = "# yaml-language-server: $schema="


def test_the_schemas_are_those_of_the_models() -> None:
    written = {path.name: path.read_text(encoding="utf-8") for path in (CHECKLISTS / "schema").iterdir()}
    assert written == {**schemas(), FILE: schema()}, "run 'make schema'"


@cache
def _validator(schema: Path) -> jsonschema.Draft202012Validator:
    read = json.loads(schema.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(read)
    return jsonschema.Draft202012Validator(read)


@pytest.mark.parametrize("path", DATA, ids=lambda path: path.relative_to(CHECKLISTS).as_posix())
def test_a_data_file_names_its_schema_and_fits_it(path: Path) -> None:
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith(HEADER), f"begin the file with '{HEADER}…': editors complete by it"
    validator = _validator((path.parent / first.removeprefix(HEADER)).resolve())
    errors = [
        f"{error.json_path}: {error.message}"
        for error in validator.iter_errors(plain_yaml.load(path.read_text(encoding="utf-8")))
    ]
    assert errors == []


@pytest.mark.parametrize(
    "name",
    [
        "verdict-of-another-scheme",
        "unknown-key",
        "number-for-text",
        "reviewed-is-a-number",
        "option-id-in-capitals",
        "no-rows",
    ],
)
def test_the_schema_refuses_what_the_models_refuse(name: str) -> None:
    schema = json.loads(schemas()["table.schema.json"])
    data = plain_yaml.load((EXAMPLES / "catalog" / "bad" / "tables" / f"{name}.yml").read_text(encoding="utf-8"))
    assert not jsonschema.Draft202012Validator(schema).is_valid(data)
