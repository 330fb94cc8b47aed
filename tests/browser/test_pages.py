"""Every page opens without a fault, is accessible in light and dark, and fits a phone."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import PHONE, SCREENSHOTS, WIDE, Visit
from tests.site.html import pages

# One page for each kind of content.
TEMPLATES = {
    "home": "",
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
# Pixels: of a page that is longer, the picture shows the first screen.
TALL = 12_000
MODES = [{"viewport": size, "color_scheme": scheme} for scheme in ("light", "dark") for size in (WIDE, PHONE)]


def _named(options: dict[str, object]) -> str:
    return f"{options['color_scheme']}-{'wide' if options['viewport'] == WIDE else 'phone'}"


def test_every_page_opens_without_a_fault(visit: Visit, site: Path) -> None:
    for path in pages(site):
        visit.go(path)
        assert visit.faults == [], path


@pytest.mark.parametrize("visit", MODES, indirect=True, ids=_named)
@pytest.mark.parametrize("template", TEMPLATES)
def test_a_template_has_no_accessibility_violation(visit: Visit, template: str, request: pytest.FixtureRequest) -> None:
    page = visit.go(TEMPLATES[template])
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    mode = request.node.callspec.id.replace(template, "").strip("-")
    tall = page.evaluate("document.scrollingElement.scrollHeight") > TALL
    page.screenshot(path=SCREENSHOTS / f"{template}-{mode}.png", full_page=not tall)
    # Taking the picture scrolls the page, upon which the theme fades its tabs out and in.
    page.evaluate("Promise.allSettled(document.getAnimations().map((each) => each.finished))")
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


@pytest.mark.parametrize("visit", [{"viewport": PHONE}], indirect=True, ids=["phone"])
def test_no_page_is_wider_than_a_phone(visit: Visit, site: Path) -> None:
    for path in pages(site):
        page = visit.go(path)
        width = page.evaluate("document.scrollingElement.scrollWidth")
        assert width <= PHONE["width"], path


@pytest.mark.parametrize("visit", [{"color_scheme": "dark"}], indirect=True, ids=["dark"])
def test_the_pictures_follow_the_theme(visit: Visit) -> None:
    page = visit.go("principles/scalability/sessions/")
    paper = "getComputedStyle(document.querySelector('.picture__panel')).backgroundColor"
    dark = page.evaluate(paper)
    page.locator("label[for=__palette_0]:visible, label[for=__palette_1]:visible").first.click()
    page.wait_for_function(f"{paper} !== '{dark}'")
    assert page.evaluate(paper) == "rgb(255, 255, 255)"
