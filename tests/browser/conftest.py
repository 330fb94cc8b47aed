"""A real browser over the served site."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

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
        # What the next navigation cuts short is no fault; a file that is missing is reported by its answer.
        if request.failure != "net::ERR_ABORTED":
            self.faults.append(f"failed: {request.url}")

    def answered(self, response: Response) -> None:
        """Note an answer."""
        if response.status >= 400:
            self.faults.append(f"{response.status}: {response.url}")

    def said(self, message: ConsoleMessage) -> None:
        """Note what stands in the console."""
        if message.type in ("error", "warning"):
            self.faults.append(message.text)


# A visitor who saves data, in a browser that keeps nothing for times without a network: the page of reviews starts its
# engine when that is asked for and not before, and does not fetch its files a second time. With all of it that page is
# opened by test_review_offline.py.
SPARING = """
    if (navigator.connection) Object.defineProperty(navigator.connection, 'saveData', { value: true });
    delete Navigator.prototype.serviceWorker;
"""


@pytest.fixture
def visit(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """Return a visit; parametrize it indirectly with options of a browser context. Faults fail the test at its end.

    With the option "sparing" false the visitor does not save data.
    """
    options = {"viewport": WIDE, "color_scheme": "light", "sparing": True, **getattr(request, "param", {})}
    sparing = options.pop("sparing")
    context = browser.new_context(**options)
    if sparing:
        context.add_init_script(SPARING)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    seen = Visit(page, address, scripted=options.get("java_script_enabled", True))
    page.on("console", seen.said)
    page.on("pageerror", lambda error: seen.faults.append(str(error)))
    page.on("request", seen.asked)
    page.on("requestfinished", seen.ended)
    page.on("requestfailed", seen.failed)
    page.on("response", seen.answered)
    yield seen
    context.close()
    assert seen.faults == []
