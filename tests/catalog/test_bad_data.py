"""Every file below examples/catalog/bad/ is refused with the message that stands beside it.

A case is a file that takes the place of the good one of its kind. To write down the messages of a new case, run
`pytest tests/catalog/test_bad_data.py --write-expected` and read what it wrote.
"""

import time
from pathlib import Path

import pytest

from tests.conftest import EXAMPLES
from vger_guide.catalog.loader import load
from vger_guide.records.problems import CatalogError

BAD = EXAMPLES / "catalog" / "bad"
CASES = sorted(BAD.glob("*/*.yml"))
PLACES = {
    "guide": "guide.yml",
    "tables": "tables/tools.yml",
    "sources": "sources/2023.09.yml",
    "rules": "rules/tools.yml",
    "profiles": "profiles.yml",
    "meanings": "meanings.yml",
    "evidence": "evidence/grinder.yml",
    "precision": "precision.yml",
}
SECONDS = 2.0  # of a processor, as other things run beside a test


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.stem}")
def test_a_bad_file_is_refused_with_the_message_beside_it(
    case: Path, small_catalog: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.chdir(small_catalog.parent)
    (small_catalog / PLACES[case.parent.name]).write_bytes(case.read_bytes())
    started = time.process_time()
    with pytest.raises(CatalogError) as refused:
        load(small_catalog)
    assert time.process_time() - started < SECONDS
    expected = case.with_suffix(".txt")
    if request.config.getoption("--write-expected"):
        expected.write_text(f"{refused.value}\n", encoding="utf-8")
    assert f"{refused.value}\n" == expected.read_text(encoding="utf-8")


def test_the_good_catalogue_loads(small_catalog: Path) -> None:
    assert set(load(small_catalog).options) == {"saw", "hammer"}


def test_problems_of_all_files_are_reported_at_once(small_catalog: Path) -> None:
    for name in ("guide.yml", "tables/tools.yml", "sources/2023.09.yml"):
        with (small_catalog / name).open("a", encoding="utf-8") as file:
            file.write("surplus: 1\n")
    with pytest.raises(CatalogError) as refused:
        load(small_catalog)
    assert [Path(problem.file).name for problem in refused.value.problems] == ["guide.yml", "2023.09.yml", "tools.yml"]


def test_a_huge_file_is_refused_before_it_is_read(small_catalog: Path) -> None:
    with (small_catalog / "tables" / "tools.yml").open("wb") as file:
        file.truncate(50_000_000)
    started = time.process_time()
    with pytest.raises(CatalogError, match=r"has 50,000,000 bytes; a data file may have 1,000,000: split it"):
        load(small_catalog)
    assert time.process_time() - started < SECONDS


def test_a_file_of_very_many_values_is_refused(small_catalog: Path) -> None:
    (small_catalog / "tables" / "tools.yml").write_text("rows:\n" + "- 0\n" * 30_000, encoding="utf-8")
    with pytest.raises(CatalogError, match=r"tools\.yml:\d+: has more than 25,000 keys and values; split it"):
        load(small_catalog)


def test_problems_beyond_those_that_somebody_reads_are_only_mentioned(small_catalog: Path) -> None:
    (small_catalog / "tables" / "tools.yml").write_text("rows:\n" + "- 0\n" * 1_000, encoding="utf-8")
    with pytest.raises(CatalogError, match=r"tools\.yml: has more problems than are listed here") as refused:
        load(small_catalog)
    assert len(refused.value.problems) == 201


@pytest.mark.parametrize("name", ["a\nb.yml", "\x1b[31mred.yml", "\u202e.yml", "\udcff.yml", "a\nb.txt"])
@pytest.mark.parametrize("kind", ["tables", "rules", "sources"])
def test_a_file_name_never_brings_its_control_characters_along(name: str, kind: str, small_catalog: Path) -> None:
    good = small_catalog / PLACES[kind]
    (small_catalog / kind / name).write_bytes(good.read_bytes())
    with pytest.raises(CatalogError) as refused:
        load(small_catalog)
    assert [str(problem) for problem in refused.value.problems if not str(problem).isprintable()] == []


def test_a_file_named_like_another_files_section_keeps_its_own_lines(small_catalog: Path) -> None:
    rules = small_catalog / "rules"
    text = (rules / "tools.yml").read_text(encoding="utf-8")
    (rules / "tools.yml").unlink()
    (rules / "1.yml").write_text(text.replace("related: [TOO002]", "related: [TOO009]"), encoding="utf-8")
    (rules / "2.1.yml").write_text(_own_rule(text), encoding="utf-8")
    with pytest.raises(CatalogError, match=r"rules/1\.yml:26: TOO001\.related: there is no other rule 'TOO009'"):
        load(small_catalog)


def _own_rule(text: str) -> str:
    """Return the file of another section with the last rule only, under names that nothing else has."""
    _, _, rule = text.partition("retired:")[0].rpartition("  - id: ")
    named = rule.replace("TOO002", "PRI001").replace("keep-the-hammer-dry", "keep-dry").replace("[C1-01]", "[]")
    return f'section: "2"\nprefix: PRI\nrules:\n  - id: {named}'


def test_a_missing_file_is_named(small_catalog: Path) -> None:
    (small_catalog / "guide.yml").unlink()
    with pytest.raises(CatalogError, match=r"guide\.yml: cannot be read: No such file or directory"):
        load(small_catalog)


def test_a_file_that_is_no_data_is_named(small_catalog: Path) -> None:
    (small_catalog / "tables" / "tools.yaml").write_text("id: tools\n", encoding="utf-8")
    with pytest.raises(CatalogError, match=r"tools\.yaml: is not a data file; its name must end in \.yml"):
        load(small_catalog)


def test_an_edit_is_seen_by_the_next_load(small_catalog: Path) -> None:
    assert load(small_catalog) is load(small_catalog)
    table = small_catalog / "tables" / "tools.yml"
    table.write_text(table.read_text(encoding="utf-8").replace("name: Saw", "name: Fretsaw"), encoding="utf-8")
    assert load(small_catalog).options["saw"][1].name == "Fretsaw"
