"""Every kind of page opens without a fault, is accessible in light and dark, and fits a phone."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import ask_accessible, ask_fitting
from tests.browser.conftest import PHONE, WIDE, Visit, picture
from tests.site.html import Page, pages
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
SCHEMES: dict[str, Literal["light", "dark"]] = {"light": "light", "dark": "dark"}
# The theme's names of them.
PALETTES = {"light": "default", "dark": "slate"}
SIZES = {"wide": WIDE, "phone": PHONE}
MODES = [f"{scheme}-{size}" for scheme in SCHEMES for size in SIZES]
# Each template is looked at in both colours and both widths, by two of the four pairs of them. What is the theme's on
# every page, and the forms, are looked at in all four; pages of prose and lists, of which others have all the parts, in
# one; the nightly run looks at all four of all.
IN_ONE = ("dark-phone",)
IN_TWO = ("light-wide", "dark-phone")
IN_FOUR = ("home", "recommendations")
PROSE = ("start", "assess", "decision-record", "glossary", "print")


def _modes(template: str) -> list[str]:
    few = IN_ONE if template in PROSE else IN_TWO
    return MODES if template in IN_FOUR or SOAK else [*few]


# The pages are opened in so many tests, which the workers share.
PARTS = 2


def _opened(site: Path) -> list[str]:
    """Return the pages to open: beside the templates, those that have what neither they nor a page before them has.

    That is another kind of element, or a longer word to fit in. The nightly run opens them all.
    """
    every, seen = pages(site), set[object]()
    for path in TEMPLATES.values():
        _adds(every[path], seen)
    return [path for path, page in every.items() if _adds(page, seen) or SOAK]


def _adds(page: Page, seen: set[object]) -> bool:
    """Tell whether a page has a kind of element, or a length of word, that is not seen yet, and note what it has."""
    before = len(seen)
    seen.update(_kinds(page))
    return len(seen) > before


def _kinds(page: Page) -> Iterator[object]:
    for node in page.tree.css("body *"):
        yield (node.parent.tag if node.parent else "", node.tag, node.attributes.get("class"))
    # In tens of letters, from none to the longest.
    yield from range(max(map(len, " ".join(page.texts("article")).split()), default=0) // 10)


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("visit", [{"viewport": PHONE}], indirect=True, ids=["phone"])
def test_every_kind_of_page_opens_without_a_fault_and_fits_a_phone(visit: Visit, site: Path, part: int) -> None:
    """One page for each kind of content is opened below, where its parts are asked about too."""
    for path in _opened(site)[part::PARTS]:
        page = visit.go(path)
        assert visit.faults == [], path
        ask_fitting(page, path)


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_template_has_no_accessibility_violation(visit: Visit, template: str) -> None:
    """One window for all that it is looked at in: to open one takes as long as to open a page."""
    visit.page.add_init_script("localStorage.clear()")  # The theme stays with the colours that a visitor saw first.
    for mode in _modes(template):
        scheme, _, size = mode.partition("-")
        visit.page.emulate_media(color_scheme=SCHEMES[scheme])
        visit.page.set_viewport_size(SIZES[size])
        page = visit.go(TEMPLATES[template])
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", PALETTES[scheme])
        picture(page, f"{template}-{mode}")
        ask_fitting(page, mode)
        ask_accessible(page, mode)


@pytest.mark.parametrize("visit", [{"color_scheme": "dark"}], indirect=True, ids=["dark"])
def test_the_pictures_follow_the_theme(visit: Visit) -> None:
    page = visit.go("principles/scalability/sessions/")
    paper = "getComputedStyle(document.querySelector('.picture__panel')).backgroundColor"
    dark = page.evaluate(paper)
    page.locator("label[for=__palette_0]:visible, label[for=__palette_1]:visible").first.click()
    assert dark != "rgb(255, 255, 255)"
    expect(page.locator(".picture__panel").first).to_have_css("background-color", "rgb(255, 255, 255)")
