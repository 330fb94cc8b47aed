"""What is answered is kept: by two tabs, with no room, and with no network."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.review_page import begin, beside, document, press, settled, tools


def test_two_tabs_show_and_keep_the_answers_of_both(visit: Visit) -> None:
    page = begin(visit)
    other = beside(page)
    press(page, "j 1")
    press(other, "j j 3")
    settled(page)
    settled(other)
    for tab in (page, other):
        expect(tab.locator(".rv-item[data-choice=unanswered]")).to_have_count(116)
    page.reload()
    page.wait_for_selector(".rv-item")
    assert {next(iter(each.values()))["value"] for each in document(page)["answers"].values()} == {"met", "not-met"}


def test_what_two_tabs_say_of_the_same_answer_is_kept_and_shown_in_both(visit: Visit) -> None:
    page = begin(visit)
    other = beside(page)
    press(page, "j 1 c")
    page.keyboard.type("from one")
    settled(page)
    press(other, "j c")
    other.get_by_label("Comment").first.press("End")
    other.keyboard.type(" and from two")
    settled(other)
    expect(page.get_by_label("Comment").first).to_have_value("from one and from two")
    page.get_by_label("Comment").first.press("End")
    page.keyboard.type(", again")
    press(page, "Escape u")
    settled(page)
    page.reload()
    page.wait_for_selector(".rv-item")
    answer = document(page)["answers"]["MET001"]["web-shop"]
    assert answer["value"] == "met"
    assert answer["comment"] == "from one and from two"


def test_an_answer_of_one_tab_is_undone_and_the_words_of_another_stay(visit: Visit) -> None:
    page = begin(visit)
    other = beside(page)
    press(page, "j 1")
    settled(page)
    press(other, "j c")
    other.keyboard.type("seen")
    settled(other)
    expect(page.get_by_label("Comment").first).to_have_value("seen")
    press(page, "u")
    settled(page)
    page.reload()
    page.wait_for_selector(".rv-item")
    answer = document(page)["answers"]["MET001"]["web-shop"]
    assert "value" not in answer
    assert answer["comment"] == "seen"


def test_a_review_that_another_tab_deletes_is_not_said_to_be_saved(visit: Visit) -> None:
    page = begin(visit)
    other = page.context.new_page()
    other.goto(page.url.partition("#")[0])
    other.get_by_role("button", name="Delete Autumn").click()
    other.get_by_role("button", name="Delete", exact=True).click()
    other.wait_for_selector(".rv-copies")
    press(page, "j 1")
    expect(page.locator(".rv-status")).to_have_text("Not saved")
    expect(page.locator(".rv-alert").first).to_contain_text("deleted in another tab")


@pytest.mark.parametrize("what", ["forbidden", "full"])
def test_a_browser_that_keeps_nothing_says_so_and_offers_the_file(visit: Visit, what: str) -> None:
    forbidden = "indexedDB.open = () => { throw new DOMException('not here', 'SecurityError') }"
    full = "IDBObjectStore.prototype.put = () => { throw new DOMException('no room', 'QuotaExceededError') }"
    visit.page.add_init_script(forbidden if what == "forbidden" else "")
    page = begin(visit)
    if what == "full":
        page.evaluate(f"void ({full})")
    press(page, "j 1")
    expect(page.locator(".rv-alert").first).to_contain_text("full" if what == "full" else "not here")
    with page.expect_download() as download:
        tools(page).get_by_role("button", name="Download the review").click()
    assert "MET001" in json.loads(Path(download.value.path()).read_bytes())["answers"]


def test_what_could_not_be_saved_is_saved_when_there_is_room_again(visit: Visit) -> None:
    page = begin(visit)
    page.evaluate("""() => {
        globalThis.put = IDBObjectStore.prototype.put;
        IDBObjectStore.prototype.put = () => { throw new DOMException('no room', 'QuotaExceededError'); };
    }""")
    press(page, "j 1")
    page.wait_for_selector(".rv-alert p")
    page.evaluate("() => { IDBObjectStore.prototype.put = globalThis.put; }")
    press(page, "j 3")
    settled(page)
    page.reload()
    page.wait_for_selector(".rv-item")
    assert len(document(page)["answers"]) == 2


def test_a_review_goes_on_with_the_network_cut(visit: Visit) -> None:
    page = begin(visit)
    page.context.set_offline(True)
    press(page, "j 1 c")
    page.keyboard.type("On the train")
    settled(page)
    assert document(page)["answers"]["MET001"]["web-shop"]["comment"] == "On the train"
