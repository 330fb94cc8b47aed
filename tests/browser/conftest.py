"""A real browser over the served site."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response, ViewportSize, expect

from tests.conftest import ROOT

# Pictures to be looked at are taken where the variable SCREENSHOTS is set, as in SCREENSHOTS=1.
SCREENSHOTS = ROOT / ".cache" / "screenshots" if os.environ.get("SCREENSHOTS") else None
# Pixels: of a page that is longer, the picture shows the first screen.
TALL = 12_000
# Milliseconds: a busy machine is no fault of the site.
PATIENCE = 60_000
expect.set_options(timeout=PATIENCE)
WIDE: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}


HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder: a browser takes seconds to start."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.slow)


def picture(page: Page, name: str) -> None:
    """Take a picture of a page, to be looked at, where pictures are asked for."""
    if SCREENSHOTS:
        tall = page.evaluate("document.scrollingElement.scrollHeight") > TALL
        page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=not tall)


# Two frames: what a script does with an answer, its next requests among it, is done then.
TWO_FRAMES = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())))"


@dataclass
class Visit:
    """A page in the browser, and what went wrong on it."""

    page: Page
    address: str
    scripted: bool = True
    faults: list[str] = field(default_factory=list)
    pending: set[Request] = field(default_factory=set)

    def go(self, path: str) -> Page:
        """Open a page of the site, and return it when all that it asks for by itself has come and was run."""
        self.pending.clear()
        self.page.goto(self.address + path, wait_until="load")
        self._frames()
        while self.pending:
            for request in [*self.pending]:
                if response := request.response():
                    response.finished()
                self.ended(request)
            self._frames()
        return self.page

    def _frames(self) -> None:
        if self.scripted:
            self.page.evaluate(TWO_FRAMES)

    def asked(self, request: Request) -> None:
        """Note a request of the page."""
        self.pending.add(request)
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.faults.append(f"left: {request.url}")

    def ended(self, request: Request) -> None:
        """Note that all of an answer has come."""
        self.pending.discard(request)

    def failed(self, request: Request) -> None:
        """Note a request that failed."""
        self.ended(request)
        # What the next navigation cuts short is no fault, nor that a browser without scripts loads none ahead; a file
        # that is missing is reported by its answer.
        if request.failure != "net::ERR_ABORTED" and (self.scripted or request.failure != "csp"):
            self.faults.append(f"failed: {request.url}")

    def answered(self, response: Response) -> None:
        """Note an answer."""
        if response.status >= 400:
            self.faults.append(f"{response.status}: {response.url}")

    def said(self, message: ConsoleMessage) -> None:
        """Note what stands in the console."""
        if message.type in ("error", "warning"):
            self.faults.append(message.text)


Visited = TypeVar("Visited", bound=Visit)

# A visitor who saves data, in a browser that keeps nothing for times without a network: the page of reviews starts its
# engine when that is asked for and not before, and does not fetch its files a second time. With all of it that page is
# opened by test_review_offline.py.
SPARING = """
    if (navigator.connection) Object.defineProperty(navigator.connection, 'saveData', { value: true });
    delete Navigator.prototype.serviceWorker;
"""


@contextmanager
def _open(browser: Browser, address: str, options: dict[str, Any], kind: type[Visited]) -> Iterator[Visited]:
    """Open a window with options of a browser context, and note what goes wrong in it."""
    options = {"viewport": WIDE, "color_scheme": "light", "sparing": True, **options}
    sparing = options.pop("sparing")
    with browser.new_context(**options) as context:
        if sparing:
            context.add_init_script(SPARING)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        seen = kind(page, address, scripted=options.get("java_script_enabled", True))
        page.on("console", seen.said)
        page.on("pageerror", lambda error: seen.faults.append(str(error)))
        page.on("request", seen.asked)
        page.on("requestfinished", seen.ended)
        page.on("requestfailed", seen.failed)
        page.on("response", seen.answered)
        yield seen


@pytest.fixture
def visit(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """Return a visit; parametrize it indirectly with options of a browser context. Faults fail the test at its end.

    With the option "sparing" false the visitor does not save data.
    """
    with _open(browser, address, getattr(request, "param", {}), Visit) as seen:
        yield seen
    assert seen.faults == []


# Closes what is open for the list of reviews, which each change of the hash draws anew.
LEAVE = """(hash) => {
    for (const each of document.querySelectorAll('dialog')) each.close();
    document.getElementById('review-root').firstElementChild.dataset.left = '';
    location.hash = hash;
}"""
FORGET = """async () => {
    localStorage.clear();
    for (const { name } of await indexedDB.databases())
        await new Promise((done) => {
            indexedDB.open(name).onsuccess = ({ target: { result: database } }) => {
                const change = database.transaction(database.objectStoreNames, 'readwrite');
                for (const each of database.objectStoreNames) change.objectStore(each).clear();
                change.oncomplete = () => { database.close(); done(); };
            };
        });
}"""


class LongVisit(Visit):
    """A visit to the page of reviews that is not left, so that the engine which one test has started serves the next.

    To start it takes 5 s of CPU. That it starts in a page that was just opened is asked by test_review_offline.py.
    """

    def go(self, path: str) -> Page:
        """Open the page of reviews, or its list where it is open."""
        if self.page.url == "about:blank":
            super().go(path).wait_for_selector(".rv-form")
            return self.page
        assert self.page.url.partition("#")[0] == self.address + path
        for place in ("list", ""):
            self.page.evaluate(LEAVE, place)
            expect(self.page.locator("[data-left]")).to_have_count(0)
        return self.page

    def begin_anew(self, path: str) -> None:
        """Show the list of reviews, and take away all that the browser keeps."""
        self.go(path).evaluate(FORGET)
        expect(self.go(path).locator(".rv-review, .rv-copies")).to_have_count(0)

    def end(self) -> None:
        """Leave the page, and end its engine."""
        self.page.goto("about:blank")


@pytest.fixture(scope="session")
def one_long_visit(browser: Browser, address: str) -> Iterator[LongVisit]:
    """Return the long visit of a run."""
    with _open(browser, address, {}, LongVisit) as seen:
        yield seen


@pytest.fixture
def long_visit(one_long_visit: LongVisit, request: pytest.FixtureRequest) -> Iterator[LongVisit]:
    """Return the long visit, with no review kept. Faults fail the test at its end."""
    failed = request.session.testsfailed
    one_long_visit.begin_anew("review/")
    yield one_long_visit
    if request.session.testsfailed > failed:
        one_long_visit.end()
    faults, one_long_visit.faults = one_long_visit.faults, []
    assert faults == []
