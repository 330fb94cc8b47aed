"""Reviews in the browser, made as people make them."""

import json

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import ask_accessible, ask_fitting
from tests.browser.conftest import PHONE, Visit
from tests.browser.review_page import PAGE, begin, bring, document, downloaded, more, press, settled, tools

LOOKS = [{"color_scheme": "light"}, {"color_scheme": "dark", "viewport": PHONE}]


def test_a_review_is_filled_in_taken_away_and_brought_back_by_keyboard_alone(visit: Visit) -> None:
    page = visit.go(PAGE)
    page.get_by_label("Title").focus()
    page.keyboard.type("By hand")
    press(page, "Tab m Tab Tab Tab")  # the kind of system whose name begins with m
    for _ in range(2):
        press(page, "Space Tab")  # no chapter 2, no chapter 3
    press(page, "Tab")
    page.keyboard.type("Model\nPipeline")
    press(page, "Tab Tab Enter")  # no name
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

    tools(page).get_by_role("button", name="All reviews").press("Enter")
    page.get_by_role("button", name="Delete By hand").press("Enter")
    page.get_by_role("button", name="Delete", exact=True).press("Enter")
    page.locator("summary", has_text="Earlier copies").press("Enter")
    page.get_by_role("button", name="Forget").press("Enter")
    page.wait_for_selector(".rv-review", state="detached")
    bring(page, name, data)
    page.locator(".rv-review a").press("Enter")
    page.wait_for_selector(".rv-item")
    assert downloaded(page, "json")[1] == data


def test_an_answer_is_undone_and_done_again(visit: Visit) -> None:
    page = begin(visit)
    press(page, "j 1 j 3 u")
    assert list(document(page)["answers"]) == ["MET001"]
    press(page, "r")
    assert len(document(page)["answers"]) == 2
    press(page, "u u")
    assert "answers" not in document(page)


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
    expect(page.get_by_label("Target")).to_have_value("two")
    expect(page.locator("#rule-SES004")).to_be_focused()


def test_filters_show_what_is_asked_for_and_say_how_many(visit: Visit) -> None:
    page = begin(visit)
    press(page, "j 1 j 3")
    page.get_by_label("Show").select_option("Not met or partly met")
    expect(page.locator(".rv-item:visible")).to_have_count(1)
    expect(page.locator(".rv-filters__count")).to_have_text("1 of 118 rules")
    page.get_by_label("Find").fill("nothing has these words")
    page.get_by_role("button", name="Show all").click()
    expect(page.locator(".rv-filters__count")).to_have_text("All 118 rules")


def test_what_is_not_applicable_to_one_target_is_not_so_to_the_next(visit: Visit) -> None:
    page = begin(visit, targets=["One", "Two"])
    press(page, "j n Escape ]")
    expect(page.get_by_label("Target")).to_have_value("two")
    expect(page.locator("[data-rule=MET001]")).to_have_attribute("data-choice", "unanswered")
    press(page, "[")
    expect(page.get_by_label("Target")).to_have_value("one")
    expect(page.locator("[data-rule=MET001]")).to_have_attribute("data-choice", "unanswered")


@pytest.mark.parametrize("visit", [{"java_script_enabled": False}], indirect=True, ids=["no script"])
def test_without_javascript_the_page_says_what_needs_it(visit: Visit) -> None:
    page = visit.go(PAGE)
    expect(page.locator("#review")).to_contain_text("You need JavaScript", use_inner_text=True)


def test_a_milestone_is_kept_and_compared_with(visit: Visit) -> None:
    page = begin(visit)
    press(page, "j 1")
    more(page)
    tools(page).get_by_role("button", name="Milestone").click()
    tools(page).get_by_role("button", name="Record").click()
    page.locator("#rule-MET001").focus()
    press(page, "3")
    tools(page).get_by_role("button", name="Compare").click()
    expect(page.locator("dialog tbody tr td")).to_have_text(["Web shop", "Met", "Not met", "answer"])
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
    expect(page.get_by_role("button", name="Undo")).to_be_hidden()
    shown = page.locator(".rv-item").first.inner_text()
    assert "Not met" in shown
    assert "Only on paper" in shown
    assert "Partly met" not in shown


@pytest.mark.parametrize("visit", LOOKS, indirect=True, ids=["light", "dark phone"])
def test_no_state_has_an_accessibility_violation(visit: Visit) -> None:
    page = visit.go(PAGE)
    _accessible(page, "start")
    page = begin(visit, targets=["One", "Two"], profile="documentation")
    press(page, "j 1 c Escape j 3 e Escape j n")
    more(page)
    _accessible(page, "open")
    for name in ("Download", "Keys", "Share", "Title, targets", "Copy answers", "Compare", "Milestone"):
        tools(page).get_by_role("button", name=name, exact=True).click()
        _accessible(page, name, "dialog")
        tools(page).get_by_role("button", name="Record" if name == "Milestone" else "Close").click()
    bring(page, "broken.json", b"{")
    _accessible(page, "problems", "dialog")
    tools(page).get_by_role("button", name="Close").click()
    tools(page).get_by_role("button", name="All reviews").click()
    page.wait_for_selector(".rv-review")
    _accessible(page, "list")


def _accessible(page: Page, state: str, part: str = "body") -> None:
    expect(page.locator(part)).to_have_count(1)
    ask_accessible(page, state, part)
    ask_fitting(page, state)


def test_a_checklist_leads_to_a_review_of_its_kind_of_system(visit: Visit) -> None:
    page = visit.go("checklists/data-pipeline/")
    page.get_by_role("link", name="Start a review").click()
    page.wait_for_selector(".rv-form")
    expect(page.get_by_label("Kind of system")).to_have_value("data-pipeline")


def test_a_review_is_signed_and_takes_no_answer_until_it_is_opened_again(visit: Visit) -> None:
    page = begin(visit, profile="library")
    press(page, "j 1 j 3")
    page.get_by_label("Plan").nth(1).select_option("Risk accepted")
    more(page)
    page.get_by_label("State").select_option("Signed off")
    asked = page.locator("dialog")
    expect(asked).to_contain_text("1 accepted risk lacks an answer, an end, an owner or an approver.")
    expect(asked).to_contain_text("answers to must rules open:")
    asked.get_by_role("button", name="Sign", exact=True).click()
    expect(asked.get_by_role("alert")).to_contain_text("Say who signs.")
    asked.get_by_label("Name").fill("Cy")
    asked.get_by_label("Conclusion").select_option("Approved with conditions")
    asked.get_by_label("Conditions").fill("Rotate the key\n\nTest the backup")
    asked.get_by_role("button", name="Sign", exact=True).click()
    expect(page.locator(".rv-signed")).to_contain_text("Signed by Cy on ")
    expect(page.locator(".rv-signed")).to_contain_text("read only. Approved with conditions.")
    page.locator("#rule-MET001").focus()
    press(page, "3")
    expect(page.locator(".rv-status")).to_contain_text("Signed, read only")
    press(page, "u c")
    expect(tools(page).get_by_role("button", name="Import")).to_be_disabled()
    expect(page.get_by_role("button", name="Undo")).to_be_disabled()
    expect(page.get_by_label("Comment").first).to_be_disabled()
    ask_accessible(page, "signed")
    signed = document(page)
    assert signed["answers"]["MET001"]["web-shop"]["value"] == "met"
    assert (signed["state"], signed["conditions"]) == ("signed-off", ["Rotate the key", "Test the backup"])
    tools(page).get_by_role("button", name="Open it again").click()
    page.locator("dialog").get_by_label("Name").fill("Ada")
    page.locator("dialog").get_by_label("Why").fill("A target is missing.")
    tools(page).get_by_role("button", name="Open again", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_be_focused()  # the banner that had the focus is gone
    page.locator("#rule-MET001").focus()
    press(page, "3")
    opened = document(page)
    assert opened["answers"]["MET001"]["web-shop"]["value"] == "not-met"
    assert [(each["action"], each["by"]) for each in opened["sign_offs"]] == [("signed", "Cy"), ("reopened", "Ada")]


@pytest.mark.parametrize("visit", LOOKS, indirect=True, ids=["light, wide", "dark, phone"])
def test_the_results_say_what_is_open_and_actions_are_changed_in_place(visit: Visit) -> None:
    page = begin(visit, targets=["One", "Two"], profile="library")
    press(page, "j 3")
    page.get_by_role("button", name="Results", exact=True).click()
    expect(page.locator(".rv-action")).to_have_attribute("data-state", "no-plan")
    page.get_by_label("Plan of MET001, One", exact=True).last.select_option("Risk accepted")
    expect(page.locator(".rv-action__state")).to_have_text(
        "Risk accepted, incomplete: no end, no owner, nobody approved"
    )
    page.get_by_label("Owner of MET001, One").fill("Bo")
    page.get_by_label("Approved by of MET001, One").fill("Cy")
    page.get_by_label("Due or until of MET001, One").fill("9999-01-31")
    page.get_by_label("Due or until of MET001, One").press("Tab")
    expect(page.locator(".rv-action__state")).to_have_text("Risk accepted")
    tools(page).get_by_role("button", name="Scope and participants").click()
    page.get_by_label("Scope", exact=True).fill("The library only.")
    page.get_by_role("group", name="Somebody new").get_by_label("Name").fill("Bo Example")
    tools(page).get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".rv-facts")).to_contain_text("The library only.")
    page.get_by_label("Owner of MET001, One").fill("Bo Example")
    page.get_by_label("Owner of MET001, One").press("Tab")
    ask_accessible(page, "results")
    ask_fitting(page, "results")
    settled(page)
    made = document(page)
    plan = made["answers"]["MET001"]["one"]["disposition"]
    assert plan == {"plan": "risk-accepted", "owner": "bo-example", "approver": "Cy", "until": "9999-01-31"}
    assert made["scope"] == "The library only."
    page.get_by_role("button", name="MET001").click()
    expect(page.locator("#rule-MET001")).to_be_focused()
    # The answer keeps the id of a participant; people read the name.
    expect(page.locator("[data-rule=MET001]").get_by_label("Owner")).to_have_value("Bo Example")
    press(page, "/")
    page.locator(".rv-filters").get_by_label("Owner").select_option("Bo Example")
    expect(page.locator(".rv-filters__count")).to_contain_text("1 of ")


def test_filters_leave_what_nobody_chose_alone(visit: Visit) -> None:
    page = begin(visit, targets=["One", "Two"])
    press(page, "j 3 c")
    page.get_by_label("Owner").nth(1).fill("Bo")
    settled(page)
    press(page, "Escape ]")
    expect(page.get_by_label("Target")).to_have_value("two")
    expect(page.locator("#rule-MET001")).to_be_focused()
    expect(page.locator(".rv-filters__count")).to_have_text("All 118 rules")
    for name in ("Overdue", "To confirm"):
        page.get_by_label("Show").select_option(name)
        expect(page.locator(".rv-filters__count")).to_have_text("0 of 118 rules")


def test_a_target_is_removed_with_its_answers_and_a_copy_is_kept(visit: Visit) -> None:
    page = begin(visit, targets=["One", "Two"])
    press(page, "j 1 ]")
    page.locator("#rule-MET001").focus()
    press(page, "3")
    more(page)
    tools(page).get_by_role("button", name="Title, targets").click()
    page.get_by_role("textbox", name="Title").fill("Winter")
    page.get_by_label("Remove this target and its answers").first.check()
    tools(page).get_by_role("button", name="Save").click()
    page.wait_for_selector("dialog", state="detached")
    found = document(page)
    assert found["title"] == "Winter"
    assert [target["name"] for target in found["targets"]] == ["Two"]
    assert {rule: list(targets) for rule, targets in found["answers"].items()} == {"MET001": ["two"]}
    tools(page).get_by_role("button", name="All reviews").click()
    page.wait_for_selector(".rv-copies")
