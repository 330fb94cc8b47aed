"""Whatever a file holds, the commands of reviews say what is wrong with it, and leave what was there.

SOAK=1 tries 2,000 of each sort, as the nightly workflow does. The commands run in this process, as starting one for
each would take hours.
"""

import io
import json
import sys
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import ROOT
from tests.reviews.fixtures_reviews import TODAY
from tests.reviews.mutations import any_tree, damaged, mutated, review_of, whole
from tests.soak import often
from vger_guide.catalog.catalog import Catalog
from vger_guide.catalog.loader import load
from vger_guide.cli import app
from vger_guide.cli.review import files
from vger_guide.output.reviews.formats import importable_formats, load_format
from vger_guide.reviews import store
from vger_guide.reviews.context import ReviewContext

TRIES = often(8, 2000)
any_input = settings(max_examples=TRIES, deadline=None)

anything = st.one_of(st.binary(max_size=200), any_tree(), damaged(), mutated())


@cache
def _catalog() -> Catalog:
    return load(ROOT / "checklists")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a good review."""
    folder = tmp_path_factory.mktemp("desk")
    open_again = {**whole(), "state": "draft"}
    (folder / "good.json").write_text(store.write(review_of(open_again)), encoding="utf-8")
    return folder


@pytest.fixture(scope="module", autouse=True)
def _catalogue_is_read_once() -> Iterator[None]:
    """Spare reading the catalogue for each call: it is never changed here."""
    with pytest.MonkeyPatch().context() as patch:
        patch.setattr(files, "load_chosen_catalog", _catalog)
        yield


def _run(*arguments: object) -> tuple[int, str]:
    """Return the exit code of a call, and what it said that is wrong."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    with pytest.MonkeyPatch().context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.setattr(sys, "argv", ["vger", *map(str, arguments)])
        code = app.run()
    return code, err.buffer.getvalue().decode()


def _whole_or_refused(file: Path, before: bytes, code: int, said: str) -> None:
    if code == 2:
        assert said.strip()
        assert file.read_bytes() == before
    else:
        assert code in (0, 1), said
        store.read(file.read_bytes())
    assert [path.name for path in file.parent.iterdir() if path.name.endswith(".new")] == []


@any_input
@given(data=anything)
def test_an_answer_to_any_file_is_written_or_the_file_stays(desk: Path, data: bytes) -> None:
    file = desk / "any.json"
    file.write_bytes(data)
    code, said = _run("review", "answer", file, "SES004", "met", "--target", "shop")
    _whole_or_refused(file, data, code, said)


@any_input
@given(data=anything)
def test_any_file_is_shown_or_refused(desk: Path, data: bytes) -> None:
    file = desk / "any.json"
    file.write_bytes(data)
    refused = _run("review", "validate", file)[0] == 2
    code, said = _run("review", "status", file)
    assert code == (2 if refused else 0), said


@any_input
@given(data=anything, side=st.sampled_from(["theirs", "base"]))
def test_a_merge_with_any_file_is_whole_or_leaves_ours(desk: Path, data: bytes, side: str) -> None:
    files = {"theirs": desk / "good.json", "base": desk / "good.json", side: desk / "any.json"}
    (desk / "any.json").write_bytes(data)
    ours = desk / "ours.json"
    ours.write_bytes(before := (desk / "good.json").read_bytes())
    code, said = _run("review", "merge", ours, files["theirs"], "--base", files["base"])
    _whole_or_refused(ours, before, code, said)


@any_input
@given(data=mutated())
def test_conflicts_of_any_file_are_decided_or_the_file_stays(desk: Path, data: bytes) -> None:
    document = json.loads(data)
    place = ["answers", "SES004", "shop"]
    if isinstance(document, dict):
        document["conflicts"] = [
            {"place": [*place, "comment"], "theirs": "x"},
            {"place": [*place[:2], *place]},
            {"place": ["title"], "theirs": document.get("state")},
            {"place": ["targets", "till"], "ours": {"id": "till", "name": "Till"}},
        ]
    file = desk / "any.json"
    file.write_bytes(before := json.dumps(document).encode())
    code, said = _run("review", "decide", file, "theirs")
    _whole_or_refused(file, before, code, said)


@cache
def _returned(name: str) -> bytes:
    return load_format(name).write(ReviewContext(_catalog(), review_of(whole()), TODAY))


@st.composite
def _damaged(draw: st.DrawFn, name: str) -> bytes:
    """Return a file of a form that came back with a few parts replaced by anything."""
    data = _returned(name)
    for _ in range(draw(st.integers(1, 3))):
        at, length = draw(st.integers(0, len(data))), draw(st.integers(0, 40))
        data = (
            data[:at] + draw(st.binary(max_size=40) | st.sampled_from([b"[x]", b"\n", b"SES004"])) + data[at + length :]
        )
    return data


@pytest.mark.parametrize("name", importable_formats())
@any_input
@given(data=st.data())
def test_any_file_that_comes_back_is_taken_whole_or_not_at_all(desk: Path, name: str, data: st.DataObject) -> None:
    file = desk / "review.json"
    file.write_bytes(before := (desk / "good.json").read_bytes())
    (desk / "returned").write_bytes(data.draw(st.binary(max_size=200) | _damaged(name)))
    code, said = _run("review", "import", file, desk / "returned", "--format", name)
    _whole_or_refused(file, before, code, said)
