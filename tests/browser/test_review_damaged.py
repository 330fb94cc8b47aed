"""Damaged and hostile files that the page of reviews is given: refused in the words of the command.

They are made as tests/examples/attack/imports.yml and tests/output/reviews/damaged_workbooks.py say. A visit fails by
an error that nothing has caught, and by whatever stands in the console.
"""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests import plain_yaml
from tests.browser.conftest import LongVisit, Visit
from tests.browser.review_page import ENGINE, PAGE, bring
from tests.conftest import EXAMPLES
from tests.output.reviews.damaged_workbooks import list_damaged
from tests.reviews import fixtures_reviews
from tests.soak import SOAK, often
from vger_guide.catalog.catalog import Catalog
from vger_guide.output.reviews.formats import read_format, xlsx
from vger_guide.output.reviews.import_result import ImportRejectedError
from vger_guide.reviews import store
from vger_guide.reviews.context import ReviewContext

FILES = plain_yaml.load((EXAMPLES / "attack" / "imports.yml").read_text(encoding="utf-8"))


def _make(file: dict[str, Any]) -> bytes:
    times = file.get("times", 0)
    parts = [file["first"], file.get("repeat", "") * times, file.get("last", "") * times, file.get("end", "")]
    return "".join(parts).encode()


def test_each_is_refused_in_the_words_of_the_command(visit: Visit) -> None:
    page = visit.go(PAGE)
    for file in FILES:
        data = _make(file)
        with pytest.raises(store.InvalidReviewError, match=file["says"]):
            store.read(data)
        bring(page, f"{file['name']}.json", data)
        problems = page.locator("dialog .rv-problems")
        expect(problems).to_contain_text(file["says"])
        assert len(problems.inner_text()) < 10_000
        page.keyboard.press("Escape")
        page.wait_for_selector("dialog", state="detached")


# One of each kind that takes no time; at night all, in so many parts.
SAMPLE = {
    "no workbook: b'PK\\x03\\x04'",
    "an old workbook",
    "xl/workbook.xml holds b'<a/>'",
    "[Content_Types].xml holds b'\\xff\\xfe'",
    "macros",
}
PARTS = often(1, 8)


@pytest.mark.parametrize("part", range(PARTS))
def test_damaged_workbooks_are_refused_in_the_words_of_the_command(
    part: int, long_visit: LongVisit, catalog: Catalog
) -> None:
    context = fixtures_reviews.filled(catalog, "half")
    files = list(list_damaged(xlsx.write(context)))
    chosen = [each for each in files if SOAK or each[0] in SAMPLE][part::PARTS]
    assert SOAK or len(chosen) == len(SAMPLE)
    page = long_visit.go(PAGE)
    bring(page, "half.json", store.write(context.review).encode())
    page.locator(".rv-review a").click()
    page.wait_for_selector(".rv-item")
    for name, data in chosen:
        bring(page, "damaged.xlsx", data)
        if said := _refuse(data, context):
            expect(page.locator("dialog .rv-problems li"), name).to_have_text(said, timeout=ENGINE)
        else:
            expect(page.locator("dialog .rv-dialog__said"), name).to_contain_text("No answers change.", timeout=ENGINE)
        page.keyboard.press("Escape")
        page.wait_for_selector("dialog", state="detached")


def _refuse(data: bytes, context: ReviewContext) -> list[str]:
    """Return what the command says of a workbook that it does not take."""
    try:
        read_format("xlsx", data, context)
    except ImportRejectedError as refused:
        return refused.problems
    return []
