"""Several commands that write the same file at once: nothing that was said to be written is lost.

SOAK=1 tries 1,000 rounds of each, as the nightly workflow does.
"""

import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.cli.vger_process import SECONDS, Started, Vger, environment
from tests.cli.warm import Warm
from tests.soak import SOAK, often
from vger_guide.reviews import store
from vger_guide.reviews.models import Value

pytestmark = pytest.mark.slow

AT_ONCE = 3
ROUNDS = often(1, 1000)

Done = subprocess.CompletedProcess[str]
RunAll = Callable[[list[list[str]]], list[Done]]


class Forked(Vger):
    """The command in a fork of a server that no other writer waits for, which pays from some ten rounds on."""

    def __init__(self, folder: Path, cache: Path) -> None:
        super().__init__(folder, cache)
        self._server = Warm()

    def close(self) -> None:
        """End the server."""
        self._server.stop()

    def _run(
        self, arguments: Sequence[str], variables: Mapping[str, str], constants: Mapping[str, Any]
    ) -> subprocess.CompletedProcess[str]:
        given = environment(self.cache, self.root, **variables)
        return self._server.run(arguments, self.folder, given, seconds=SECONDS, constants=constants)


@pytest.fixture
def run_all(vger: Vger) -> Iterator[RunAll]:
    """Return what runs some calls at once, each by a writer of its own, and returns how they have ended."""
    with ExitStack() as stack, ThreadPoolExecutor(AT_ONCE) as pool:
        if SOAK:
            forked = [Forked(vger.folder, vger.cache) for _ in range(AT_ONCE)]
            writers: Sequence[Vger] = [stack.enter_context(closing(each)) for each in forked]
        else:
            writers = [Started(vger.folder, vger.cache)] * AT_ONCE
        yield lambda calls: list(pool.map(lambda writer, words: writer(*words), writers, calls))


def test_waivers_of_many_writers_are_all_there(run_all: RunAll, vger: Vger) -> None:
    words = ["waive", "VER010", "--owner", "A", "--until", "2099-01-01", "--reason"]
    for number in range(ROUNDS):
        reasons = {f"Round {number}, writer {writer}" for writer in range(AT_ONCE)}
        (vger.folder / ".vger.yml").unlink(missing_ok=True)
        assert [done.returncode for done in run_all([[*words, reason] for reason in sorted(reasons)])] == [0] * AT_ONCE
        settings = yaml.safe_load((vger.folder / ".vger.yml").read_text(encoding="utf-8"))
        assert {each["reason"] for each in settings["waivers"]} == reasons


def test_answers_and_a_merge_at_once_are_all_there_or_refused(run_all: RunAll, vger: Vger) -> None:
    vger.lines("review", "new", "base.json", "--profile", "api", "--target", "shop")
    shutil.copyfile(vger.folder / "base.json", vger.folder / "hers.json")
    vger.lines("review", "answer", "hers.json", "SES001", "partial")
    calls = [
        ["review", "answer", "mine.json", "SES004", "met"],
        ["review", "answer", "mine.json", "SES002", "not-met"],
        ["review", "merge", "mine.json", "hers.json", "--base", "base.json"],
    ]
    written: dict[str, Any] = {"SES004": Value.MET, "SES002": Value.NOT_MET, "SES001": Value.PARTIAL}
    for _ in range(ROUNDS):
        shutil.copyfile(vger.folder / "base.json", vger.folder / "mine.json")
        ended = run_all(calls)
        for done in ended:
            assert done.returncode == 0 or (done.returncode, done.stdout) == (2, ""), done
        assert _values(vger.folder / "mine.json") == {
            rule: value for (rule, value), done in zip(written.items(), ended, strict=True) if done.returncode == 0
        }
        assert any(done.returncode == 0 for done in ended)


def _values(path: Path) -> dict[str, Any]:
    answers = store.load(path).answers
    return {rule: each.value for rule, targets in answers.items() for each in targets.values()}
