"""What tests of several kinds share."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from filelock import FileLock
from hypothesis import settings

from tests.soak import often
from tools.browser import FLAGS, find
from tools.static_server import serve
from vger_guide.catalog import Catalog, load

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = Path(__file__).parent / "examples"

# For the tests of chance that do not say how often they try. What has to be done in time says so itself.
settings.register_profile("vger", max_examples=often(25, 3000), deadline=None)
settings.load_profile("vger")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a run write down expected messages instead of comparing them."""
    parser.addoption("--write-expected", action="store_true", help="write the messages of examples/catalog/bad/ down")


@pytest.fixture
def small_catalog(tmp_path: Path) -> Path:
    """Return a copy of the small good catalogue, to be spoiled."""
    return Path(shutil.copytree(EXAMPLES / "catalog" / "good", tmp_path / "checklists"))


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    """Return the guide's own catalogue."""
    return load(ROOT / "checklists")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Return the built site: one build for all the workers of a run."""
    shared = tmp_path_factory.getbasetemp()
    shared = shared if worker_id == "master" else shared.parent
    target = shared / "site"
    with FileLock(shared / "site.lock"):
        if not target.exists():
            subprocess.run([sys.executable, "-m", "tools.site", str(target)], cwd=ROOT, check=True)
    return target


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Return the address that the built site is served on."""
    with serve(site) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    """Return a running browser: one for all tests, as two of them in a process disturb each other."""
    from playwright.sync_api import sync_playwright

    path = find()
    assert path, "no Chrome or Chromium: 'make browser' finds or installs one"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a copy of the project's tracked and new files, to be changed and built."""
    return copied_project(tmp_path)


def copied_project(folder: Path) -> Path:
    """Copy the project's tracked and new files into a folder, and return it."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, folder / name)
    return folder
