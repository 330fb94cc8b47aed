"""What may take long or crash is done in a process that may end: one serves all, and its death is an unseen file."""

import os
import sys
import time
from collections.abc import Iterator
from typing import NoReturn

import pytest

from vger_guide.matchers.grammar import child
from vger_guide.repo.tree import UnreadableFileError


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(child, "SECONDS", 0.2)
    yield
    child.close()


def double(text: str) -> str:
    return text * 2


def process() -> int:
    return os.getpid()


def spin() -> NoReturn:
    while True:
        pass


def abort() -> NoReturn:
    os.abort()


def refuse() -> NoReturn:
    raise UnreadableFileError("is no program")


def fail() -> NoReturn:
    raise KeyError("a defect\nwith lines")


def swallow() -> int:
    return len(b"x" * (4 << 30))


def recurse() -> None:
    recurse()


def test_answers_come_from_one_other_process() -> None:
    first, second = child.ask(process), child.ask(process)

    assert first == second != os.getpid()
    assert child.ask(double, "ab") == "abab"


def test_what_is_refused_there_is_refused_here_and_the_process_goes_on() -> None:
    before = child.ask(process)

    with pytest.raises(UnreadableFileError, match="is no program"):
        child.ask(refuse)
    assert child.ask(process) == before


def test_a_defect_there_is_a_defect_here_in_a_line() -> None:
    with pytest.raises(RuntimeError, match=r"^KeyError: 'a defect\\nwith lines'$"):
        child.ask(fail)


@pytest.mark.parametrize("work", [spin, abort, swallow, recurse])
def test_a_process_that_dies_is_an_unseen_file_and_another_goes_on(work: object) -> None:
    before = child.ask(process)

    with pytest.raises(UnreadableFileError, match="could not be parsed"):
        child.ask(work)  # type: ignore[arg-type]
    assert child.ask(process) not in (before, os.getpid())


def test_a_hostile_repository_is_not_waited_for_any_longer() -> None:
    for _ in range(child.MOST_DEATHS):
        with pytest.raises(UnreadableFileError):
            child.ask(abort)

    with pytest.raises(UnreadableFileError, match=f"{child.MOST_DEATHS} files before it"):
        child.ask(double, "a")


def test_a_system_that_cannot_copy_a_process_begins_a_new_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "fork")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(sys.path))

    assert child.ask(os.getpid) == child.ask(os.getpid) != os.getpid()


def test_nothing_of_it_is_left_when_it_is_closed() -> None:
    other = child.ask(process)
    child.close()

    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            os.kill(other, 0)
        except ProcessLookupError:
            return
    raise AssertionError(f"process {other} goes on")
