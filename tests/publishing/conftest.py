"""The scratch repository, published once for all the workers of a run."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.browser.conftest import visit
from tests.once import make_once
from tools.static_server import serve

__all__ = ["visit"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder that asks for the scratch repository: it holds four versions."""
    for item in items:
        if {"published", "remote"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def published(shared: Path) -> Path:
    """Return a folder with `remote.git`, to which all branches were published, and the clones that did it."""
    return make_once(shared, "published")


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
