"""Whatever a data file holds, loading ends soon with a catalogue or with problems, never with a traceback."""

import shutil
import time
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import EXAMPLES
from vger_guide.catalog import CatalogError, load

GOOD = EXAMPLES / "catalog" / "good"
TEXT = (GOOD / "tables" / "tools.yml").read_bytes()
SECONDS = 2.0

scalars = st.none() | st.booleans() | st.integers() | st.text(max_size=20)
keys = st.sampled_from(
    ["id", "title", "section", "noun", "rows", "columns", "abilities", "verdict", "sites", "facts", "name", "<<", "? "]
)
trees = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys | st.text(max_size=5), inner, max_size=6),
    max_leaves=20,
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(GOOD, tmp_path_factory.mktemp("any") / "checklists"))


def _loads_or_says_why(folder: Path, data: bytes) -> None:
    (folder / "tables" / "tools.yml").write_bytes(data)
    started = time.monotonic()
    try:
        load(folder)
    except CatalogError as error:
        assert error.problems
        assert all(str(problem).isprintable() for problem in error.problems)
    assert time.monotonic() - started < SECONDS


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=400))
def test_random_bytes(folder: Path, data: bytes) -> None:
    _loads_or_says_why(folder, data)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(TEXT)), st.binary(max_size=8), st.integers(0, 8))
def test_a_good_file_that_was_damaged(folder: Path, at: int, put: bytes, cut: int) -> None:
    _loads_or_says_why(folder, TEXT[:at] + put + TEXT[at + cut :])


@settings(max_examples=150, deadline=None)
@given(trees)
def test_random_records(folder: Path, tree: object) -> None:
    _loads_or_says_why(folder, yaml.safe_dump(tree, allow_unicode=True).encode("utf-8", "surrogatepass"))
