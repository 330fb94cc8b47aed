"""The ways in: tabs and cards that lead where they say, pages that fit, and a search that nobody waits for."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit

NARROW = 320
PAGES = (
    "",
    "start/",
    "hard-rules/",
    "decisions/",
    "glossary/",
    "example/",
    "assess/",
    "checklists/api/",
    "rules/",
    "recommendations/",
)


def test_no_tab_is_cut_off_where_there_are_tabs(visit: Visit) -> None:
    page = visit.go("")
    for width in (1220, 1280, 1400):
        page.set_viewport_size({"width": width, "height": 900})
        edges = page.locator(".md-tabs__link").evaluate_all(
            "links => links.map((link) => link.getBoundingClientRect().right)"
        )
        assert max(edges) <= width


@pytest.mark.parametrize("visit", [{"viewport": {"width": NARROW, "height": 640}}], indirect=True, ids=["narrow"])
def test_no_page_scrolls_sideways_at_400_per_cent(visit: Visit) -> None:
    for path in PAGES:
        page = visit.go(path)
        assert page.evaluate("document.scrollingElement.scrollWidth") <= NARROW, path


def test_a_card_of_the_home_page_leads_to_the_page_that_it_names(visit: Visit) -> None:
    page = visit.go("")
    cards = page.locator(".doors li")
    for at in range(cards.count()):
        card = cards.nth(at)
        wanted = card.locator("a").first.evaluate("link => link.href")
        card.click()
        page.wait_for_url(wanted)
        visit.go("")


def test_the_search_is_fetched_when_somebody_searches_and_finds_an_option(visit: Visit) -> None:
    asked: list[str] = []
    visit.page.on("request", lambda request: asked.append(request.url))
    page = visit.go("")
    heavy = ("entries.json", "/workers/search")
    assert [url for url in asked if any(part in url.partition("?")[0] for part in heavy)] == []
    box = page.get_by_role("textbox", name="Search")
    box.click()
    box.press_sequentially("--fail-on")
    first = page.locator(".md-search-result__item").first
    expect(first).to_contain_text("Checking a repository")
    assert [url for url in asked if "entries.json" in url] != []


def test_a_workbook_is_downloaded_from_a_checklist(visit: Visit) -> None:
    page = visit.go("checklists/library/")
    with page.expect_download() as download:
        page.get_by_role("link", name="Excel").click()
    assert download.value.suggested_filename == "checklist-library.xlsx"
