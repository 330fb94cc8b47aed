"""A tab that is killed while it saves loses nothing that it had shown as saved."""

import os
import random
import signal
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import PATIENCE, Visit
from tests.browser.review_page import begin
from tests.soak import often
from tools.browser import FLAGS, find

TRIES = often(3, 100)
SHOWN = """
    (document.querySelector('.rv-status').textContent === 'Saved') && Object.fromEntries(
        [...document.querySelectorAll('.rv-item')].map((item) => [item.dataset.rule, item.dataset.choice]))
"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Return a page in a browser of its own, which is killed in the end: to close tabs that have crashed may hang."""
    own = browser.browser_type.launch(executable_path=find(), args=FLAGS)
    context = own.new_context()
    context.set_default_timeout(PATIENCE)
    # Of the storage alone: a service worker dies with the tabs, and Playwright may wait for it for ever.
    context.add_init_script("delete Navigator.prototype.serviceWorker")
    yield context.new_page()
    _kill(own, "browser")
    own.close()


def test_a_tab_killed_while_saving_loses_nothing_that_was_shown_as_saved(page: Page, address: str) -> None:
    begin(Visit(page, address))
    browser = page.context.browser
    assert browser
    address = page.url
    numbers = random.Random(4)  # noqa: S311 - the same keys each time
    seen = 0
    for _ in range(TRIES):
        tab = page.context.new_page()
        tab.goto(address)
        tab.wait_for_selector(".rv-item")
        tab.keyboard.press("j")
        saved: dict[str, str] = {}
        for _ in range(numbers.randrange(2, 12)):
            tab.keyboard.press(numbers.choice("1234"))
            tab.wait_for_timeout(numbers.choice([0, 10, 60]))
            saved = tab.evaluate(SHOWN) or saved
            tab.keyboard.press("j")
        tab.keyboard.press(numbers.choice("123"))
        later = tab.evaluate("[...document.querySelectorAll('.rv-item')].map((item) => item.dataset.choice)")
        with tab.expect_event("crash"):
            killed = _kill(browser, "renderer")
        _wait_until_gone(browser, killed)
        tab = page.context.new_page()
        tab.goto(address)
        tab.wait_for_selector(".rv-item")
        found = tab.evaluate(SHOWN.replace("document.querySelector('.rv-status').textContent === 'Saved'", "true"))
        now = dict(zip(found, later, strict=True))
        lost = {rule for rule, choice in saved.items() if found[rule] not in {choice, now[rule]}}
        assert not lost, f"shown as saved, and lost: {lost}"
        seen += bool(saved)
        tab.close()
    assert seen > TRIES / 2, "hardly any state was shown as saved before the tab was killed"


def _kill(browser: Browser, kind: str) -> set[int]:
    """Kill the processes of a browser of one kind, as the system does when memory runs out, and return their ids."""
    ids = _find(browser, kind)
    for each in ids:
        os.kill(each, signal.SIGKILL)
    return ids


def _wait_until_gone(browser: Browser, ids: set[int]) -> None:
    """Wait until the browser knows that processes have died: a tab that it gives one of them would never open."""
    end = time.monotonic() + PATIENCE / 1000
    while ids & _find(browser, "renderer"):
        assert time.monotonic() < end, "the browser keeps processes that were killed"


def _find(browser: Browser, kind: str) -> set[int]:
    session = browser.new_browser_cdp_session()
    processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
    session.detach()
    return {process["id"] for process in processes if process["type"] == kind}
