"""Makes reviews in the browser, as people do."""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.browser.conftest import Visit

PAGE = "review/"
# The milliseconds that the engine may take to begin, and to write the first PDF, on a machine that does much else.
ENGINE = 180_000


def begin(visit: Visit, title: str = "Autumn", targets: Sequence[str] = ("Web shop",), profile: str = "") -> Page:
    """Begin a review by the form, and return the page with it."""
    page = visit.go(PAGE)
    page.get_by_label("Title").fill(title)
    page.get_by_label("Kind of system").select_option(profile)
    page.get_by_label("Systems to review").fill("\n".join(targets))
    page.get_by_role("button", name="Begin").click()
    page.wait_for_selector(".rv-item")
    return page


def beside(page: Page) -> Page:
    """Return a second tab with the same review."""
    other = page.context.new_page()
    other.goto(page.url)
    other.wait_for_selector(".rv-item")
    return other


def tools(page: Page) -> Locator:
    """Return the head of a review and what has opened over it, or all of the page where no review is open.

    A button is found there by its name in a tenth of the time that it takes among all the answers.
    """
    return page.locator(".rv-head, .rv-alert, .rv-signed, .rv-results, dialog, #review:not(:has(.rv-item))")


def more(page: Page) -> None:
    """Open the rest of the head of a review."""
    tools(page).get_by_role("button", name="More", expanded=False).click()


def press(page: Page, keys: str) -> None:
    """Press keys one after another; words in angle brackets are names of keys."""
    for key in keys.split():
        page.keyboard.press(key)


# Whether what has the focus is in the window, or the browser's own, and can be seen there: nothing lies over it.
IN_WINDOW = """() => {
    const { activeElement: element } = document;
    if (element === document.body) return true;
    const { left, top, width, height } = element.getBoundingClientRect();
    const there = document.elementFromPoint(left + Math.min(width, 20) / 2, top + height / 2);
    return Boolean(element.closest('dialog[open]')) && (element.contains(there) || there?.contains(element));
}"""


def walk_window(page: Page, steps: int) -> None:
    """Walk the window that is open by the Tab key, so many steps, and leave it by Escape."""
    expect(page.locator("dialog[open]")).to_have_count(1)
    for _ in range(steps):
        assert page.evaluate(IN_WINDOW), page.evaluate("document.activeElement.outerHTML")
        page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)


def today() -> date:
    """Return the day that the browser sees."""
    return datetime.now(UTC).astimezone().date()


def settled(page: Page) -> None:
    """Wait until the page says that what was typed is saved."""
    expect(page.locator(".rv-status")).to_have_text("Saved")


def downloaded(page: Page, form: str) -> tuple[str, bytes]:
    """Return the name and the bytes of a download of the open review."""
    tools(page).get_by_role("button", name="Download", exact=True).click()
    with page.expect_download(timeout=ENGINE) as download:
        page.locator(f"[data-form={form}]").click()
    page.keyboard.press("Escape")
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def document(page: Page) -> Any:
    """Return the document of the open review, as its download has it."""
    return json.loads(downloaded(page, "json")[1])


def bring(page: Page, name: str, data: bytes) -> None:
    """Pick a file to import."""
    with page.expect_file_chooser() as chooser:
        tools(page).get_by_role("button", name="Import", exact=True).click()
    file: FilePayload = {"name": name, "mimeType": "application/octet-stream", "buffer": data}
    chooser.value.set_files(file)
