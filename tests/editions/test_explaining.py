"""Every difference between two editions is explained by its verb, and no entry explains what is none.

A case is what changed in the small catalogue, and the change file for it. Those below bad/ are refused with the message
beside them; to write down those of a new case, run `pytest tests/editions --write-expected` and read what it wrote.
"""

import hashlib
from pathlib import Path

import pytest
import yaml

from tests import plain_yaml
from tests.conftest import EXAMPLES, ROOT
from vger_guide.catalog.editions import FrozenRule
from vger_guide.catalog.loader import load
from vger_guide.editions.release import SUMS
from vger_guide.editions.verify import require_changes_explained
from vger_guide.records.problems import CatalogError

CASES = EXAMPLES / "editions"


def _spoil(case: Path, catalog: Path) -> None:
    said = plain_yaml.load(case.read_text(encoding="utf-8"))
    for edit in said["edits"]:
        path = catalog / edit["file"]
        text = path.read_text(encoding="utf-8")
        assert text.count(edit["old"]) == 1, edit
        path.write_text(text.replace(edit["old"], edit["new"]), encoding="utf-8")
    (catalog / "changes" / "next.yml").write_text(said["changes"], encoding="utf-8")


def test_every_change_of_the_guide_is_explained() -> None:
    require_changes_explained(ROOT / "checklists")


@pytest.mark.parametrize("case", sorted((CASES / "good").glob("*.yml")), ids=lambda case: case.stem)
def test_a_change_that_is_explained_rightly_is_accepted(case: Path, small_catalog: Path) -> None:
    _spoil(case, small_catalog)
    require_changes_explained(small_catalog)


@pytest.mark.parametrize("case", sorted((CASES / "bad").glob("*.yml")), ids=lambda case: case.stem)
def test_what_is_not_explained_rightly_is_refused_with_the_message_beside_it(
    case: Path, small_catalog: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.chdir(small_catalog.parent)
    _spoil(case, small_catalog)
    with pytest.raises(CatalogError) as refused:
        require_changes_explained(small_catalog)
    expected = case.with_suffix(".txt")
    if request.config.getoption("--write-expected"):
        expected.write_text(f"{refused.value}\n", encoding="utf-8")
    assert f"{refused.value}\n" == expected.read_text(encoding="utf-8")


def test_a_rule_that_moved_without_a_word_is_refused(small_catalog: Path) -> None:
    frozen = small_catalog / "editions" / "2023.09.json"
    text = frozen.read_text(encoding="utf-8")
    frozen.write_text(text.replace('"section": "2.1"', '"section": "2"', 1), encoding="utf-8")
    with pytest.raises(CatalogError, match=r"tools\.yml:4: TOO001\.id: is not in section 2 as in edition 2023\.09"):
        require_changes_explained(small_catalog)
    with (small_catalog / "changes" / "next.yml").open("a", encoding="utf-8") as file:
        file.write('  - {id: TOO001, verb: moved, reason: It fits there., decided: "2024-05-06"}\n')
    require_changes_explained(small_catalog)


def test_a_rule_that_moves_to_another_file_keeps_the_id_that_it_was_published_by(small_catalog: Path) -> None:
    old = small_catalog / "rules" / "tools.yml"
    text = old.read_text(encoding="utf-8")
    before, mark, rest = text.partition("  - id: TOO002\n")
    record, retired, after = rest.partition("retired:\n")
    old.write_text(before.replace("related: [TOO002]", "related: []") + retired + after, encoding="utf-8")
    moved = f'section: "2"\nprefix: PRI\nrules:\n{mark}{record}'
    (small_catalog / "rules" / "principles.yml").write_text(moved, encoding="utf-8")
    with pytest.raises(CatalogError, match=r"principles\.yml:4: TOO002\.id: is not in section 2\.1 as in edition 2023"):
        require_changes_explained(small_catalog)
    with (small_catalog / "changes" / "next.yml").open("a", encoding="utf-8") as file:
        file.write('  - {id: TOO002, verb: moved, reason: It fits there., decided: "2024-05-06"}\n')
    require_changes_explained(small_catalog)


@pytest.mark.parametrize("field", sorted(FrozenRule.model_fields))
def test_no_field_of_a_frozen_rule_can_change_unnoticed(field: str, small_catalog: Path) -> None:
    other = {"revision": 5, "level": "may", "severity": "low", "section": "2", "exceptions": ["x"], "applies_to": ["x"]}
    other |= {"stages": ["old"], "workloads": ["x"]}
    path = small_catalog / "editions" / "2023.09.json"
    said = plain_yaml.load(path.read_text(encoding="utf-8"))
    said["rules"]["TOO001"][field] = other.get(field, "another")
    path.write_text(yaml.safe_dump(said, default_flow_style=True), encoding="utf-8")
    with pytest.raises(CatalogError, match="TOO001"):
        require_changes_explained(small_catalog)


def test_changes_of_an_edition_that_is_not_there_are_refused(small_catalog: Path) -> None:
    (small_catalog / "changes" / "2024.06.yml").write_text('edition: "2024.06"\n', encoding="utf-8")
    with pytest.raises(CatalogError, match=r"there is no edition '2024\.06' with one before it; allowed: next"):
        require_changes_explained(small_catalog)


def test_a_published_edition_is_as_it_was_published() -> None:
    folder = ROOT / "checklists" / "editions"
    hashes = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.glob("*.json"))}
    assert (ROOT / "checklists" / SUMS).read_text(encoding="utf-8").splitlines() == [
        f"{digest}  editions/{name}" for name, digest in hashes.items()
    ]
    # The first one stands here too: whoever changes it has to change this line.
    assert hashes["2023.09.json"] == "6ecad922ae80c69497d8da257ad8c4188550ddb6cf8ca9dc51e2e2b2d86ba90e"


def test_the_edition_of_the_source_has_nothing_that_came_since() -> None:
    catalog = load(ROOT / "checklists")
    frozen = catalog.editions[catalog.guide.source_edition]
    for table, option in catalog.options.values():
        before = [each for each in option.verdicts if each.since <= "2023-09"]
        row = frozen.rows.get(option.id)
        assert (row and (row.table, row.verdict, row.reason)) == (
            (table.id, before[-1].verdict, before[-1].reason) if before else None
        )
