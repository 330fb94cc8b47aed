"""A real browser over the served site."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response, ViewportSize, expect

from tests.conftest import ROOT

SCREENSHOTS = ROOT / ".cache" / "screenshots"
# Milliseconds: a busy machine is no fault of the site.
PATIENCE = 60_000
expect.set_options(timeout=PATIENCE)
WIDE: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder: a browser takes seconds to start."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.slow)


# Two frames: what a script does with an answer, its next requests among it, is done then.
TWO_FRAMES = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())))"


@dataclass
class Visit:
    """A page in the browser, and what went wrong on it."""

    page: Page
    address: str
    scripted: bool = True
    faults: list[str] = field(default_factory=list)
    pending: list[Request] = field(default_factory=list)

    def go(self, path: str) -> Page:
        """Open a page of the site, and return it when all that it asks for by itself has come and was run."""
        self.pending.clear()
        self.page.goto(self.address + path, wait_until="load")
        self._frames()
        while self.pending:
            request = self.pending.pop()
            if response := request.response():
                response.finished()
            self._frames()
        return self.page

    def _frames(self) -> None:
        if self.scripted:
            self.page.evaluate(TWO_FRAMES)

    def asked(self, request: Request) -> None:
        """Note a request of the page."""
        self.pending.append(request)
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.faults.append(f"left: {request.url}")

    def failed(self, request: Request) -> None:
        """Note a request that failed."""
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


@pytest.fixture
def visit(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """Return a visit; parametrize it indirectly with options of a browser context. Faults fail the test at its end."""
    options = {"viewport": WIDE, "color_scheme": "light", **getattr(request, "param", {})}
    context = browser.new_context(**options)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    seen = Visit(page, address, scripted=options.get("java_script_enabled", True))
    page.on("console", seen.said)
    page.on("pageerror", lambda error: seen.faults.append(str(error)))
    page.on("request", seen.asked)
    page.on("requestfailed", seen.failed)
    page.on("response", seen.answered)
    yield seen
    context.close()
    assert seen.faults == []
