"""The page What changed, as people read it: by sight, by ear, and on a phone."""

import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import ask_accessible, ask_fitting
from tests.browser.conftest import PHONE, WIDE, Visit

PAGE = "about/changes/"


@pytest.mark.parametrize(
    "visit",
    [{"viewport": WIDE, "color_scheme": "light"}, {"viewport": PHONE, "color_scheme": "dark"}],
    ids=["light-wide", "dark-phone"],
    indirect=True,
)
def test_what_changed_has_no_accessibility_violation_and_fits(visit: Visit) -> None:
    page = visit.go(PAGE)
    ask_accessible(page)
    ask_fitting(page)


def test_what_went_and_what_came_are_told_by_their_lines_and_in_words(visit: Visit) -> None:
    page = visit.go(PAGE)
    # A link to a change shows the two editions that it is of, whichever are chosen.
    page = visit.go(f"{PAGE}#{page.locator('.change:has(.move)').first.get_attribute('id')}")
    change = page.locator(".change:target")
    expect(change).to_be_visible()
    lines = {
        tag: change.locator(tag).first.evaluate("each => getComputedStyle(each).textDecorationLine")
        for tag in ("del", "ins")
    }
    assert lines == {"del": "line-through", "ins": "underline"}
    text = change.inner_text().replace("\n", " ")
    assert "[removed: " in text
    assert "[added: " in text
    expect(change.locator(".move")).to_contain_text(" became")
