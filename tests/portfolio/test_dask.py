"""On Dask a portfolio is checked as it is one after another, also where workers die; without it users are told."""

import os
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

import pytest

from tests.cli.vger_process import SECONDS, Vger
from tests.portfolio.conftest import begin

pytestmark = pytest.mark.slow


def test_two_workers_find_what_one_process_finds_also_when_one_dies(organisation: Path, vger: Vger) -> None:
    run = ("portfolio", "run", "portfolio.yml", "--into")
    with begin(vger, organisation, *run, "many", "--jobs", "2") as process:
        worker = _find_worker(process)
        os.kill(worker, signal.SIGKILL)
        said, errors = process.communicate(timeout=SECONDS)
    assert (process.returncode, errors) == (1, "")
    assert said.splitlines()[1] == "3 repositories: 2 checked now, 0 unchanged, 1 not checked."
    vger(*run, "one", "--jobs", "1")
    many, one = (organisation / name / "data" / "outcomes.csv" for name in ("many", "one"))
    assert many.read_bytes() == one.read_bytes()


def _find_worker(process: "subprocess.Popen[str]") -> int:
    """Return the id of a worker as soon as it looks at a repository: a child of ours that has such a child."""
    end = time.monotonic() + SECONDS
    while process.poll() is None and time.monotonic() < end:
        for worker in _children(process.pid):
            if any(_looks(child) for child in _children(worker)):
                return worker
    raise AssertionError(f"no worker began to look: {process.communicate()}")


def _looks(process: int) -> bool:
    with suppress(OSError):  # it has ended
        return b"vger_guide.portfolio.child" in Path(f"/proc/{process}/cmdline").read_bytes()
    return False


def _children(process: int) -> list[int]:
    found = []
    with suppress(OSError):  # it has ended
        for thread in Path(f"/proc/{process}/task").glob("*"):
            found += [int(each) for each in (thread / "children").read_text().split()]
    return found


@pytest.mark.usefixtures("organisation")
def test_without_dask_the_message_says_what_to_install(vger: Vger) -> None:
    missing = {"vger_guide.portfolio.engine.choose.DASK": "no_such_module"}
    done = vger("portfolio", "run", "portfolio.yml", "--jobs", "2", constants=missing)
    assert done.returncode == 2
    assert "pip install 'vger-guide[portfolio]'" in done.stderr
    assert "--jobs 1" in done.stderr


@pytest.mark.usefixtures("organisation")
def test_a_scheduler_that_is_not_there_is_told(vger: Vger) -> None:
    quick = {"vger_guide.portfolio.engine.dask.PATIENCE": 1}
    done = vger("portfolio", "run", "portfolio.yml", "--scheduler", "tcp://127.0.0.1:1", constants=quick)
    assert done.returncode == 2
    assert "tcp://127.0.0.1:1 cannot be reached" in done.stderr
