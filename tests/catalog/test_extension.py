"""An organisation's folder adds to the guide, tightens and withdraws, and is held to the same rules of form."""

import shutil
from pathlib import Path

import pytest

from tests.conftest import EXAMPLES
from vger_guide.catalog.loader import load
from vger_guide.catalog.overlay import extend
from vger_guide.catalog.rules import Level, Severity
from vger_guide.catalog.tables import Verdict
from vger_guide.records.problems import CatalogError

OWN = EXAMPLES / "catalog" / "organisation"
CASES = sorted((OWN / "bad").glob("*.yml"))
PLACES = {"extends": "extends.yml", "profiles": "profiles.yml", "rules": "rules/own.yml"}


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Return a copy of the good organisation's folder, to be spoiled."""
    return Path(shutil.copytree(OWN / "good", tmp_path / "own"))


def test_the_guide_is_tightened_withdrawn_judged_and_added_to(small_catalog: Path, own: Path) -> None:
    base = load(small_catalog)
    catalog = extend(base, own).catalog
    assert list(catalog.rules) == ["TOO002", "EXA001"]
    assert (catalog.rules["TOO002"].level, catalog.rules["TOO002"].severity) == (Level.MUST, Severity.MEDIUM)
    assert catalog.options["hammer"][1].verdict == Verdict.AVOID
    assert [rule.id for rule in catalog.rules_for("boat")] == ["EXA001"]
    assert catalog.section_of(catalog.rules["EXA001"]).number == "2.1"
    assert list(base.rules) == ["TOO001", "TOO002"], "the guide itself is as it was"


def test_the_result_says_what_was_changed_and_why(small_catalog: Path, own: Path) -> None:
    assert extend(load(small_catalog), own).changes == [
        "tightened TOO002 to must, medium: Ours rusted.",
        "withdrew TOO001: We cut with lasers.",
        "judged hammer as avoid: It is too loud.",
        "added profile boat",
        "added rule EXA001: Switch the laser off",
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_a_bad_folder_is_refused_with_the_message_beside_it(
    case: Path, small_catalog: Path, own: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.chdir(own.parent)
    (own / PLACES[case.stem.rpartition(".")[2]]).write_bytes(case.read_bytes())
    with pytest.raises(CatalogError) as refused:
        extend(load(small_catalog), own)
    expected = case.with_suffix(".txt")
    if request.config.getoption("--write-expected"):
        expected.write_text(f"{refused.value}\n", encoding="utf-8")
    assert f"{refused.value}\n" == expected.read_text(encoding="utf-8")
