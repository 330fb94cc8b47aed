"""`vger validate` says that data has no problems, or all that it has."""

from pathlib import Path

import pytest

from tests.cli.vger_process import Vger
from tests.conftest import EXAMPLES
from vger_guide.catalog.catalog import Catalog

pytestmark = pytest.mark.slow

BAD = EXAMPLES / "catalog" / "bad"


def test_good_data_is_counted(vger: Vger, catalog: Catalog) -> None:
    [line] = vger.lines("validate")
    assert line.startswith(f"No problems: {len(catalog.rules)} rules, {len(catalog.tables)} tables, ")


def test_a_folder_is_named_behind_the_command_or_by_the_option(vger: Vger, small_catalog: Path) -> None:
    expected = ["No problems: 2 rules, 1 table, 2 rows, 3 sections, 2 claims."]
    assert vger.lines("validate", str(small_catalog)) == expected
    assert vger.lines("validate", "--catalog", str(small_catalog)) == expected
    assert vger.lines("--catalog", str(small_catalog), "validate") == expected


@pytest.mark.parametrize("case", ["unknown-key", "several-at-once", "control-character-in-text", "latin-1"])
def test_problems_are_told_as_the_catalogue_tells_them(case: str, vger: Vger, small_catalog: Path) -> None:
    (small_catalog / "tables" / "tools.yml").write_bytes((BAD / "tables" / f"{case}.yml").read_bytes())
    assert vger.refused("validate", "checklists") == (BAD / "tables" / f"{case}.txt").read_text(encoding="utf-8")


def test_the_other_commands_refuse_bad_data_in_the_same_words(vger: Vger, small_catalog: Path) -> None:
    (small_catalog / "tables" / "tools.yml").write_text("id: 5\n", encoding="utf-8")
    said = vger.refused("validate", "checklists")
    for command in (["rules"], ["tables"], ["due"], ["explain", "TOO001"], ["new", "row", "tools", "--name", "Axe"]):
        assert vger.refused("--catalog", "checklists", *command) == said


@pytest.mark.parametrize(
    ("folder", "message"),
    [
        ("nowhere", "nowhere: is not a folder"),
        ("/", "/: holds neither guide.yml nor extends.yml"),
        ("/dev/null", "/dev/null: is not a folder"),
    ],
)
def test_a_folder_without_data_is_refused_before_it_is_searched(folder: str, message: str, vger: Vger) -> None:
    assert message in vger.refused("validate", folder)


def test_the_changes_of_an_organisation_are_told(vger: Vger, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "extends.yml").write_text(
        "organisation: Example\n"
        'reviewed: "2026-11-23"\n'
        "tightened:\n  - {rule: SES003, level: must, reason: We have one server.}\n"
        "withdrawn:\n  - {rule: SES001, reason: We have no sessions.}\n",
        encoding="utf-8",
    )
    counted, *changes = vger.lines("validate", "own")
    assert counted.startswith("No problems: ")
    assert changes == [
        "The guide with its changes: tightened SES003 to must: We have one server.",
        "The guide with its changes: withdrew SES001: We have no sessions.",
    ]
    rules = {record["id"]: record for record in vger.json("rules", "--section", "2.3.1", "--catalog", "own")}
    assert rules["SES003"]["level"] == "must"
    assert "SES001" not in rules
    assert vger.json("explain", "SES003", "--catalog", "own")["level"] == "must"
