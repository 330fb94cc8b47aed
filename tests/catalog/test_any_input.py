"""Whatever a data file holds, loading ends soon with a catalogue or with problems, never with a traceback.

SOAK=1 tries 2,000 of each sort, as the nightly workflow does.
"""

import shutil
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.catalog.mutations import FOLDERS, KINDS, Kind, damaged, dumped, mutated, trees
from tests.soak import often
from vger_guide.catalog.loader import load
from vger_guide.catalog.overlay import extend
from vger_guide.records.problems import CatalogError

pytestmark = pytest.mark.slow

SECONDS = 2.0  # of a processor, as other things run beside a test
TRIES = often(5, 2000)

any_input = settings(max_examples=TRIES, deadline=None)
of_each_kind = pytest.mark.parametrize("kind", KINDS, ids=str)


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return copies of a guide and of an organisation's folder."""
    place = tmp_path_factory.mktemp("any")
    return {name: Path(shutil.copytree(folder, place / name)) for name, folder in FOLDERS.items()}


def _loads_or_says_why(folders: dict[str, Path], kind: Kind, data: bytes) -> None:
    path = folders[kind.folder] / kind.name
    path.write_bytes(data)
    started = time.process_time()
    try:
        _load(folders, kind)
    except CatalogError as error:
        assert error.problems
        assert all(str(problem).isprintable() for problem in error.problems)
        assert all(Path(problem.file).is_file() for problem in error.problems)
    finally:
        path.write_bytes(kind.good)
    assert time.process_time() - started < SECONDS


def _load(folders: dict[str, Path], kind: Kind) -> None:
    if kind.folder == "own":
        extend(load(FOLDERS["guide"]), folders["own"])
    else:
        load(folders["guide"])


@of_each_kind
def test_the_good_file_loads(kind: Kind, folders: dict[str, Path]) -> None:
    _load(folders, kind)


@of_each_kind
@any_input
@given(data=st.data())
def test_random_bytes(kind: Kind, folders: dict[str, Path], data: st.DataObject) -> None:
    _loads_or_says_why(folders, kind, data.draw(st.binary(max_size=400)))


@of_each_kind
@any_input
@given(data=st.data())
def test_a_good_file_that_was_damaged(kind: Kind, folders: dict[str, Path], data: st.DataObject) -> None:
    _loads_or_says_why(folders, kind, data.draw(damaged(kind)))


@of_each_kind
@any_input
@given(data=st.data())
def test_random_records(kind: Kind, folders: dict[str, Path], data: st.DataObject) -> None:
    _loads_or_says_why(folders, kind, dumped(data.draw(trees(kind.fields))))


@of_each_kind
@any_input
@given(data=st.data())
def test_a_good_record_with_parts_replaced(kind: Kind, folders: dict[str, Path], data: st.DataObject) -> None:
    _loads_or_says_why(folders, kind, data.draw(mutated(kind)))
