"""The HTML report, read by another parser; `tests/browser/test_report.py` opens it."""

import base64
import hashlib
import re

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from tests.output.runs import runs
from vger_guide.checks.results import Run
from vger_guide.output.runs import load_format
from vger_guide.text.sanitize import safe_link

PLAIN = LexborHTMLParser(load_format("html").write(runs.hostile("plain")))


def _read(run: Run) -> LexborHTMLParser:
    return LexborHTMLParser(load_format("html").write(run))


def _only(page: LexborHTMLParser, selector: str) -> LexborNode:
    [node] = page.css(selector)
    return node


def _tags(page: LexborHTMLParser) -> list[str]:
    return [str(node.tag) for node in page.css("*") if node.tag not in ("code", "a")]


@pytest.mark.parametrize("text", runs.HOSTILE, ids=range(len(runs.HOSTILE)))
def test_no_text_becomes_an_element_an_attribute_or_an_address(text: str) -> None:
    page = _read(runs.hostile(text))
    if text.strip():
        assert _tags(page) == _tags(PLAIN)
    assert {name for node in page.css("*") for name in node.attributes if name.startswith("on")} == set()
    assert {node.attributes["href"] for node in page.css("a[href]")} <= {safe_link(text)}


def test_the_page_asks_for_nothing_and_runs_nothing() -> None:
    written = load_format("html").write(runs.ORDINARY)
    assert not re.search(r"<script|<img|<iframe|<link|url\(|@import|\bsrc=|\sstyle=", written)
    page = LexborHTMLParser(written)
    style = _only(page, "style").text()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = str(_only(page, "meta[http-equiv]").attributes["content"])
    assert policy.split("; ")[:2] == ["default-src 'none'", f"style-src 'sha256-{digest}'"]


def test_failures_come_worst_first_and_before_everything_else() -> None:
    page = _read(runs.ORDINARY)
    names = [node.text() for node in page.css("article h3 a")]
    assert names[:5] == runs.WORST_FIRST
    assert len(names) == len(runs.RESULTS)
    assert [node.text() for node in page.css(".group h2")][:2] == ["Failed (5)", "Waived (1)"]


def test_the_picture_has_its_words_and_the_table_its_counts() -> None:
    page = _read(runs.ORDINARY)
    assert _only(page, "svg.picture title").text() == "Outcomes by chapter"
    assert "3 Data: 0 failed, 1 waived, 1 error" in _only(page, "svg.picture desc").text()
    rows = [[cell.text() for cell in row.css("th, td")] for row in page.css("tbody tr")]
    assert rows[-1] == ["All", *map(str, runs.COUNTS.values())]
    assert len(rows) == 3


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_the_numbers_in_the_picture_stand_out(theme: int) -> None:
    style = _only(_read(runs.ORDINARY), "style").text()
    colours = dict(re.findall(r"--([a-z]+): #([0-9a-f]{3,6})", style.split(":root {")[theme + 1]))
    parts = {"fail", "waived", "error", "unavailable", "manual", "pass", "na"}
    low = {part: _contrast(colours["on"], colours[part]) for part in parts}
    assert {part: ratio for part, ratio in low.items() if ratio < 4.5} == {}


def _contrast(one: str, other: str) -> float:
    """Return the contrast of two colours (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio)."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    digits = "".join(2 * digit for digit in colour) if len(colour) == 3 else colour
    shares = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return sum(weight * share for weight, share in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_a_rule_says_what_the_check_cannot_see() -> None:
    assert "What is in the image." in _read(runs.ORDINARY).text()
