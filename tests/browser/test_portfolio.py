"""The pages of a portfolio in a real browser: filters with addresses, by keyboard, in print, on a phone, and dark."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.accessibility import ask_accessible, ask_fitting
from tests.browser.conftest import PHONE, WIDE, picture
from tests.cli.conftest import cache  # noqa: F401 - a fixture
from tests.cli.vger_process import Vger
from tests.portfolio.conftest import looked_at  # noqa: F401 - a fixture

PAGES = ("index", "rules", "units", "changes", "rules/VER006")


@pytest.fixture
def site(looked_at: Vger) -> Path:  # noqa: F811 - a fixture
    """Return the folder of the pages of three repositories, one of which is not there."""
    return looked_at.folder / "portfolio-results" / "site"


@pytest.fixture
def page(browser: Browser, site: Path) -> Iterator[Page]:
    """Return a page of a browser; faults, and requests for anything but these pages, fail the test at its end."""
    context = browser.new_context(viewport=WIDE)
    page, faults = context.new_page(), []
    page.on("console", lambda message: faults.append(message.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda asked: None if asked.url.startswith(site.as_uri()) else faults.append(asked.url))
    yield page
    assert faults == []
    context.close()


def test_filters_count_and_stand_in_the_address(page: Page, site: Path) -> None:
    page.goto(f"{site.as_uri()}/index.html")
    rows, count = page.locator("tbody tr:visible"), page.locator(".filters__count")
    expect(count).to_have_text("All 3 repositories")
    page.get_by_label("Search").press_sequentially("interface")
    expect(count).to_have_text("1 of 3 repositories, “interface”")
    expect(rows).to_have_count(1)
    page.get_by_role("button", name="Clear").press("Enter")
    expect(rows).to_have_count(3)
    page.get_by_label("Unit").select_option("Retail <b>")
    page.get_by_label("Chapter").select_option(index=1)
    expect(rows).to_have_count(1)
    address = page.evaluate("location.href")
    assert "unit=Retail+%3Cb%3E&chapter=" in address
    page.goto(address)
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("shop <script>")
    page.emulate_media(media="print")
    expect(count).to_contain_text("1 of 3 repositories, Retail <b>")
    expect(page.get_by_label("Search")).to_be_hidden()


def test_a_thousand_rows_are_shown_part_by_part(page: Page, site: Path) -> None:
    begin = '<tr data-unit="Retail'
    head, _, rest = (site / "index.html").read_text(encoding="utf-8").partition(begin)
    cells, end, tail = rest.partition("</tr>")
    (site / "many.html").write_text(head + 998 * (begin + cells + end) + tail, encoding="utf-8")
    page.goto(f"{site.as_uri()}/many.html")
    shown = page.evaluate("""() => {
        const rows = () => [...document.querySelectorAll('tbody tr')].filter((row) => !row.hidden).length;
        return ['nothing like it', ''].map((text) => {
            const field = document.querySelector('[name=q]');
            field.value = text;
            field.dispatchEvent(new Event('input', { bubbles: true }));
            return rows();
        });
    }""")
    (site / "many.html").unlink()
    assert shown == [0, 100], "at once"
    expect(page.locator("tbody tr:visible")).to_have_count(1000)


def test_the_pages_are_accessible_and_fit_on_a_phone(page: Page, site: Path) -> None:
    shop = next((site / "repositories").glob("shop-*.html")).relative_to(site).with_suffix("")
    for number, name in enumerate((*PAGES, shop.as_posix())):
        page.emulate_media(color_scheme="light" if number % 2 else "dark")
        page.set_viewport_size(PHONE if number % 3 == 0 else WIDE)
        page.goto(f"{site.as_uri()}/{name}.html")
        picture(page, f"portfolio-{name.replace('/', '-')}")
        ask_fitting(page, name)
        ask_accessible(page, name)
