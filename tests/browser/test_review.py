"""Reviews in the browser, made as people make them."""

import io
import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import PHONE, Visit
from tests.browser.reviewing import PAGE, begin, bring, document, downloaded, settled
from tests.reviews.made import MAKERS, NOW
from vger_guide.catalog import Catalog
from vger_guide.exports.forms import Filled, form
from vger_guide.reviews import storage
from vger_guide.reviews.asking import content_hash
from vger_guide.reviews.migrating import migrate
from vger_guide.reviews.scores import tally

LOOKS = [{"color_scheme": "light"}, {"color_scheme": "dark", "viewport": PHONE}]


def today() -> date:
    """Return the day that the browser sees."""
    return datetime.now(UTC).astimezone().date()


def press(page: Page, keys: str) -> None:
    """Press keys one after another; words in angle brackets are names of keys."""
    for key in keys.split():
        page.keyboard.press(key)


def test_a_review_is_filled_in_taken_away_and_brought_back_by_keyboard_alone(visit: Visit) -> None:
    page = visit.go(PAGE)
    page.get_by_label("Title").focus()
    page.keyboard.type("By hand")
    press(page, "Tab m Tab Tab Tab")  # the kind of system whose name begins with m
    for _ in range(2):
        press(page, "Space Tab")  # no chapter 2, no chapter 3
    press(page, "Tab")
    page.keyboard.type("Model\nPipeline")
    press(page, "Tab Enter")
    page.wait_for_selector(".rv-item")
    count = page.locator(".rv-item").count()
    press(page, "j 1 c")
    page.keyboard.type("Seen on Monday")
    press(page, "Escape j 3 e")
    page.keyboard.type("The log of the build")
    press(page, "Escape j n")
    page.keyboard.type("There is no model yet")
    press(page, "Escape" + " j 2" * (count - 3))
    press(page, "]" + " k" * (count - 1) + " 1")
    settled(page)
    name, data = downloaded(page, "json")
    made = json.loads(data)
    assert name == "by-hand.json"
    values = [answer.get("value", "-") for targets in made["answers"].values() for answer in targets.values()]
    assert sorted(values) == sorted(["met", "met", "not-met", "-", *["partial"] * (count - 3)])

    page.get_by_role("button", name="All reviews").press("Enter")
    page.get_by_role("button", name="Delete By hand").press("Enter")
    page.get_by_role("button", name="Delete", exact=True).press("Enter")
    page.locator("summary", has_text="Earlier copies").press("Enter")
    page.get_by_role("button", name="Forget").press("Enter")
    page.wait_for_selector(".rv-review", state="detached")
    bring(page, name, data)
    page.locator(".rv-review a").press("Enter")
    page.wait_for_selector(".rv-item")
    assert downloaded(page, "json")[1] == data


def test_what_the_page_writes_is_what_the_engine_writes(visit: Visit, catalog: Catalog) -> None:
    page = begin(visit, profile="api", targets=["One", "Two"])
    page.get_by_label("You are").fill("Ada <i>L.</i>")
    press(page, "Tab j 1 j 3 j n")
    page.keyboard.type("No part of it")
    settled(page)
    data = downloaded(page, "json")[1]
    review = storage.read(data)
    assert storage.write(review).encode() == data
    assert review.content_hash == content_hash(Filled(catalog, review, today()).rules)
    assert {person.name for person in review.people} == {"Ada <i>L.</i>"}
    counts = tally(review, Filled(catalog, review, today()).rules, "one", today())
    score = f"{counts.percent}% met: {counts.met} of {counts.applicable} that apply"
    assert page.locator(".rv-score").inner_text().startswith(score)


def said(review: Any) -> dict[str, Any]:
    """Return what was answered, without when."""
    return {rule: {**targets["web-shop"], "at": ""} for rule, targets in review["answers"].items()}


def test_an_answer_is_undone_and_done_again(visit: Visit) -> None:
    page = begin(visit)
    press(page, "j 1 j 3 u")
    assert list(document(page)["answers"]) == ["MET001"]
    press(page, "r")
    assert len(document(page)["answers"]) == 2
    press(page, "u u")
    assert "answers" not in document(page)


def test_two_tabs_show_and_keep_the_answers_of_both(visit: Visit) -> None:
    page = begin(visit)
    other = page.context.new_page()
    other.goto(page.url)
    other.wait_for_selector(".rv-item")
    press(page, "j 1")
    press(other, "j j 3")
    settled(page)
    settled(other)
    for tab in (page, other):
        tab.wait_for_function("document.querySelectorAll('.rv-item[data-choice=unanswered]').length === 116")
    page.reload()
    page.wait_for_selector(".rv-item")
    assert {next(iter(each.values()))["value"] for each in document(page)["answers"].values()} == {"met", "not-met"}


def test_a_link_leads_to_a_rule_in_the_review(visit: Visit) -> None:
    page = begin(visit, targets=["One", "Two"])
    press(page, "] / ")
    page.keyboard.type("SES004")
    press(page, "Escape j")
    address = page.url
    assert "rule=SES004" in address
    page.goto("about:blank")
    page.goto(address)
    page.wait_for_selector(".rv-item")
    assert page.get_by_label("Target").first.input_value() == "two"
    assert page.evaluate("document.activeElement.id") == "rule-SES004"


def test_filters_show_what_is_asked_for_and_say_how_many(visit: Visit) -> None:
    page = begin(visit)
    press(page, "j 1 j 3")
    page.get_by_label("Show").select_option("Not met or partly met")
    assert page.locator(".rv-item:visible").count() == 1
    assert page.locator(".rv-filters__count").inner_text() == "1 of 118 rules"
    page.get_by_label("Find").fill("nothing has these words")
    page.get_by_role("button", name="Show all").click()
    assert page.locator(".rv-filters__count").inner_text() == "All 118 rules"


def test_the_answers_go_through_a_spreadsheet_and_task_lists_and_come_back(visit: Visit) -> None:
    page = begin(visit, profile="library")
    press(page, "j 1 c")
    page.keyboard.type('=HYPERLINK("http://evil.example")')
    settled(page)
    before = document(page)
    name, data = downloaded(page, "xlsx")
    book = openpyxl.load_workbook(io.BytesIO(data))
    texts = [cell for sheet in book for row in sheet.iter_rows() for cell in row if "HYPERLINK(" in str(cell.value)]
    assert any("evil" in str(cell.value) and cell.data_type == "s" for cell in texts)
    press(page, "j 3")
    settled(page)
    bring(page, name, data)
    page.get_by_role("button", name="Take them").click()
    page.wait_for_selector("dialog", state="detached")
    assert said(document(page)) == said(before)

    name, data = downloaded(page, "tasks")
    ticked = data.replace(b"- [ ]", b"- [x]", 1)
    assert name == "autumn.tasks.md"
    bring(page, "issue.md", ticked)
    page.get_by_role("button", name="tasks", exact=True).click()
    page.get_by_role("button", name="Take them").click()
    page.wait_for_selector("dialog", state="detached")
    assert sum(each["web-shop"].get("value") == "met" for each in document(page)["answers"].values()) == 2


def test_two_copies_are_merged_and_what_both_changed_is_listed(visit: Visit) -> None:
    page = begin(visit)
    press(page, "j 1 j")
    settled(page)
    theirs = document(page)
    [first] = theirs["answers"]
    theirs["answers"][first]["web-shop"]["value"] = "partial"
    theirs["answers"]["SES004"] = {"web-shop": {**theirs["answers"][first]["web-shop"], "value": "met"}}
    bring(page, "theirs.json", json.dumps(theirs).encode())
    page.get_by_role("button", name="Merge").click()
    page.wait_for_selector("dialog", state="detached", timeout=120_000)
    merged = document(page)
    assert merged["answers"][first]["web-shop"]["value"] == "met"
    assert merged["answers"]["SES004"]["web-shop"]["value"] == "met"
    assert [conflict["place"][1] for conflict in merged["conflicts"]] == [first]

    page.get_by_role("button", name="Take the other").click()
    page.wait_for_selector(".rv-conflict", state="detached")
    decided = document(page)
    assert decided["answers"][first]["web-shop"]["value"] == "partial"
    assert "conflicts" not in decided


def test_a_review_of_another_edition_that_the_browser_keeps_is_moved_when_it_is_opened(
    visit: Visit, catalog: Catalog
) -> None:
    page = begin(visit)
    press(page, "j 1")
    settled(page)
    stored = storage.read(downloaded(page, "json")[1])
    old = json.loads(storage.write(migrate(stored, catalog, "2023.09", NOW)))
    keep = """(frame) => new Promise((resolve) => {
        indexedDB.open('vger-reviews').onsuccess = ({ target }) => {
            const change = target.result.transaction('frames', 'readwrite');
            change.objectStore('frames').put(frame);
            change.oncomplete = () => { target.result.close(); resolve(); };
        };
    })"""
    page.evaluate(keep, {key: value for key, value in old.items() if key != "answers"})
    page.reload()
    page.get_by_role("button", name="Close").click()
    assert page.locator(".rv-review").inner_text().count("edition 2023.09") == 1
    page.locator(".rv-review a").click()
    page.get_by_role("button", name="Move it").click()
    page.wait_for_selector("dialog li >> text=Kept", timeout=120_000)
    page.get_by_role("button", name="Close").click()
    page.wait_for_selector(".rv-item")
    assert document(page)["edition"] == "next"


def test_what_is_not_applicable_to_one_target_is_not_so_to_the_next(visit: Visit) -> None:
    page = begin(visit, targets=["One", "Two"])
    press(page, "j n Escape ]")
    assert page.locator("[data-rule=MET001]").get_attribute("data-choice") == "unanswered"
    press(page, "[")
    assert page.locator("[data-rule=MET001]").get_attribute("data-choice") == "unanswered"


def test_a_review_that_another_tab_deletes_is_not_said_to_be_saved(visit: Visit) -> None:
    page = begin(visit)
    other = page.context.new_page()
    other.goto(page.url.partition("#")[0])
    other.get_by_role("button", name="Delete Autumn").click()
    other.get_by_role("button", name="Delete", exact=True).click()
    other.wait_for_selector(".rv-copies")
    press(page, "j 1")
    page.wait_for_function("document.querySelector('.rv-status').textContent === 'Not saved'")
    assert "deleted in another tab" in page.locator(".rv-alert").first.inner_text()


def test_a_copy_that_came_back_unchanged_changes_nothing(visit: Visit) -> None:
    page = begin(visit)
    press(page, "j 3 e")
    page.keyboard.type("A log")
    page.get_by_label("Owner").nth(1).fill("Bo")
    settled(page)
    bring(page, "own.json", downloaded(page, "json")[1])
    assert "0 answers differ" in page.locator("dialog").inner_text()


def test_a_conflict_is_decided_by_an_answer(visit: Visit) -> None:
    page = begin(visit)
    press(page, "j 1")
    settled(page)
    made = document(page)
    place = ["answers", "MET001", "web-shop", "value"]
    made["conflicts"] = [{"place": place, "ours": {"value": "met"}, "theirs": {"value": "partial"}}]
    bring(page, "conflict.json", json.dumps(made).encode())
    page.get_by_role("button", name="Replace").click()
    page.wait_for_selector(".rv-conflict")
    assert "Partly met" in page.locator(".rv-conflict").inner_text()
    page.locator("#rule-MET001").focus()
    press(page, "3")
    page.wait_for_selector(".rv-conflict", state="detached")
    assert "conflicts" not in document(page)


@pytest.mark.parametrize("name", MAKERS)
def test_every_made_review_is_shown_as_text_and_comes_out_as_it_went_in(
    visit: Visit, catalog: Catalog, name: str
) -> None:
    data = storage.write(MAKERS[name](catalog)).encode()
    page = visit.go(PAGE)
    bring(page, "made.json", data)
    page.locator(".rv-review a").click()
    page.wait_for_selector(".rv-item")
    assert page.locator("#review :is(script:not([type='application/json']), img, iframe, b, i)").count() == 0
    assert downloaded(page, "json")[1] == data


def test_a_file_that_is_dropped_is_taken_as_one_that_is_picked(visit: Visit) -> None:
    page = begin(visit)
    press(page, "j 1")
    settled(page)
    data = json.dumps(document(page)).replace('"met"', '"partial"')
    drop = """(text) => {
        const files = new DataTransfer();
        files.items.add(new File([text], 'copy.json'));
        document.querySelector('.rv-list').dispatchEvent(new DragEvent('drop', { dataTransfer: files, bubbles: true }));
    }"""
    page.evaluate(drop, data)
    page.get_by_role("button", name="Replace").click()
    page.wait_for_selector("dialog", state="detached")
    assert document(page)["answers"]["MET001"]["web-shop"]["value"] == "partial"


BROKEN = {
    "no JSON": (b"{", "is not JSON"),
    "another document": (b'{"schemaVersion": 1}', "required"),
    "a bad value": (b"", "value"),
    "an unknown target": (b"", "names the target"),
    "a newer version": (b'{"schemaVersion": 2}', "newer version"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_file_is_refused_with_its_problems_and_changes_nothing(visit: Visit, what: str) -> None:
    page = begin(visit)
    press(page, "j 1")
    settled(page)
    data, problem = BROKEN[what]
    made = before = document(page)
    if what == "a bad value":
        made = json.loads(json.dumps(before).replace('"met"', '"mett"'))
    if what == "an unknown target":
        made = {**before, "answers": {"MET001": {"nobody": before["answers"]["MET001"]["web-shop"]}}}
    bring(page, "broken.json", data or json.dumps(made).encode())
    assert problem in page.locator("dialog .rv-problems").inner_text()
    page.keyboard.press("Escape")
    assert document(page) == before


@pytest.mark.parametrize("what", ["forbidden", "full"])
def test_a_browser_that_keeps_nothing_says_so_and_offers_the_file(visit: Visit, what: str) -> None:
    forbidden = "indexedDB.open = () => { throw new DOMException('not here', 'SecurityError') }"
    full = "IDBObjectStore.prototype.put = () => { throw new DOMException('no room', 'QuotaExceededError') }"
    visit.page.add_init_script(forbidden if what == "forbidden" else "")
    page = begin(visit)
    if what == "full":
        page.evaluate(f"void ({full})")
    press(page, "j 1")
    page.wait_for_selector(".rv-alert p")
    assert ("full" if what == "full" else "not here") in page.locator(".rv-alert").first.inner_text()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the review").click()
    assert "MET001" in json.loads(Path(download.value.path()).read_bytes())["answers"]


def test_a_review_goes_on_with_the_network_cut(visit: Visit) -> None:
    page = begin(visit)
    page.context.set_offline(True)
    press(page, "j 1 c")
    page.keyboard.type("On the train")
    settled(page)
    assert document(page)["answers"]["MET001"]["web-shop"]["comment"] == "On the train"


@pytest.mark.parametrize("visit", [{"java_script_enabled": False}], indirect=True, ids=["no script"])
def test_without_javascript_the_page_says_what_needs_it(visit: Visit) -> None:
    page = visit.go(PAGE)
    assert "needs JavaScript" in page.locator("#review").inner_text()


def test_a_milestone_is_kept_and_compared_with(visit: Visit) -> None:
    page = begin(visit)
    press(page, "j 1")
    page.get_by_role("button", name="Milestone").click()
    page.get_by_role("button", name="Keep it").click()
    page.locator("#rule-MET001").focus()
    press(page, "3")
    page.get_by_role("button", name="Compare").click()
    row = page.locator("dialog tbody tr")
    assert row.inner_text().split("\t")[1:4] == ["Web shop", "Met", "Not met"]
    page.keyboard.press("Escape")
    [milestone] = document(page)["milestones"]
    assert milestone["score"] == {"formula": 1, "met": 1, "applicable": 118, "unanswered": 117, "not_applicable": 0}


def test_paper_has_the_answers_in_words_and_no_controls(visit: Visit) -> None:
    page = begin(visit, profile="library")
    press(page, "j 3 c")
    page.keyboard.type("Only on paper")
    press(page, "Escape")
    settled(page)
    page.emulate_media(media="print")
    shown = page.locator(".rv-item").first.inner_text()
    assert "Not met" in shown
    assert "Only on paper" in shown
    assert "Partly met" not in shown
    assert not page.get_by_role("button", name="Undo").is_visible()


@pytest.mark.parametrize("visit", LOOKS, indirect=True, ids=["light", "dark phone"])
def test_no_state_has_an_accessibility_violation(visit: Visit) -> None:
    page = visit.go(PAGE)
    _accessible(page, "start")
    page = begin(visit, targets=["One", "Two"], profile="web-application")
    press(page, "j 1 c Escape j 3 e Escape j n")
    _accessible(page, "open")
    for name in ("Download", "Keys", "Title, targets", "Compare", "Milestone"):
        page.get_by_role("button", name=name, exact=True).click()
        _accessible(page, name)
        page.get_by_role("button", name="Keep it" if name == "Milestone" else "Close").click()
    bring(page, "broken.json", b"{")
    _accessible(page, "problems")
    page.get_by_role("button", name="Close").click()
    page.get_by_role("button", name="All reviews").click()
    page.wait_for_selector(".rv-review")
    _accessible(page, "list")


def _accessible(page: Page, state: str) -> None:
    page.wait_for_timeout(300)
    page.evaluate("Promise.allSettled(document.getAnimations().map((each) => each.finished))")
    results = Axe().run(page)
    assert results.violations_count == 0, f"{state}: {results.generate_report()}"
    width, room = page.evaluate("[document.scrollingElement.scrollWidth, innerWidth]")
    assert width <= room, state


def test_forms_of_the_engine_are_the_same_in_the_browser_and_here(visit: Visit, catalog: Catalog) -> None:
    page = begin(visit, profile="library", targets=["One", "Two"])
    press(page, "j 1 j 3 j n")
    page.keyboard.type("No")
    settled(page)
    filled = Filled(catalog, storage.read(downloaded(page, "json")[1]), today())
    for name in ("markdown", "csv", "html", "oscal-results", "xlsx"):
        assert downloaded(page, name)[1] == form(name).write(filled), name


def test_a_review_of_another_edition_is_moved_to_this_one(visit: Visit, catalog: Catalog) -> None:
    made = MAKERS["half"](catalog)
    old = migrate(made, catalog, "2023.09", NOW)
    page = visit.go(PAGE)
    bring(page, "old.json", storage.write(old).encode())
    page.get_by_role("button", name="Move it").click()
    page.wait_for_selector("dialog li >> text=Kept", timeout=120_000)
    page.get_by_role("button", name="Close").click()
    page.locator(".rv-review a").click()
    page.wait_for_selector(".rv-item")
    found = document(page)
    assert found["edition"] == "next"
    assert found["answers"] == json.loads(storage.write(migrate(old, catalog, "next", NOW)))["answers"]


def test_a_checklist_leads_to_a_review_of_its_kind_of_system(visit: Visit) -> None:
    page = visit.go("checklists/data-pipeline/")
    page.get_by_role("link", name="Fill it in as a review").click()
    page.wait_for_selector(".rv-form")
    assert page.get_by_label("Kind of system").input_value() == "data-pipeline"


def test_a_signed_off_review_takes_no_answer_until_it_is_opened_again(visit: Visit) -> None:
    page = begin(visit)
    press(page, "j 1")
    page.get_by_label("State").focus()
    page.get_by_label("State").select_option("Signed off")
    assert page.evaluate("document.activeElement.tagName") == "SELECT"
    page.locator("#rule-MET001").focus()
    press(page, "3")
    assert page.locator(".rv-status").inner_text().startswith("Signed off")
    press(page, "u c")
    assert page.get_by_role("button", name="Import").is_disabled()
    assert page.get_by_role("button", name="Undo").is_disabled()
    assert page.get_by_label("Comment").is_disabled()
    assert document(page)["answers"]["MET001"]["web-shop"]["value"] == "met"
    page.get_by_label("State").select_option("In review")
    page.locator("#rule-MET001").focus()
    press(page, "3")
    assert document(page)["answers"]["MET001"]["web-shop"]["value"] == "not-met"


def test_what_two_tabs_say_of_the_same_answer_is_kept_and_shown_in_both(visit: Visit) -> None:
    page = begin(visit)
    other = page.context.new_page()
    other.goto(page.url)
    other.wait_for_selector(".rv-item")
    press(page, "j 1 c")
    page.keyboard.type("from one")
    settled(page)
    press(other, "j c")
    other.get_by_label("Comment").press("End")
    other.keyboard.type(" and from two")
    settled(other)
    page.wait_for_function("document.activeElement.value === 'from one and from two'")
    page.get_by_label("Comment").press("End")
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
    other = page.context.new_page()
    other.goto(page.url)
    other.wait_for_selector(".rv-item")
    press(page, "j 1")
    settled(page)
    press(other, "j c")
    other.keyboard.type("seen")
    settled(other)
    page.wait_for_selector(".rv-mark >> text=Comment")
    press(page, "u")
    settled(page)
    page.reload()
    page.wait_for_selector(".rv-item")
    answer = document(page)["answers"]["MET001"]["web-shop"]
    assert "value" not in answer
    assert answer["comment"] == "seen"


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


def test_filters_leave_what_nobody_chose_alone(visit: Visit) -> None:
    page = begin(visit, targets=["One", "Two"])
    press(page, "j 3 c")
    page.get_by_label("Owner").nth(1).fill("Bo")
    settled(page)
    press(page, "Escape ]")
    page.wait_for_timeout(300)
    assert page.locator(".rv-filters__count").inner_text() == "All 118 rules"
    for name in ("Overdue", "To confirm again"):
        page.get_by_label("Show").select_option(name)
        assert page.locator(".rv-filters__count").inner_text() == "0 of 118 rules"


def test_a_target_is_removed_with_its_answers_and_a_copy_is_kept(visit: Visit) -> None:
    page = begin(visit, targets=["One", "Two"])
    press(page, "j 1 ]")
    page.locator("#rule-MET001").focus()
    press(page, "3")
    page.get_by_role("button", name="Title, targets").click()
    page.get_by_role("textbox", name="Title").fill("Winter")
    page.get_by_label("Remove it, and its answers").first.check()
    page.get_by_role("button", name="Save").click()
    page.wait_for_selector("dialog", state="detached")
    found = document(page)
    assert found["title"] == "Winter"
    assert [target["name"] for target in found["targets"]] == ["Two"]
    assert {rule: list(targets) for rule, targets in found["answers"].items()} == {"MET001": ["two"]}
    page.get_by_role("button", name="All reviews").click()
    page.wait_for_selector(".rv-copies")
