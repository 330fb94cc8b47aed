"""The HTML report of a review in a real browser, as a file on disk, and the PDF that the browser makes of it."""

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PageObject, PdfReader

from tests.browser.accessibility import ask_accessible, ask_fitting
from tests.browser.conftest import PHONE, SCREENSHOTS, WIDE, picture
from tests.reviews import fixtures_reviews
from tests.soak import SOAK
from vger_guide.catalog.catalog import Catalog
from vger_guide.output.reviews.formats import load_format
from vger_guide.reviews.models import Selection

VIEWS: dict[str, dict[str, Any]] = {
    "light": {"viewport": WIDE, "color_scheme": "light"},
    "dark": {"viewport": WIDE, "color_scheme": "dark"},
    "phone": {"viewport": PHONE, "color_scheme": "light"},
    "zoomed": {"viewport": {"width": 640, "height": 450}, "color_scheme": "dark"},
}
LIGHT, DARK = VIEWS["light"], VIEWS["dark"]
# What is printed and read again is of two chapters, which takes half the time; of all of them in the nightly run.
PRINTED = Selection() if SOAK else Selection(chapters=["3", "4"])
RUNNING = re.compile(r"Review (\w+) \| VGER Architecture Guide, edition next")


@pytest.fixture
def page(browser: Browser, catalog: Catalog, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Page]:
    """Return an open report; parametrize it indirectly with a review, a view and what of the review is asked.

    Faults fail the test at its end.
    """
    review, view, *printed = getattr(request, "param", ("full", LIGHT))
    report = fixtures_reviews.filled(catalog, review)
    if printed:
        report = replace(report, review=report.review.model_copy(update={"selection": printed[0]}))
    path = tmp_path / "review.html"
    path.write_bytes(load_format("html").write(report))
    context = browser.new_context(**view)
    page, faults = context.new_page(), list[str]()
    page.on("console", lambda message: faults.append(message.text))
    page.on("dialog", lambda dialog: faults.append(dialog.message))
    page.on("request", lambda asked: None if asked.url == path.as_uri() else faults.append(asked.url))
    page.goto(path.as_uri())
    yield page
    assert faults == []
    context.close()


def _ask_accessible(page: Page, name: str) -> None:
    picture(page, f"review-{name}")
    ask_accessible(page)


@pytest.mark.parametrize(
    "page",
    [*(("half", view) for view in VIEWS.values()), ("full", LIGHT), ("empty", DARK), ("hostile", LIGHT)],
    ids=[*VIEWS, "full", "empty", "hostile"],
    indirect=True,
)
def test_the_report_is_accessible_and_fits_in_every_view(page: Page, request: pytest.FixtureRequest) -> None:
    ask_fitting(page)
    _ask_accessible(page, request.node.callspec.id)


@pytest.mark.parametrize("page", [("half", LIGHT), ("half", DARK)], ids=["light", "dark"], indirect=True)
def test_the_report_is_accessible_in_print(page: Page, request: pytest.FixtureRequest) -> None:
    page.emulate_media(media="print")
    _ask_accessible(page, f"print-{request.node.callspec.id}")


def test_links_lead_to_the_answers_by_keyboard(page: Page) -> None:
    page.get_by_role("link", name="Accepted risks (15)").focus()
    page.keyboard.press("Enter")
    heading = page.get_by_role("heading", name="Accepted risks (15)")
    page.wait_for_function("each => Math.abs(each.getBoundingClientRect().top) < 60", arg=heading.element_handle())


@pytest.mark.parametrize("page", [("empty", LIGHT)], indirect=True)
def test_there_are_boxes_to_tick_on_paper_and_none_on_the_screen(page: Page, catalog: Catalog) -> None:
    boxes = page.locator(".boxes")
    expect(boxes).to_have_count(len(catalog.rules))
    expect(boxes.first).to_be_hidden()
    page.emulate_media(media="print")
    assert boxes.evaluate_all("all => all.every((each) => each.checkVisibility())")


def _pages(page: Page) -> list[PageObject]:
    """Return the pages of the PDF that the browser makes, and keep it where it is to be looked at."""
    path = SCREENSHOTS / "review.pdf" if SCREENSHOTS else None
    return list(PdfReader(io.BytesIO(page.pdf(path=path, format="A4", prefer_css_page_size=True))).pages)


# Of each review once: to print it and to read it takes seconds.
_texts_of: dict[str, list[str]] = {}


def _texts(page: Page) -> list[str]:
    """Return the text of each page of the PDF of a report as it was written."""
    name = page.title()
    if name not in _texts_of:
        _texts_of[name] = [each.extract_text() for each in _pages(page)]
    return _texts_of[name]


def _letters(text: str) -> str:
    # Some fonts have one sign for two letters, such as fi.
    return "".join(normalize("NFKC", text).split())


@pytest.mark.parametrize("page", [(review, LIGHT, PRINTED) for review in ("full", "empty")], indirect=True)
def test_no_answer_is_cut_in_two_by_the_pages_of_a_pdf(page: Page) -> None:
    texts = [_letters(text) for text in _texts(page)]
    page.emulate_media(media="print")
    articles = page.locator("article").all_inner_texts()
    cut = [article for article in articles if not any(_letters(article) in text for text in texts)]
    assert cut == []
    assert len(texts) > 5


@pytest.mark.parametrize("page", [("full", LIGHT, PRINTED)], indirect=True)
def test_every_page_of_a_pdf_names_the_review_and_counts_itself(page: Page) -> None:
    texts = _texts(page)
    assert [match[1] if (match := RUNNING.search(text)) else text for text in texts] == ["full"] * len(texts)
    assert all(f"{number} / {len(texts)}" in text for number, text in enumerate(texts, 1))


@pytest.mark.parametrize("page", [("full", LIGHT, PRINTED)], indirect=True)
def test_a_heading_is_on_the_page_of_what_it_heads(page: Page) -> None:
    texts = [_letters(text) for text in _texts(page)]
    for heading in page.locator("h3").all():
        first = heading.evaluate("each => each.nextElementSibling.querySelector('a, th, td')?.innerText ?? ''")
        both = _letters(heading.inner_text() + first)
        assert any(both in text for text in texts), both


@pytest.mark.parametrize("page", [("full", LIGHT, PRINTED)], indirect=True)
def test_the_head_of_a_long_table_is_on_each_of_its_pages_and_no_row_is_cut(page: Page) -> None:
    page.evaluate(
        """() => {
            const tables = [...document.querySelectorAll("table")];
            const row = tables.find(({ tHead }) => tHead.innerText.startsWith("Chapter")).tBodies[0].rows[0];
            for (let n = 0; n < 120; n++) {
                const copy = row.cloneNode(true);
                copy.querySelector("th").textContent = `begin${n} and more words that take more than one line end${n}`;
                row.parentNode.append(copy);
            }
        }"""
    )
    texts = [each.extract_text() for each in _pages(page)]
    rows = [text for text in texts if "begin" in text]
    assert len(rows) > 3
    assert all(re.search(r"Chapter\s+Must\s+Should\s+May\s+Must\s+and\s+should", text) for text in rows)
    for text in rows:
        assert re.findall(r"begin(\d+)", text) == re.findall(r"end(\d+)", text)


def _drawn(page: Page) -> list[bytes]:
    """Return what is drawn on each page of the PDF."""
    contents = [each.get_contents() for each in _pages(page)]
    return [each.get_data() for each in contents if each is not None]


@pytest.mark.parametrize("page", [("half", DARK)], indirect=True)
def test_a_browser_with_dark_colours_prints_as_any_other(page: Page, browser: Browser) -> None:
    with browser.new_context(**LIGHT) as context:
        other = context.new_page()
        other.goto(page.url)
        light = _drawn(other)
    assert all(light)
    assert _drawn(page) == light
