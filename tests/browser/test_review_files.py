"""Reviews in the browser go out as files and come back."""

import io
import json
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, WIDE, LongVisit, Visit
from tests.browser.review_page import (
    ENGINE,
    PAGE,
    begin,
    bring,
    document,
    downloaded,
    more,
    press,
    settled,
    today,
    tools,
    walk_window,
)
from tests.conftest import ROOT
from tests.reviews.fixtures_reviews import MAKERS, NOW
from vger_guide.catalog.catalog import Catalog
from vger_guide.output.reviews.formats import load_format
from vger_guide.output.reviews.summary import format_score
from vger_guide.reviews import store
from vger_guide.reviews.context import ReviewContext
from vger_guide.reviews.migrate import migrate
from vger_guide.reviews.score import binding, tally
from vger_guide.reviews.selection import content_hash


def said(review: Any) -> dict[str, Any]:
    """Return what was answered, without when."""
    return {rule: {**targets["web-shop"], "at": ""} for rule, targets in review["answers"].items()}


def test_what_the_page_writes_is_what_the_engine_writes(visit: Visit, catalog: Catalog) -> None:
    page = begin(visit, profile="api", targets=["One", "Two"])
    more(page)
    page.get_by_label("You are").fill("Ada <i>L.</i>")
    press(page, "Tab j 1 j 3 j n")
    page.keyboard.type("No part of it")
    settled(page)
    data = downloaded(page, "json")[1]
    review = store.read(data)
    assert store.write(review).encode() == data
    assert review.content_hash == content_hash(ReviewContext(catalog, review, today()).rules)
    assert {person.name for person in review.people} == {"Ada <i>L.</i>"}
    counts = tally(review, binding(ReviewContext(catalog, review, today()).rules), "one", today())
    expect(page.locator(".rv-score")).to_contain_text(f"{counts.percent}% Must and should: {format_score(counts)}")


def test_the_answers_go_through_a_spreadsheet_and_task_lists_and_come_back(long_visit: LongVisit) -> None:
    page = begin(long_visit, profile="library")
    press(page, "j 1 c")
    page.keyboard.type('=HYPERLINK("http://evil.example")')
    settled(page)
    before = document(page)
    name, data = downloaded(page, "xlsx")
    book = openpyxl.load_workbook(io.BytesIO(data))
    visible = [sheet for sheet in book if sheet.sheet_state == "visible"]
    texts = [cell for sheet in visible for row in sheet.iter_rows() for cell in row if "HYPERLINK(" in str(cell.value)]
    assert any("evil" in str(cell.value) and cell.data_type == "s" for cell in texts)
    # The first rule loses its comment, and the third is answered; the second is answered in the page meanwhile.
    sheet = book["Web shop"]
    sheet["F4"], sheet["E6"] = None, "Met"
    book.save(edited := io.BytesIO())
    press(page, "j 3")
    settled(page)
    before = said(document(page))
    bring(page, name, edited.getvalue())
    expect(page.locator("dialog")).to_contain_text("1 answer changes:", timeout=120_000)
    expect(page.locator("dialog")).to_contain_text("1 loss. Not taken unless you tick the box:")
    expect(page.get_by_label("Take these too")).not_to_be_checked()
    expect(page.get_by_role("dialog").get_by_role("heading", name=name)).to_be_focused()
    page.set_viewport_size(PHONE)
    walk_window(page, 6)
    page.set_viewport_size(WIDE)
    expect(tools(page).get_by_role("button", name="Import", exact=True)).to_be_focused()
    bring(page, name, edited.getvalue())
    page.get_by_label("Answered by").fill("Alice")
    tools(page).get_by_role("button", name="Import answers").press("Enter")
    page.wait_for_selector("dialog", state="detached")
    after = said(document(page))
    assert {rule: after[rule] for rule in before} == before
    assert [(after[rule]["value"], after[rule]["by"]) for rule in after.keys() - before.keys()] == [("met", "alice")]

    # By the list of reviews, and not by its address: the engine has started, and goes on.
    tools(page).get_by_role("button", name="All reviews").click()
    page.wait_for_selector(".rv-review")
    bring(page, "colleague.xlsx", edited.getvalue())
    page.get_by_label("Take these too").check(timeout=120_000)
    tools(page).get_by_role("button", name="Open as a review").click()
    tools(page).get_by_role("button", name="Replace it").click()
    page.locator(".rv-review a").click()
    page.wait_for_selector(".rv-item")
    alone = said(document(page))
    assert [each.get("comment") for each in alone.values()] == [None, None]

    name, data = downloaded(page, "tasks")
    ticked = data.replace(b"- [ ]", b"- [x]", 1)
    assert name == "autumn.tasks.md"
    bring(page, "issue.md", ticked)
    tools(page).get_by_role("button", name="tasks", exact=True).click()
    tools(page).get_by_role("button", name="Import answers").click()
    page.wait_for_selector("dialog", state="detached")
    assert sum(each["web-shop"].get("value") == "met" for each in document(page)["answers"].values()) == 3


def test_forms_of_the_engine_are_the_same_in_the_browser_and_here(long_visit: LongVisit, catalog: Catalog) -> None:
    page = begin(long_visit, profile="library", targets=["One", "Two"])
    press(page, "j 1 j 3 j n")
    page.keyboard.type("No")
    settled(page)
    context = ReviewContext(catalog, store.read(downloaded(page, "json")[1]), today())
    for name in ("markdown", "csv", "html", "oscal-results", "xlsx", "docx", "pdf"):
        assert downloaded(page, name)[1] == load_format(name).write(context), name

    name, template = downloaded(page, "template")
    assert name == "autumn.template.json"
    long_visit.go(PAGE)
    bring(page, name, template)
    page.get_by_role("dialog").get_by_label("Title").fill("Spring")
    page.get_by_role("dialog").get_by_label("Systems to review").fill("One\nThree")
    page.get_by_role("dialog").get_by_role("button", name="Begin").click()
    page.wait_for_selector(".rv-item")
    begun = document(page)
    assert (begun["title"], [each["name"] for each in begun["targets"]]) == ("Spring", ["One", "Three"])
    answers = context.review.answers.items()
    assert {rule: list(by) for rule, by in begun["answers"].items()} == {
        rule: ["one"] for rule, by in answers if "one" in by
    }

    page.get_by_role("button", name="Results", exact=True).click()
    assert "view=results" in page.url
    page.get_by_text("All rules, targets side by side").click()
    page.get_by_label("Only where they differ").check()
    expect(page.get_by_role("region", name="Table: All rules").get_by_role("row")).to_have_count(
        1 + len(begun["answers"])
    )
    page.go_back()
    expect(page.locator(".rv-item").first).to_be_visible()
    page.go_forward()
    expect(page.get_by_role("heading", name="Results", exact=True)).to_be_visible()
    page.set_viewport_size({"width": 1280, "height": 900})
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page.get_by_role("dialog").get_by_role("button", name="Sign", exact=True)).to_be_in_viewport(ratio=1)
    page.get_by_role("dialog").get_by_label("Name").fill("Ada")
    page.get_by_role("dialog").get_by_label("Conclusion").select_option("Rejected")
    page.get_by_role("dialog").get_by_role("button", name="Sign", exact=True).press("Enter")
    expect(page.get_by_role("group", name="Results").get_by_role("button", name="Open it again")).to_be_focused()


def test_two_copies_are_merged_and_what_both_changed_is_listed(long_visit: LongVisit) -> None:
    page = begin(long_visit)
    press(page, "j 1 j")
    settled(page)
    theirs = document(page)
    [first] = theirs["answers"]
    theirs["answers"][first]["web-shop"]["value"] = "partial"
    theirs["answers"]["SES004"] = {"web-shop": {**theirs["answers"][first]["web-shop"], "value": "met"}}
    bring(page, "theirs.json", json.dumps(theirs).encode())
    tools(page).get_by_role("button", name="Merge").click()
    page.wait_for_selector("dialog", state="detached", timeout=120_000)
    merged = document(page)
    assert merged["answers"][first]["web-shop"]["value"] == "met"
    assert merged["answers"]["SES004"]["web-shop"]["value"] == "met"
    assert [conflict["place"][1] for conflict in merged["conflicts"]] == [first]

    tools(page).get_by_role("button", name="Use the file's").click()
    page.wait_for_selector(".rv-conflict", state="detached")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    decided = document(page)
    assert decided["answers"][first]["web-shop"]["value"] == "partial"
    assert "conflicts" not in decided


def test_a_conflict_is_decided_by_an_answer(visit: Visit) -> None:
    page = begin(visit)
    press(page, "j 1")
    settled(page)
    made = document(page)
    place = ["answers", "MET001", "web-shop", "value"]
    made["conflicts"] = [{"place": place, "ours": {"value": "met"}, "theirs": {"value": "partial"}}]
    bring(page, "conflict.json", json.dumps(made).encode())
    tools(page).get_by_role("button", name="Replace").click()
    page.wait_for_selector(".rv-conflict")
    expect(page.locator(".rv-conflict")).to_contain_text("Partly met")
    page.locator("#rule-MET001").focus()
    press(page, "3")
    page.wait_for_selector(".rv-conflict", state="detached")
    assert "conflicts" not in document(page)


def test_a_copy_that_came_back_unchanged_changes_nothing(visit: Visit) -> None:
    page = begin(visit)
    press(page, "j 3 e")
    page.keyboard.type("A log")
    page.get_by_label("Owner").nth(1).fill("Bo")
    settled(page)
    bring(page, "own.json", downloaded(page, "json")[1])
    expect(page.locator("dialog")).to_contain_text("0 answers differ")


@pytest.mark.parametrize("name", ["hostile", "several"])
def test_a_made_review_is_shown_as_text_and_comes_out_as_it_went_in(visit: Visit, catalog: Catalog, name: str) -> None:
    """How all made reviews are read and written is asked of the script itself: tests/javascript/twins.test.mjs."""
    data = store.write(MAKERS[name](catalog)).encode()
    page = visit.go(PAGE)
    bring(page, "made.json", data)
    page.locator(".rv-review a").click()
    page.wait_for_selector(".rv-item")
    expect(page.locator("#review :is(script:not([type='application/json']), img, iframe, b, i)")).to_have_count(0)
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
    tools(page).get_by_role("button", name="Replace").click()
    page.wait_for_selector("dialog", state="detached")
    assert document(page)["answers"]["MET001"]["web-shop"]["value"] == "partial"


def test_a_broken_file_is_refused_with_its_problems_and_changes_nothing(visit: Visit) -> None:
    """What is refused, and in which words, is asked of the script itself: tests/javascript/twins.test.mjs."""
    page = begin(visit)
    press(page, "j 1")
    settled(page)
    before = document(page)
    bring(page, "broken.json", json.dumps(before).replace('"met"', '"mett"').encode())
    expect(page.locator("dialog .rv-problems")).to_contain_text('it is "mett"')
    page.keyboard.press("Escape")
    assert document(page) == before


def test_a_review_of_another_edition_is_moved_to_this_one(long_visit: LongVisit, catalog: Catalog) -> None:
    made = MAKERS["half"](catalog)
    old = migrate(made, catalog, "2023.09", NOW)
    page = long_visit.go(PAGE)
    bring(page, "old.json", store.write(old).encode())
    tools(page).get_by_role("button", name="Migrate").click()
    page.wait_for_selector("dialog li >> text=Kept", timeout=120_000)
    tools(page).get_by_role("button", name="Take it in").click()
    page.locator(".rv-review a").click()
    page.wait_for_selector(".rv-item")
    found = document(page)
    assert found["edition"] == "next"
    assert found["answers"] == json.loads(store.write(migrate(old, catalog, "next", NOW)))["answers"]


def test_a_review_of_another_edition_that_the_browser_keeps_is_moved_when_it_is_opened(
    long_visit: LongVisit, catalog: Catalog
) -> None:
    page = begin(long_visit)
    press(page, "j 1")
    settled(page)
    stored = store.read(downloaded(page, "json")[1])
    old = json.loads(store.write(migrate(stored, catalog, "2023.09", NOW)))
    keep = """(frame) => new Promise((resolve) => {
        indexedDB.open('vger-reviews').onsuccess = ({ target }) => {
            const change = target.result.transaction('frames', 'readwrite');
            change.objectStore('frames').put(frame);
            change.oncomplete = () => { target.result.close(); resolve(); };
        };
    })"""
    page.evaluate(keep, {key: value for key, value in old.items() if key != "answers"})
    address = page.url.split("&")[0]  # as the list of reviews leads to it, without a rule
    tools(page).get_by_role("button", name="All reviews").click()
    page.wait_for_selector(".rv-review")
    page.goto(address)
    tools(page).get_by_role("button", name="Migrate").click()
    page.wait_for_selector("dialog li >> text=Kept", timeout=120_000)
    page.keyboard.press("Escape")
    expect(page.locator(".rv-review")).to_contain_text("edition 2023.09")
    page.locator(".rv-review a").click()
    tools(page).get_by_role("button", name="Migrate").click()
    page.wait_for_selector("dialog li >> text=Kept", timeout=120_000)
    tools(page).get_by_role("button", name="Take it in").click()
    page.wait_for_selector(".rv-item")
    assert document(page)["edition"] == "next"


# The organisation's folder that docs/command.md shows, by the paths of its files.
OWN = dict(
    re.findall(r'```yaml title="own/([^"]+)"\n(.*?)```', (ROOT / "docs/command.md").read_text("utf-8"), re.DOTALL)
)


def _choose_folder(page: Page, folder: Path, files: dict[str, str]) -> None:
    """Choose a folder with files in it as that of the organisation."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Choose a folder").click()
    chooser.value.set_files(folder)


def test_an_organisations_folder_is_put_over_the_guide_and_taken_away(long_visit: LongVisit, tmp_path: Path) -> None:
    page = long_visit.go(PAGE)
    _choose_folder(page, tmp_path / "bad", {**OWN, "extends.yml": OWN["extends.yml"].replace("CAC001", "CAC999")})
    expect(page.get_by_role("alert")).to_contain_text(
        "extends.yml:5: tightened.0.rule: the guide has no rule 'CAC999'", timeout=ENGINE
    )
    page.keyboard.press("Escape")
    _choose_folder(page, tmp_path / "own", OWN)
    expect(page.locator("dialog")).to_contain_text("added rule EXA001: End a session after 15 idle minutes")
    expect(page.get_by_role("button", name="Use it")).to_be_focused()
    walk_window(page, 3)
    expect(page.get_by_role("button", name="Choose a folder")).to_be_focused()
    _choose_folder(page, tmp_path / "own", {})
    expect(page.get_by_role("button", name="Use it")).to_be_focused()
    page.keyboard.press("Enter")
    page.get_by_label("Kind of system").select_option("till")
    page.get_by_label("Title").fill("Tills")
    page.get_by_label("Systems to review").fill("Till")
    page.get_by_role("button", name="Begin").click()
    expect(page.locator(".rv-item")).to_have_count(1)
    expect(page.locator(".rv-item")).to_contain_text("Does a session end after 15 idle minutes?")
    tools(page).get_by_role("button", name="All reviews").click()
    page.get_by_role("button", name="Remove", exact=True).click()
    expect(page.locator("#review-root")).to_contain_text("changes of your own: drop the folder")
