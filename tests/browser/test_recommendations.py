"""The recommendations: filtered, sorted, shared and reached, by mouse and by keyboard."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Visit

SHOWN = "tbody tr:visible"


def _names(page: Page, count: int) -> list[str]:
    """Return the names of the rows, as soon as so many are shown."""
    expect(page.locator(SHOWN)).to_have_count(count)
    # Of cards out of view too, which a phone has not laid out; the verdict follows for those who see no colours.
    texts = page.locator(f"{SHOWN} h3").all_text_contents()
    return [re.split(r"\n|: [A-Z]|¶", text.strip())[0].strip() for text in texts]


def _left(page: Page) -> int:
    """Return how many rows the page says are left, as soon as it says that not all are."""
    status = page.get_by_role("status")
    expect(status).to_have_text(re.compile(r"^\d+ of 24 options$"))
    return int(status.inner_text().partition(" ")[0])


def test_the_filters_narrow_the_rows_and_say_how_many_are_left(visit: Visit) -> None:
    page = visit.go("recommendations/")
    expect(page.get_by_role("status")).to_have_text("All 24 options")
    page.get_by_label("Verdict").select_option("Avoid")
    names = _names(page, _left(page))
    assert {"AWS CloudFormation", "CDK (AWS, and HashiCorp's for Terraform)"} <= set(names)
    verdicts = {text.strip().partition("\n")[0] for text in page.locator(f"{SHOWN} .verdict").all_inner_texts()}
    assert verdicts == {"Avoid"}
    page.get_by_label("Verdict").select_option("All")
    page.get_by_label("Section").select_option("3.5.1 Code analysis tools")
    assert len(_names(page, 6)) == 6
    page.get_by_label("Text").fill("keys worth")
    assert _names(page, 1) == ["GitHub Advanced Security"]
    page.get_by_label("Text").fill("no such thing")
    page.get_by_role("button", name="Show all").click()
    assert len(_names(page, 24)) == 24


def test_a_filtered_view_can_be_shared(visit: Visit) -> None:
    page = visit.go("recommendations/")
    page.get_by_label("Verdict").select_option("Use")
    page.get_by_label("Text").fill("git")
    expect(page).to_have_url(re.compile(r"verdict=use&q=git|q=git&verdict=use"))
    shared, names = page.url, _names(page, _left(page))
    visit.go("")
    page.goto(shared)
    assert _names(page, len(names)) == names


def test_a_link_to_a_row_shows_it_whatever_the_filters_say(visit: Visit) -> None:
    page = visit.go("recommendations/?verdict=avoid#dvc")
    expect(page.locator("#dvc")).to_be_visible()
    page.get_by_label("Verdict").select_option("Avoid")
    page.evaluate("location.hash = '#faker'")
    page.locator("#faker").wait_for(state="visible")


@pytest.mark.parametrize("hash_", ["#100%", "#%E0%A4%A", "#"])
def test_an_address_that_names_no_row_leaves_the_filters_alive(visit: Visit, hash_: str) -> None:
    page = visit.go(f"recommendations/?verdict=avoid{hash_}")
    page.get_by_label("Text").fill("cdk")
    page.get_by_text("1 of 24 options").wait_for()


@pytest.mark.parametrize("visit", [{}, {"viewport": PHONE}], indirect=True, ids=["wide", "phone"])
def test_the_rows_sort_by_keyboard_both_ways(visit: Visit) -> None:
    page = visit.go("recommendations/")
    page.get_by_label("Text").focus()
    for _ in range(4):
        page.keyboard.press("Tab")
    name, verdict = (page.locator(f"th[data-sort={each}]") for each in ("name", "verdict"))
    expect(name.get_by_role("button")).to_be_focused()
    page.keyboard.press("Enter")
    expect(name).to_have_attribute("aria-sort", "ascending")
    names = _names(page, 24)
    assert names == sorted(names, key=str.casefold)
    page.keyboard.press("Space")
    expect(name).to_have_attribute("aria-sort", "descending")
    assert _names(page, 24) == names[::-1]
    verdict.get_by_role("button").press("Enter")
    expect(verdict).to_have_attribute("aria-sort", "ascending")
    verdicts = [text.strip() for text in page.locator("tbody td .verdict").all_text_contents()]
    order = ["Use", "Recommended", "Start using", "With reservations", "Watch", "Investigate", "Avoid"]
    assert verdicts == sorted(verdicts, key=order.index)
    expect(name).not_to_have_attribute("aria-sort", re.compile(""))
