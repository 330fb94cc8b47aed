"""Asks axe-core what is wrong with a page for people who do not see it, or do not use a mouse."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# Two frames, in which what was just opened begins to move, and then the end of all that moves: half faded in, a text
# has less contrast than it is given.
AT_REST = """new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())))
    .then(() => Promise.allSettled(document.getAnimations().map((each) => each.finished)))"""


def ask_accessible(page: Page, state: str = "") -> None:
    """Assert that axe-core finds no violation on a page as it stands when nothing on it moves any more."""
    page.evaluate(AT_REST)
    found = Axe().run(page)
    assert found.violations_count == 0, f"{state}: {found.generate_report()}"


def ask_fitting(page: Page, state: str = "") -> None:
    """Assert that a page is not wider than the window."""
    width, room = page.evaluate("[document.scrollingElement.scrollWidth, innerWidth]")
    assert width <= room, f"{state}: {width} > {room}"
