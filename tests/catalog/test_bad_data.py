"""Every file below examples/catalog/bad/ is refused with the message that stands beside it.

A case is a file that takes the place of the good one of its kind. To write down the messages of a new case, run
`pytest tests/catalog/test_bad_data.py --write-expected` and read what it wrote.
"""

import time
from pathlib import Path

import pytest

from tests.conftest import EXAMPLES
from vger_guide.catalog import CatalogError, load

BAD = EXAMPLES / "catalog" / "bad"
CASES = sorted(BAD.glob("*/*.yml"))
PLACES = {
    "guide": "guide.yml",
    "tables": "tables/tools.yml",
    "sources": "sources/2023.09.yml",
    "rules": "rules/tools.yml",
    "profiles": "profiles.yml",
}
SECONDS = 2.0


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.stem}")
def test_a_bad_file_is_refused_with_the_message_beside_it(
    case: Path, small_catalog: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.chdir(small_catalog.parent)
    (small_catalog / PLACES[case.parent.name]).write_bytes(case.read_bytes())
    started = time.monotonic()
    with pytest.raises(CatalogError) as refused:
        load(small_catalog)
    assert time.monotonic() - started < SECONDS
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
    started = time.monotonic()
    with pytest.raises(CatalogError, match=r"has 50,000,000 bytes; a data file may have 1,000,000: split it"):
        load(small_catalog)
    assert time.monotonic() - started < SECONDS


def test_a_missing_file_is_named(small_catalog: Path) -> None:
    (small_catalog / "guide.yml").unlink()
    with pytest.raises(CatalogError, match=r"guide\.yml: cannot be read: No such file or directory"):
        load(small_catalog)


def test_a_file_that_is_no_data_is_named(small_catalog: Path) -> None:
    (small_catalog / "tables" / "tools.yaml").write_text("id: tools\n", encoding="utf-8")
    with pytest.raises(CatalogError, match=r"tools\.yaml: is no data file; its name must end in \.yml"):
        load(small_catalog)


def test_an_edit_is_seen_by_the_next_load(small_catalog: Path) -> None:
    assert load(small_catalog) is load(small_catalog)
    table = small_catalog / "tables" / "tools.yml"
    table.write_text(table.read_text(encoding="utf-8").replace("name: Saw", "name: Fretsaw"), encoding="utf-8")
    assert load(small_catalog).options["saw"][1].name == "Fretsaw"
