"""The models that commands make of the snapshot are those that were loaded from the files."""

import json
from pathlib import Path

import pytest

from tests.conftest import EXAMPLES
from vger_guide.catalog import snapshot_parts
from vger_guide.catalog.catalog import Catalog
from vger_guide.catalog.loader import load
from vger_guide.catalog.overlay import extend
from vger_guide.catalog.snapshot_parts import dump_catalog, load_catalog, restore_catalog

ORGANISATION = EXAMPLES / "catalog" / "organisation" / "good"


@pytest.fixture(params=["guide", "organisation"])
def opened(request: pytest.FixtureRequest, catalog: Catalog) -> Catalog:
    """Return a catalogue: the guide's own, or one with an organisation's changes over it."""
    return catalog if request.param == "guide" else extend(load(EXAMPLES / "catalog" / "good"), ORGANISATION).catalog


def test_the_catalogue_that_is_restored_is_the_one_that_was_dumped(opened: Catalog) -> None:
    plain = json.loads(json.dumps(dump_catalog(opened)))
    restored = restore_catalog(plain)
    assert dump_catalog(restored) == dump_catalog(opened)
    for name in ("guide", "profiles", "tables", "sources", "rulesets", "editions", "changes", "precision"):
        assert getattr(restored, name) == getattr(opened, name), name
    for name in ("tables", "rulesets", "meanings", "evidence"):
        assert list(getattr(restored, name)) == list(getattr(opened, name)), name
    assert restored.edition == opened.edition


def test_a_second_command_reads_no_file_of_data(small_catalog: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(small_catalog.parent / "cache"))
    first = load_catalog(small_catalog)

    def refuse(_: Path) -> Catalog:
        raise AssertionError("the files were read again")

    monkeypatch.setattr(snapshot_parts, "open_catalog", refuse)
    assert dump_catalog(load_catalog(small_catalog)) == dump_catalog(first)
