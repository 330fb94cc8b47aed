"""A real browser over the served site."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request

from tests.conftest import ROOT

SCREENSHOTS = ROOT / ".cache" / "screenshots"
WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder: a browser takes seconds to start."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.slow)


@dataclass
class Visit:
    """A page in the browser, and what went wrong on it."""

    page: Page
    address: str
    faults: list[str] = field(default_factory=list)

    def go(self, path: str) -> Page:
        """Open a page of the site and wait until it is at rest."""
        self.page.goto(self.address + path, wait_until="networkidle")
        return self.page


def _failed(request: Request, seen: Visit) -> None:
    # What the next navigation cuts short is no fault; a file that is missing is reported by its answer.
    if request.failure != "net::ERR_ABORTED":
        seen.faults.append(f"failed: {request.url}")


@pytest.fixture
def visit(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """Return a visit; parametrize it indirectly with options of a browser context. Faults fail the test at its end."""
    options = {"viewport": WIDE, "color_scheme": "light", **getattr(request, "param", {})}
    context = browser.new_context(**options)
    context.set_default_timeout(60_000)  # a busy machine is no fault of the site
    page = context.new_page()
    seen = Visit(page, address)
    page.on(
        "console", lambda message: seen.faults.append(message.text) if message.type in ("error", "warning") else None
    )
    page.on("pageerror", lambda error: seen.faults.append(str(error)))
    page.on("requestfailed", lambda request: _failed(request, seen))
    page.on(
        "response",
        lambda answer: seen.faults.append(f"{answer.status}: {answer.url}") if answer.status >= 400 else None,
    )
    page.on(
        "request",
        lambda request: (
            None if request.url.startswith((address, "data:", "blob:")) else seen.faults.append(f"left: {request.url}")
        ),
    )
    yield seen
    context.close()
    assert seen.faults == []
