"""The recommendations: filtered, sorted, shared and reached, by mouse and by keyboard."""

import pytest

from tests.browser.conftest import PHONE, Visit


def _names(visit: Visit) -> list[str]:
    return [name.partition("¶")[0].strip() for name in visit.page.locator("tbody tr:visible h3").all_inner_texts()]


def test_the_filters_narrow_the_rows_and_say_how_many_are_left(visit: Visit) -> None:
    page = visit.go("recommendations/")
    assert page.get_by_role("status").inner_text() == "All 24 options"
    page.get_by_label("Verdict").select_option("Avoid")
    assert {"AWS CloudFormation", "CDK (AWS, and HashiCorp's for Terraform)"} <= set(_names(visit))
    verdicts = {text.strip().partition("\n")[0] for text in page.locator("tbody tr:visible .verdict").all_inner_texts()}
    assert verdicts == {"Avoid"}
    assert page.get_by_role("status").inner_text() == f"{len(_names(visit))} of 24 options"
    page.get_by_label("Verdict").select_option("All")
    page.get_by_label("Section").select_option("3.5.1 Code analysis tools")
    assert len(_names(visit)) == 6
    page.get_by_label("Text").fill("keys worth")
    assert _names(visit) == ["GitHub Advanced Security"]
    page.get_by_label("Text").fill("no such thing")
    page.get_by_role("button", name="Show all").click()
    assert len(_names(visit)) == 24


def test_a_filtered_view_can_be_shared(visit: Visit) -> None:
    page = visit.go("recommendations/")
    page.get_by_label("Verdict").select_option("Use")
    page.get_by_label("Text").fill("git")
    shared, names = page.evaluate("location.href"), _names(visit)
    visit.go("")
    page.goto(shared)
    page.get_by_text(f"{len(names)} of 24 options").wait_for()
    assert _names(visit) == names


def test_a_link_to_a_row_shows_it_whatever_the_filters_say(visit: Visit) -> None:
    page = visit.go("recommendations/?verdict=avoid#dvc")
    assert page.locator("#dvc").is_visible()
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
    assert page.evaluate("document.activeElement.innerText").startswith("Option")
    page.keyboard.press("Enter")
    names = _names(visit)
    assert names == sorted(names, key=str.casefold)
    assert page.locator("th[data-sort=name]").get_attribute("aria-sort") == "ascending"
    page.keyboard.press("Space")
    assert _names(visit) == names[::-1]
    page.get_by_role("button", name="Verdict").press("Enter")
    verdicts = [text.strip() for text in page.locator("tbody td .verdict").all_inner_texts()]
    order = ["Use", "Recommended", "Start using", "With reservations", "Watch", "Investigate", "Avoid"]
    assert verdicts == sorted(verdicts, key=order.index)
    assert page.locator("th[data-sort=name]").get_attribute("aria-sort") is None
