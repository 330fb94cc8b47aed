"""Damaged and hostile files that the page of reviews is given (tests/examples/attack/imports.yml): refused in words.

A visit fails by an error that nothing has caught, and by whatever stands in the console.
"""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests import plain_yaml
from tests.browser.conftest import Visit
from tests.browser.review_page import PAGE, bring
from tests.conftest import EXAMPLES
from vger_guide.reviews import store

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
