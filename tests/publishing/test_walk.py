"""The published versions, walked in a real browser below a path as GitHub Pages serves them."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit

PREVIEW = "preview-feature-new-idea"


def test_the_root_leads_to_the_latest_edition_which_has_no_banner(visit: Visit) -> None:
    page = visit.go("")
    expect(page).to_have_url(f"{visit.address}latest/")
    expect(page.locator(".md-version__current")).to_contain_text("Edition 2024.06")
    expect(page.locator("[data-md-component=outdated]")).to_be_hidden()
    page = visit.go("2024.06/introduction/")
    expect(page.locator(".md-version")).to_be_attached()
    expect(page.locator("[data-md-component=outdated]")).to_be_hidden()


def test_reviews_are_of_the_edition_on_which_they_are_made(visit: Visit) -> None:
    for version, edition in (("2023.09", "2023.09"), ("next", "next"), (PREVIEW, "next")):
        page = visit.go(f"{version}/review/")
        assert page.evaluate("JSON.parse(document.getElementById('review-words').textContent).edition") == edition
        assert page.request.get(f"{visit.address}{version}/catalog.json").json()["edition"] == edition


def test_the_selector_names_every_version_and_keeps_the_page(visit: Visit) -> None:
    page = visit.go("latest/introduction/")
    page.locator(".md-version__current").focus()  # as by the keyboard; the list then lies over the button
    titles = page.locator(".md-version__link")
    every = ["Next edition, not released", "Preview feature-new-idea", "Edition 2024.06", "Edition 2023.09"]
    expect(titles).to_have_text(every)
    page.get_by_role("link", name="Edition 2023.09").click()
    page.wait_for_url(f"{visit.address}2023.09/introduction/")


@pytest.mark.parametrize(
    ("path", "says", "leads_to", "link"),
    [
        ("2023.09/introduction/#s1", "Edition 2023.09.", "latest/introduction/#s1", "The same page in the"),
        ("next/", "Next edition, not released.", "latest/", "The same page in the latest edition"),
        ("next/principles/", "Next edition", "latest/tenets/", "What replaces this page in the"),
        ("next/only-next/", "Next edition, not released.", "latest/", "The latest edition"),
        (f"{PREVIEW}/idea/", "Preview feature-new-idea.", "latest/", "The latest edition"),
    ],
    ids=["the same", "home", "moved", "not there", "preview"],
)
def test_a_banner_leads_to_the_page_in_the_latest_edition(
    visit: Visit, path: str, says: str, leads_to: str, link: str
) -> None:
    page = visit.go(path)
    banner = page.locator("[data-md-component=outdated]")
    expect(banner).to_be_visible()
    expect(banner).to_contain_text(f"{says}")
    expect(banner.get_by_role("link")).to_contain_text(link)
    banner.get_by_role("link").click()
    page.wait_for_url(visit.address + leads_to)
    expect(page.locator("[data-md-component=outdated]")).to_be_hidden()


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("nowhere", []),
        ("latest/nowhere", ["latest/"]),
        ("2023.09/very/deep/down/nowhere/", ["2023.09/"]),
        (
            "introduction/",
            [f"{each}/introduction/" for each in ("next", PREVIEW, "latest", "2023.09")],
        ),
        ("latest/only-old", ["latest/", "2023.09/only-old/"]),
        ("2023.09/tenets/index.html", ["latest/tenets/", "2023.09/"]),
    ],
)
def test_an_address_that_is_no_page_names_the_versions_that_have_it(visit: Visit, path: str, found: list[str]) -> None:
    page = visit.go(path)
    assert visit.faults.pop(0) == f"404: {visit.address}{path}"
    assert "404" in visit.faults.pop(0)  # the browser's own words for the same
    expect(page.get_by_role("heading", name="This page is not part of the guide")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('.md-header')).position") == "sticky"
    expect(page.locator("[data-lost] a")).to_have_count(len(found))
    links = page.locator("[data-lost] a").evaluate_all("links => links.map((link) => link.href)")
    assert links == [visit.address + each for each in found]
    onward = page.locator(".lost > ul a").evaluate_all("links => links.map((link) => link.href)")
    assert onward == [f"{visit.address}2024.06/", f"{visit.address}2024.06/recommendations/"]
    assert all(page.request.get(each).ok for each in onward)
