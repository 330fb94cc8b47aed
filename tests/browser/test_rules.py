"""The list of rules and the checklists, as a reviewer uses them."""

import re

import pytest
from playwright.sync_api import FloatRect, Page, expect

from tests.browser.conftest import PHONE, Visit
from vger_guide.catalog.catalog import Catalog
from vger_guide.catalog.rules import Reach

NAMES = "rows => rows.filter((row) => row.checkVisibility()).map((row) => row.dataset.name)"


def _shown(page: Page) -> list[str]:
    """Return the ids of the rules that are shown, as soon as the page says how many those are."""
    expect(page.get_by_role("status")).to_have_text(re.compile(r"^(All \d+|\d+ of \d+) rules$"))
    names: list[str] = page.locator("tbody tr").evaluate_all(NAMES)
    return names


def test_the_filters_of_the_rules_work_together_and_can_be_shared(visit: Visit) -> None:
    page = visit.go("rules/")
    everything = len(_shown(page))
    status = page.get_by_role("status")
    expect(status).to_have_text(f"All {everything} rules")
    page.get_by_label("Section").select_option("2.4 Security")
    page.get_by_label("Level").select_option("Must")
    page.get_by_label("Severity").select_option("Critical")
    page.get_by_label("Kind of system").select_option("Data pipeline")
    names = _shown(page)
    assert 0 < len(names) < everything
    expect(status).to_have_text(f"{len(names)} of {everything} rules")
    shared = page.url
    page.locator("form.filters button").click()
    expect(status).to_have_text(f"All {everything} rules")
    page.goto(shared)
    expect(status).to_have_text(f"{len(names)} of {everything} rules")
    assert _shown(page) == names


def test_the_rules_that_a_machine_sees_are_filtered_by_degree(visit: Visit, catalog: Catalog) -> None:
    page = visit.go("rules/")
    for reach in Reach:
        seen = [rule.id for rule in catalog.rules.values() if rule.reach is reach]
        page.get_by_label("How far a machine sees").select_option(reach.word)
        expect(page.get_by_role("status")).to_have_text(f"{len(seen)} of {len(catalog.rules)} rules")
        assert _shown(page) == seen


def test_the_samples_of_a_check_stand_beside_one_another_where_there_is_room(visit: Visit) -> None:
    page = visit.go("rules/no-sessions-in-a-relational-database/")
    before, after = (page.locator(f".samples__side--{side}") for side in ("failing", "passing"))

    def places() -> tuple[FloatRect, FloatRect]:
        left, right = before.bounding_box(), after.bounding_box()
        assert left
        assert right
        return left, right

    left, right = places()
    assert (left["y"], left["width"]) == (right["y"], right["width"])
    assert left["x"] < right["x"]
    page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
    left, right = places()
    assert left["x"] == right["x"]
    assert left["y"] + left["height"] <= right["y"]


def test_a_printed_check_is_whole(visit: Visit, catalog: Catalog) -> None:
    page = visit.go("rules/no-sessions-in-a-relational-database/")
    page.emulate_media(media="print")
    check = catalog.rules["SES004"].check
    assert check
    for sample in (*check.samples.failing, *check.samples.passing, *check.samples.not_applicable):
        expect(page.get_by_text(sample.title, exact=True)).to_be_visible()


def test_the_rules_sort_by_severity_by_keyboard(visit: Visit) -> None:
    page = visit.go("rules/")
    page.get_by_role("button", name="Severity").focus()
    page.keyboard.press("Enter")
    expect(page.locator("th[data-sort=severity]")).to_have_attribute("aria-sort", "ascending")
    shown = page.locator("tbody .severity").all_inner_texts()
    order = ["Critical", "High", "Medium", "Low"]
    assert shown == sorted(shown, key=order.index)


def test_a_rule_is_found_by_its_id(visit: Visit) -> None:
    page = visit.go("")
    box = page.get_by_role("textbox", name="Search")
    box.click()
    box.press_sequentially("SES004")
    page.locator(".md-search-result__link").first.click()
    page.wait_for_url("**/rules/no-sessions-in-a-relational-database/**")
    expect(page.locator("h1")).to_contain_text("Keep sessions out of relational databases")


def test_a_question_of_a_checklist_is_ticked_by_keyboard_and_has_a_name(visit: Visit) -> None:
    page = visit.go("checklists/library/")
    box = page.get_by_role("checkbox").first
    box.focus()
    page.keyboard.press("Space")
    expect(box).to_be_checked()
    labels = page.get_by_role("checkbox").evaluate_all("boxes => boxes.map((box) => box.labels.length)")
    assert set(labels) == {1}


@pytest.mark.parametrize("path", ["checklists/whole/", "checklists/api/"])
def test_a_printed_checklist_has_boxes_ids_and_room_for_notes(visit: Visit, path: str) -> None:
    page = visit.go(path)
    page.emulate_media(media="print")
    first = page.locator(".checks li").first
    expect(first.locator("input")).to_be_visible()
    expect(first.locator(".checks__facts a")).to_be_visible()
    room = first.locator(".checks__notes").bounding_box()
    assert room
    assert room["height"] > 10
    assert room["width"] > 200
