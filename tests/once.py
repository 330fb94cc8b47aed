"""Makes what many tests need once for all the workers of a run, while they run tests that do not need it."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from filelock import FileLock

from tests.project import ROOT


def _site(folder: Path) -> None:
    command = [sys.executable, "-m", "tools.site", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def _published(folder: Path) -> None:
    from tests.publishing.scratch import publish

    publish(folder)


# What is made once, by the name of its fixture. Tests run in this order, after all tests that need none of it.
WAYS: dict[str, Callable[[Path], None]] = {"site": _site, "published": _published}


def shared_folder(factory: pytest.TempPathFactory, worker: str) -> Path:
    """Return the folder that all workers of a run have in common."""
    own = factory.getbasetemp()
    return own if worker == "master" else own.parent


def need(item: pytest.Item) -> int:
    """Return 0 for a test that needs nothing shared, else the place in WAYS of what it needs, from 1."""
    names = getattr(item, "fixturenames", ())
    return max((number for number, name in enumerate(WAYS, 1) if name in names), default=0)


def make_once(shared: Path, name: str) -> Path:
    """Return what WAYS names, from the shared folder. The first to ask makes it, and whoever asks meanwhile waits."""
    folder = shared / name
    with FileLock(f"{folder}.lock"):
        if not folder.exists():
            fresh = shared / f"{name}.fresh"
            shutil.rmtree(fresh, ignore_errors=True)
            WAYS[name](fresh)
            fresh.rename(folder)
    return folder


@contextmanager
def make_early(shared: Path, items: Iterable[pytest.Item]) -> Iterator[None]:
    """Make what tests will ask for in another process, while the block runs.

    What fails is tried again, and told, by the first test that asks for it.
    """
    places = {need(item) for item in items}
    names = [name for number, name in enumerate(WAYS, 1) if number in places]
    if not names:
        yield
        return
    command = [sys.executable, "-m", "tests.once", str(shared), *names]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL):
        yield


if __name__ == "__main__":
    for each in sys.argv[2:]:
        make_once(Path(sys.argv[1]), each)
