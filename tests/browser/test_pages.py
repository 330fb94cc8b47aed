"""Every page opens without a fault, is accessible in light and dark, and fits a phone."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import ask_accessible, ask_fitting
from tests.browser.conftest import PHONE, WIDE, Visit, picture
from tests.site.html import pages
from tests.soak import SOAK

# One page for each kind of content.
TEMPLATES = {
    "home": "",
    "start": "start/",
    "assess": "assess/",
    "hard-rules": "hard-rules/",
    "decisions": "decisions/",
    "decision-record": "decision-record/",
    "glossary": "glossary/",
    "example": "example/",
    "print": "print/",
    "pictures": "principles/scalability/sessions/",
    "tables": "security/data-and-infrastructure/",
    "code": "principles/scalability/databases/",
    "recommendations": "recommendations/",
    "radar": "radar/",
    "rules": "rules/",
    "rule": "rules/remote-sessions-from-the-second-server/",
    "check": "rules/no-sessions-in-a-relational-database/",
    "check-of-history": "rules/semantic-versioning/",
    "checks": "checks/",
    "checklist": "checklists/machine-learning/",
    "legend": "about/reading/",
    "corrections": "about/edition/",
    "claims": "about/claims/",
    "lost": "404.html",
}
MODES: dict[str, dict[str, object]] = {
    f"{scheme}-{name}": {"viewport": size, "color_scheme": scheme}
    for scheme in ("light", "dark")
    for name, size in (("wide", WIDE), ("phone", PHONE))
}
# Each template is looked at in both colours and both widths, by two of the four pairs of them. What is the theme's on
# every page, and the forms, are looked at in all four; pages of prose and lists, of which others have all the parts, in
# one; the nightly run looks at all four of all.
IN_ONE = ("dark-phone",)
IN_TWO = ("light-wide", "dark-phone")
IN_FOUR = ("home", "recommendations")
PROSE = ("start", "assess", "decision-record", "glossary", "print")
VIEWS = [
    pytest.param(template, MODES[mode], id=f"{template}-{mode}")
    for template in TEMPLATES
    for mode in MODES
    if mode in (IN_ONE if template in PROSE else IN_TWO) or template in IN_FOUR or SOAK
]
# The pages are opened in so many tests, which the workers share.
PARTS = 6


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("visit", [{"viewport": PHONE}], indirect=True, ids=["phone"])
def test_every_page_opens_without_a_fault_and_fits_a_phone(visit: Visit, site: Path, part: int) -> None:
    """One page of each kind is opened in a wide window too, below."""
    for path in list(pages(site))[part::PARTS]:
        page = visit.go(path)
        assert visit.faults == [], path
        ask_fitting(page, path)


@pytest.mark.parametrize(("template", "visit"), VIEWS, indirect=["visit"])
def test_a_template_has_no_accessibility_violation(visit: Visit, template: str, request: pytest.FixtureRequest) -> None:
    page = visit.go(TEMPLATES[template])
    picture(page, request.node.callspec.id)
    ask_accessible(page)


@pytest.mark.parametrize("visit", [{"color_scheme": "dark"}], indirect=True, ids=["dark"])
def test_the_pictures_follow_the_theme(visit: Visit) -> None:
    page = visit.go("principles/scalability/sessions/")
    paper = "getComputedStyle(document.querySelector('.picture__panel')).backgroundColor"
    dark = page.evaluate(paper)
    page.locator("label[for=__palette_0]:visible, label[for=__palette_1]:visible").first.click()
    assert dark != "rgb(255, 255, 255)"
    expect(page.locator(".picture__panel").first).to_have_css("background-color", "rgb(255, 255, 255)")
