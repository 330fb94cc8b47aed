"""The scratch repository, published once for all the workers of a run."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from filelock import FileLock

from tests.browser.conftest import visit
from tests.publishing import scratch
from tools.static_server import serve

__all__ = ["visit"]

BRANCHES = ("main", "edition/2024.06", "edition/2023.09", scratch.FEATURE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder that asks for the scratch repository: it is built five times."""
    for item in items:
        if {"published", "remote"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Return a folder with `remote.git`, to which all branches were published, and the clones that did it."""
    shared = tmp_path_factory.getbasetemp()
    folder = (shared if worker_id == "master" else shared.parent) / "published"
    with FileLock(f"{folder}.lock"):
        if not (folder / "done").exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            _publish(folder)
    return folder


def _publish(folder: Path) -> None:
    remote = scratch.begin(folder)
    for number, branch in enumerate(BRANCHES):
        done = scratch.deploy(scratch.clone(remote, folder / f"clone-{number}", branch), branch)
        assert done.returncode == 0, done.stdout + done.stderr
    (folder / "done").touch()


@pytest.fixture
def remote(published: Path, tmp_path: Path) -> Path:
    """Return a copy of the remote, to be changed."""
    return Path(shutil.copytree(published / "remote.git", tmp_path / "remote.git"))


@pytest.fixture(scope="session")
def address(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address at which gh-pages is served below a path, as GitHub Pages does it."""
    with served(published / "remote.git", tmp_path_factory.mktemp("www")) as address:
        yield address


@contextmanager
def served(remote: Path, folder: Path) -> Iterator[str]:
    """Serve the branch gh-pages of a remote while the block runs; gives the address, with `repo/` at its end."""
    checked_out(remote, folder)
    with serve(folder) as address:
        yield address + "repo/"


def checked_out(remote: Path, folder: Path) -> Path:
    """Write gh-pages into `repo/` of a folder, and its 404 page where the server looks for it; return `repo/`."""
    pages = folder / "repo"
    pages.mkdir()
    archive = subprocess.run(["git", "archive", "gh-pages"], cwd=remote, capture_output=True, check=True).stdout
    subprocess.run(["tar", "--extract", "--directory", str(pages)], input=archive, check=True)
    (folder / "404.html").symlink_to(pages / "404.html")
    return pages
