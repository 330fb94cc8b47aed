"""What readers do: search, follow old links, read without JavaScript, print."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import ask_fitting
from tests.browser.conftest import PHONE, Visit


def _search(visit: Visit, words: str) -> Page:
    page = visit.go("")
    box = page.get_by_role("textbox", name="Search")
    box.click()
    box.press_sequentially(words)  # the theme listens to keys, not to the value
    page.locator(".md-search-result__link").first.wait_for()
    return page


def test_search_finds_a_row_by_product_and_lands_on_it(visit: Visit) -> None:
    page = _search(visit, "Pachyderm")
    page.locator(".md-search-result__link", has_text="Pachyderm: With reservations").click()
    page.wait_for_url("**/recommendations/**#pachyderm")
    row = page.locator("tr:has(#pachyderm)")
    expect(row).to_be_visible()
    expect(row).to_be_in_viewport()


def test_search_finds_the_text_of_a_section(visit: Visit) -> None:
    page = _search(visit, "materialised views")
    page.locator(".md-search-result__link[href*='databases/'][href*='#mixed']").click()
    page.wait_for_url("**/principles/scalability/databases/**#mixed")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("#234-keys", "security/keys/#s2-4-4"),
        ("#361-url-versioning", "source-control/api-versions/#s3-6-1"),
        ("#axioms", "principles/#s2"),
        ("#231-sessions", "principles/scalability/sessions/#s2-3-1"),
    ],
)
def test_an_anchor_of_the_2023_document_leads_to_its_section(visit: Visit, old: str, new: str) -> None:
    visit.page.goto(visit.address + old)
    visit.page.wait_for_url(visit.address + new)
    expect(visit.page.locator(f"#{new.partition('#')[2]}")).to_be_visible()


@pytest.mark.parametrize("visit", [{"java_script_enabled": False}], indirect=True, ids=["no-javascript"])
def test_the_guide_is_whole_without_javascript(visit: Visit) -> None:
    page = visit.go("recommendations/")
    expect(page.locator("tbody tr:visible")).to_have_count(24)
    expect(page.locator("form.filters")).to_be_hidden()
    page.goto(visit.address + "#234-keys")
    expect(page.locator("#\\32 34-keys a")).to_have_attribute("href", "./security/keys/#s2-4-4")
    page.set_viewport_size(PHONE)
    ask_fitting(visit.go("rules/never-write-your-own-cache/"), "on a phone")


def test_a_code_sample_can_be_copied(visit: Visit) -> None:
    visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = visit.go("source-control/api-versions/")
    page.locator(".md-code__button, .md-clipboard").first.click()
    # Page.wait_for_function asks again by eval, which the policy of the page forbids, and takes a promise for true.
    copied = """async () => {
        for (let n = 0; n < 100 && !(await navigator.clipboard.readText()); n++) {
            await new Promise((done) => setTimeout(done, 50));
        }
        return navigator.clipboard.readText();
    }"""
    assert page.evaluate(copied).startswith("mkdir -p public\ngit log")


def test_a_printed_page_leaves_out_the_controls(visit: Visit) -> None:
    page = visit.go("recommendations/")
    page.emulate_media(media="print")
    expect(page.locator("form.filters")).to_be_hidden()
    expect(page.locator(".md-header")).to_be_hidden()
    expect(page.locator("tbody tr:visible")).to_have_count(24)
    assert page.pdf()[:5] == b"%PDF-"


def test_a_wrong_address_says_so_and_leads_on(visit: Visit) -> None:
    page = visit.go("no/such/page/")
    visit.faults.clear()  # the browser reports the 404 that was asked for
    page.get_by_role("link", name="The contents of the guide").click()
    expect(page.locator("h1")).to_contain_text("VGER Architecture Guide")
