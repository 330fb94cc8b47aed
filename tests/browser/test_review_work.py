"""The work stands where people look: the questions first, nothing hidden, and many answers by few steps."""

import json

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import PHONE, WIDE, Visit
from tests.browser.review_page import begin, bring, document, more, press, settled, tools, walk_window

SCREENS = [{"viewport": WIDE}, {"viewport": PHONE}]
# What has the focus, and what lies over the top of the page; nothing where the focus is in what lies there.
FOCUS = """() => {
    const { activeElement: element } = document;
    const band = document.querySelector('.rv-band');
    if (element === document.body || band.contains(element) || element.closest('.md-header')) return null;
    const stuck = band.getBoundingClientRect().top <= (parseFloat(getComputedStyle(band).top) || 0) + 1;
    const { top, bottom } = element.getBoundingClientRect();
    const edge = stuck ? band.getBoundingClientRect().bottom : 0;
    return { name: element.outerHTML.slice(0, 80), hidden: bottom <= edge + 1 || top >= innerHeight };
}"""


@pytest.mark.parametrize("visit", SCREENS, indirect=True, ids=["wide", "phone"])
def test_the_first_answer_is_on_the_first_screen_and_no_focus_is_below_a_band(visit: Visit) -> None:
    page = begin(visit, targets=["One", "Two"], profile="library")
    size = page.viewport_size
    assert size
    box = page.locator(".rv-choices").first.bounding_box()
    assert box
    assert box["y"] + box["height"] < size["height"] * 0.75
    press(page, "j j j j Enter j j j")
    for _ in range(40):
        page.keyboard.press("Shift+Tab")
        found = page.evaluate(FOCUS)
        assert not (found and found["hidden"]), found
    press(page, "j")
    assert page.evaluate(FOCUS)["hidden"] is False


@pytest.mark.parametrize("visit", SCREENS[1:], indirect=True, ids=["phone"])
def test_a_window_is_opened_walked_and_left_by_keys_and_the_focus_goes_back(visit: Visit) -> None:
    page = begin(visit, targets=["One", "Two"], profile="library")
    more(page)
    head = page.locator(".rv-head")
    for name in ("Download", "Share", "Title, targets", "Copy answers", "Milestone", "Compare", "Keys"):
        opener = head.get_by_role("button", name=name, exact=True)
        opener.press("Enter")
        walk_window(page, 5)
        expect(opener).to_be_focused()
    review = document(page)
    head.get_by_role("button", name="All reviews").press("Enter")
    delete = page.get_by_role("button", name="Delete Autumn")
    delete.press("Enter")
    walk_window(page, 3)
    expect(delete).to_be_focused()
    bring(page, "company.template.json", json.dumps({**review, "template": True}).encode())
    walk_window(page, 5)
    expect(page.get_by_role("button", name="Import")).to_be_focused()
    # In a field of one line Enter does what the strong button does.
    bring(page, "company.template.json", json.dumps({**review, "template": True}).encode())
    page.get_by_role("dialog").get_by_label("Title").fill("Winter")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Winter")).to_be_focused()


def test_a_section_is_answered_and_a_target_copied_in_one_step_that_is_undone_in_one(visit: Visit) -> None:
    page = begin(visit, targets=["One", "Two"], profile="library")
    rules = page.locator(".rv-section").nth(1).locator(".rv-item").count()
    page.locator(".rv-section__all").nth(1).click()
    page.locator("dialog").get_by_role("button", name=f"Answer {rules} of {rules}").click()
    met = page.locator(".rv-item[data-choice=met]")
    expect(met).to_have_count(rules)
    page.get_by_label("Target").select_option("Two")
    expect(met).to_have_count(0)
    more(page)
    tools(page).get_by_role("button", name="Copy answers").click()
    expect(page.locator("dialog [role=status]")).to_have_text(f"{rules} answers will be copied.")
    tools(page).get_by_role("button", name="Copy", exact=True).click()
    expect(met).to_have_count(rules)
    page.get_by_role("button", name="Undo").click()
    expect(met).to_have_count(0)
    page.get_by_label("Target").select_option("One")
    page.get_by_role("button", name="Next open").click()
    expect(page.locator(".rv-item:focus-within")).to_have_attribute("data-choice", "unanswered")


def test_a_link_carries_the_review_and_nothing_is_kept_unasked(visit: Visit, browser: Browser) -> None:
    page = begin(visit, profile="library")
    press(page, "j 3")
    page.get_by_label("Comment").first.fill("Seen by both")
    settled(page)
    tools(page).get_by_role("button", name="Share").click()
    page.get_by_label("Password").fill("sesame")
    tools(page).get_by_role("button", name="Make the link").click()
    link = page.get_by_label("Link", exact=True).input_value()
    page.keyboard.press("Escape")
    with browser.new_context() as context:
        other = context.new_page()
        for answer in ("Leave it", "Take it in"):
            other.goto("about:blank")
            other.goto(link)
            expect(other.locator("dialog")).to_contain_text("Password")
            other.get_by_label("Password").fill("sesame")
            other.get_by_role("button", name="Open").click()
            expect(other.locator("dialog")).to_contain_text("Autumn")
            expect(other.locator(".rv-review")).to_have_count(0)
            other.get_by_role("dialog").get_by_label("You are").fill("Eve")
            other.get_by_role("button", name=answer).click()
        other.wait_for_selector(".rv-item")
        assert "share=" not in other.url
        assert document(other) == document(page)
        press(other, "j 1")
        settled(other)
        assert document(other)["people"][-1]["name"] == "Eve"
