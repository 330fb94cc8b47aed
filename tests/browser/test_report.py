"""The HTML report of a run in a real browser, as a file on disk."""

from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.accessibility import ask_accessible, ask_fitting
from tests.browser.conftest import PHONE, WIDE, picture
from tests.output.runs import runs
from vger_guide.output.runs import load_format

SIZES: dict[str, Any] = {"wide": WIDE, "phone": PHONE}
COLOURS: dict[str, Any] = {"light": "light", "dark": "dark"}


@pytest.fixture
def page(browser: Browser, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Page]:
    """Return the open report; faults fail the test at its end."""
    width, colours = getattr(request, "param", ("wide", "light"))
    path = tmp_path / "report.html"
    path.write_text(load_format("html").write(runs.ORDINARY), "utf-8")
    context = browser.new_context(viewport=SIZES[width], color_scheme=COLOURS[colours])
    page, faults = context.new_page(), []
    page.on("console", lambda message: faults.append(message.text))
    page.on("request", lambda asked: None if asked.url == path.as_uri() else faults.append(asked.url))
    page.goto(path.as_uri())
    yield page
    assert faults == []
    context.close()


@pytest.mark.parametrize("page", list(product(SIZES, COLOURS)), ids="-".join, indirect=True)
def test_the_report_is_accessible_and_fits_in_every_view(page: Page, request: pytest.FixtureRequest) -> None:
    picture(page, f"report-{request.node.callspec.id}")
    ask_fitting(page)
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    ask_accessible(page)


def test_the_groups_open_by_keyboard(page: Page) -> None:
    group = page.locator("details.group", has_text="Needs a person").last
    expect(group.locator("article").first).to_be_hidden()
    group.locator("summary").first.focus()
    page.keyboard.press("Enter")
    expect(group.locator("article").first).to_be_visible()


def test_everything_is_in_print(page: Page) -> None:
    page.emulate_media(media="print")
    assert page.locator("article").evaluate_all("all => all.length > 0 && all.every((each) => each.checkVisibility())")
