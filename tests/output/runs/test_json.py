"""The JSON, checked by its published schema and read back."""

import json
from typing import Any
from urllib.parse import unquote_to_bytes

import pytest
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from tests.conftest import ROOT
from tests.output.runs import runs
from vger_guide.checks.results import Run
from vger_guide.output.runs import load_format

SCHEMA = json.loads((ROOT / "src/vger_guide/output/runs/run-1.schema.json").read_text("utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)


def _read(run: Run) -> Any:
    return json.loads(load_format("json").write(run))


@pytest.mark.parametrize(
    "run", [runs.ORDINARY, runs.NOTHING, *map(runs.hostile, runs.HOSTILE)], ids=lambda run: run.tool[:20]
)
def test_every_run_holds_by_the_schema(run: Run) -> None:
    VALIDATOR.validate(_read(run))


def test_the_schema_is_one_and_is_closed() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    for key, value in (("more", 1), ("schemaVersion", 2), ("counts", {})):
        with pytest.raises(ValidationError):
            VALIDATOR.validate({**_read(runs.ORDINARY), key: value})


def test_every_object_of_the_schema_refuses_keys_that_it_does_not_know() -> None:
    def objects(node: Any) -> Any:
        if isinstance(node, dict):
            if node.get("type") == "object":
                yield node
            for each in node.values():
                yield from objects(each)

    found = list(objects(SCHEMA))
    assert found and all(each["additionalProperties"] is False for each in found)


def test_the_document_names_its_schema_below_the_site() -> None:
    assert _read(runs.ORDINARY)["$schema"] == f"{runs.SITE}schema/run-1.schema.json"


def test_the_counts_and_the_coverage_are_those_of_the_run() -> None:
    read = _read(runs.ORDINARY)
    assert read["counts"] == runs.COUNTS
    assert read["coverage"] == {"rules": 12, "automated": 11, "traced": 0}
    assert [result["rule"]["id"] for result in read["results"]] == [result.rule.id for result in runs.RESULTS]


def test_a_name_that_is_no_utf_8_is_shown_and_not_lost() -> None:
    [finding] = _read(runs.ORDINARY)["results"][2]["findings"]
    assert finding["path"] == r"menu\xe9/settings.py"
    assert unquote_to_bytes(finding["uri"]) == b"menu\xe9/settings.py"


def test_the_file_is_ascii() -> None:
    assert all(load_format("json").write(runs.hostile(text)).isascii() for text in runs.HOSTILE)
