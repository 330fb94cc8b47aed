"""What tests of several kinds share."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tests.once import make_early, make_once, need, shared_folder
from tests.project import copied_project, small_project
from tests.soak import often
from tools.browser import FLAGS, find
from tools.static_server import serve
from vger_guide.catalog.catalog import Catalog
from vger_guide.catalog.loader import load

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


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Mark the tests that need the built site or what is published as slow, and put them behind all others.

    What they need is made meanwhile, and no worker waits for it.
    """
    for item in items:
        if need(item):
            item.add_marker(pytest.mark.slow)
    yield
    items.sort(key=need)


@pytest.fixture(scope="session", autouse=True)
def shared(tmp_path_factory: pytest.TempPathFactory, worker_id: str, request: pytest.FixtureRequest) -> Iterator[Path]:
    """Return the folder that all workers have in common; the first of them has made there early what will be needed."""
    folder = shared_folder(tmp_path_factory, worker_id)
    with make_early(folder, request.session.items if worker_id == "gw0" else []):
        yield folder


@pytest.fixture(scope="session")
def site(shared: Path) -> Path:
    """Return the built site: one build for all the workers of a run."""
    return make_once(shared, "site")


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


@pytest.fixture
def small_guide(tmp_path: Path) -> Path:
    """Return a copy of the project's programs with a small guide, for tests of how a site is built."""
    return small_project(tmp_path)
