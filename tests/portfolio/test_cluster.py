"""What is ended at any point loses nothing: the next run ends with the results of one that nobody disturbed.

SOAK=1 tries ten times, with more repositories.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.checks.repositories import Scratch
from tests.cli.vger_process import SECONDS, Vger
from tests.portfolio.conftest import begin
from tests.soak import often

pytestmark = pytest.mark.slow

REPOSITORIES = often(6, 40)
RUN = ("portfolio", "run", "portfolio.yml", "--into")


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """Return the folder of a portfolio with repositories, one of which is not there."""
    for number in range(REPOSITORIES):
        scratch = Scratch(tmp_path / "code" / f"shop-{number}")
        scratch.write("node_modules/left-pad/package.json", f'{{"version": "{number}"}}\n')
        scratch.commit("Sell things")
    text = "title: Ours\nrepositories:\n  - folder: code\n  - path: gone\n"
    (tmp_path / "portfolio.yml").write_text(text, encoding="utf-8")
    return tmp_path


@contextmanager
def _started(*words: str) -> Iterator["subprocess.Popen[str]"]:
    """Run a part of Dask while the block runs, and kill it then."""
    command = [sys.executable, "-m", f"distributed.cli.dask_{words[0]}", *words[1:], "--no-dashboard"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def _find_address(scheduler: "subprocess.Popen[str]") -> str:
    assert scheduler.stderr
    for line in scheduler.stderr:
        if "Scheduler at:" in line:
            return line.split()[-1]
    raise AssertionError("no scheduler began")


def _wait_for(found: Callable[[], bool], run: "subprocess.Popen[str]") -> None:
    """Wait until something is so, and fail where the run ends before."""
    end = time.monotonic() + SECONDS
    while not found():
        assert run.poll() is None and time.monotonic() < end, run.communicate()


@pytest.mark.parametrize("turn", range(often(1, 10)))
def test_what_ends_a_run_on_a_cluster_loses_nothing(turn: int, many: Path, vger: Vger) -> None:
    vger(*RUN, "undisturbed", "--jobs", "1")
    with ExitStack() as stack:
        scheduler = stack.enter_context(_started("scheduler", "--host", "127.0.0.1", "--port", "0"))
        address = _find_address(scheduler)
        workers = [stack.enter_context(_started("worker", address, "--nthreads", "1", "--no-nanny")) for _ in range(2)]
        with begin(vger, many, *RUN, "many", "--scheduler", address) as run:
            _wait_for(lambda: _count_results(many) > turn, run)
            os.kill(workers[0].pid, signal.SIGKILL)
            _wait_for(lambda: _count_results(many) > turn + 1, run)
            os.kill(scheduler.pid, signal.SIGKILL)
            said, errors = run.communicate(timeout=SECONDS)
    assert (run.returncode, said, errors.count("\n")) == (2, "", 1), errors
    assert "the Dask scheduler has gone; start it again and repeat the command: what was checked is kept" in errors
    kept = _count_results(many)
    assert vger(*RUN, "many", "--jobs", "1").stdout.splitlines()[1].endswith(" unchanged, 1 not checked.")
    assert kept > turn + 1
    for name in ("outcomes.csv", "findings.csv"):
        written, expected = (many / into / "data" / name for into in ("many", "undisturbed"))
        assert written.read_bytes() == expected.read_bytes()


def _count_results(folder: Path) -> int:
    return len(list((folder / "many" / "state").glob("*.json")))
