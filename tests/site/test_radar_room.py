"""The picture of the verdicts has room for every name, in any catalogue, and contrast for every text."""

import colorsys
import json
import re
import subprocess
import sys
from dataclasses import replace
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from tests.conftest import ROOT
from tests.site.drawings import SVG, VERDICTS, Box, catalog_of, charts, crowded, drawn, rings
from tools.browser import FLAGS
from vger_guide.catalog.catalog import Catalog
from vger_guide.catalog.tables import Verdict

STYLES = ROOT / "docs" / "assets" / "stylesheets"

Rgb = tuple[float, float, float]


def _places(within: ET.Element) -> list[Box]:
    """Return where each link can be hit."""
    boxes = []
    for rect in within.findall(f".//{SVG}a/{SVG}rect"):
        x, y, width, height = (float(rect.attrib[name]) for name in ("x", "y", "width", "height"))
        boxes.append(Box(x, y, x + width, y + height))
    return boxes


@pytest.mark.parametrize(("rows", "tables"), [(1, 1), (1, 5), (5, 3), (15, 5), (2, 12)])
def test_no_place_to_hit_lies_on_another_or_outside_or_is_small(catalog: Catalog, rows: int, tables: int) -> None:
    crowd = crowded(catalog, rows, tables)
    for chart in charts(drawn(crowd)):
        sheet = Box(*map(float, chart.attrib["viewBox"].split()))
        places = _places(chart)
        assert len(places) == len(crowd.options)
        assert [place for place in places if not sheet.holds(place)] == []
        assert [place for place in places if place.bottom - place.top < 30] == []
        assert [pair for pair in combinations(places, 2) if pair[0].meets(pair[1])] == []


@pytest.mark.parametrize("rows", [1, 15])
def test_the_rings_lie_in_order_and_keep_their_own(catalog: Catalog, rows: int) -> None:
    for chart in charts(drawn(crowded(catalog, rows, tables=5))):
        spans = [(min(p.top for p in _places(ring)), max(p.bottom for p in _places(ring))) for ring in rings(chart)]
        assert len(spans) == len(VERDICTS)
        assert all(inner[1] < outer[0] for inner, outer in pairwise(spans))


def test_a_guide_without_tables_has_empty_rings(catalog: Catalog) -> None:
    for chart in charts(drawn(catalog_of(catalog))):
        assert len(rings(chart)) == len(Verdict)
        assert _places(chart) == []


# Run in the browser: the boxes of all text, with real letters, of each link, and of the drawing, in its own units.
MEASURE = """
const box = (node) => { const b = node.getBBox(); return [b.x, b.y, b.x + b.width, b.y + b.height]; };
const charts = [...document.querySelectorAll(".radar__chart")].map((chart) => ({
  size: [0, 0, chart.viewBox.baseVal.width, chart.viewBox.baseVal.height],
  texts: [...chart.querySelectorAll("text")].map(box),
  titles: [...chart.querySelectorAll("g[aria-hidden] text")].map(box),
  links: [...chart.querySelectorAll("a")].map((a) => [...a.querySelectorAll(":scope > rect, :scope > text")].map(box)),
}));
document.body.textContent = "";
document.body.append(Object.assign(document.createElement("pre"), { textContent: JSON.stringify(charts) }));
"""


@pytest.mark.slow
@pytest.mark.parametrize("rows", [1, 15])
def test_no_text_lies_on_another_as_a_browser_draws_it(catalog: Catalog, tmp_path: Path, rows: int) -> None:
    crowd = crowded(catalog, rows, tables=5)
    for chart in _measured(_page(tmp_path, drawn(crowd))):
        texts = [Box(*box) for box in chart["texts"]]
        assert len(texts) > len(crowd.options)
        assert [text for text in texts if not Box(*chart["size"]).holds(text)] == []
        assert [pair for pair in combinations(texts, 2) if _overlap(*pair)] == []
        for place, *within in chart["links"]:
            assert [text for text in within if not Box(*place).holds(Box(*text))] == []
            assert [title for title in chart["titles"] if _overlap(Box(*title), Box(*place))] == []


def _overlap(one: Box, other: Box) -> bool:
    """Return whether two texts lie on one another; 2 above and below a line are what no letter reaches."""
    return replace(one, top=one.top + 2, bottom=one.bottom - 2).meets(other)


def _page(folder: Path, body: str) -> Path:
    page = folder / "radar.html"
    style = "".join(path.read_text(encoding="utf-8") for path in sorted(STYLES.glob("*.css")))
    style += "body { font-family: Helvetica, Arial, sans-serif } .radar .radar__chart.radar__chart { display: block }"
    page.write_text(
        f"<!doctype html><meta charset=utf-8><style>{style}</style>{body}<script>{MEASURE}</script>", encoding="utf-8"
    )
    return page


def _measured(page: Path) -> list[dict[str, Any]]:
    """Return what MEASURE finds. The browser is run as a command: Playwright may be running in this process already."""
    found = subprocess.run(
        [sys.executable, "-m", "tools.browser"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    browser = found.stdout.strip().removeprefix("Browser: ")
    command = [browser, "--headless", *FLAGS, f"--user-data-dir={page.parent / 'profile'}", "--dump-dom", page.as_uri()]
    dom = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout
    result = re.search(r"<pre>(.*?)</pre>", dom, re.DOTALL)
    assert result, dom[:500]
    measured: list[dict[str, Any]] = json.loads(result[1])
    assert len(measured) == 2
    return measured


# The theme's grounds: white, and hsl(210, 15%, 14%).
GROUNDS = {"default": (1.0, 1.0, 1.0), "slate": colorsys.hls_to_rgb(210 / 360, 0.14, 0.15)}


@pytest.mark.parametrize("scheme", GROUNDS)
def test_text_and_shapes_on_the_rings_have_contrast(scheme: str) -> None:  # axe does not look at text in SVG
    style = "".join(path.read_text(encoding="utf-8") for path in sorted(STYLES.glob("*.css")))
    block = re.search(rf'^\[data-md-color-scheme="{scheme}"\] {{(.*?)^}}', style, re.DOTALL | re.MULTILINE)
    share = re.search(r"\.radar__ring \{.*color-mix\(in srgb, var\(--verdict\) (\d+)%", style)
    assert block
    assert share
    colours = {name: _rgb(value) for name, value in re.findall(r"--guide-([a-z-]+): #([0-9a-f]+);", block[1])}
    for verdict in Verdict:
        own = colours[verdict.value]
        ring = _mixed(own, GROUNDS[scheme], int(share[1]) / 100)
        assert _contrast(colours["ink"], ring) >= 4.5, verdict
        assert _contrast(colours["muted"], ring) >= 4.5, verdict
        assert _contrast(colours["mark"], own) >= 4.5, verdict
        assert _contrast(own, ring) >= 3, verdict
    assert _contrast(colours["none"], GROUNDS[scheme]) >= 4.5


def _rgb(digits: str) -> Rgb:
    digits = digits if len(digits) == 6 else "".join(digit * 2 for digit in digits)
    red, green, blue = (int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4))
    return red, green, blue


def _mixed(colour: Rgb, ground: Rgb, share: float) -> Rgb:
    red, green, blue = (share * c + (1 - share) * g for c, g in zip(colour, ground, strict=True))
    return red, green, blue


def _contrast(one: Rgb, other: Rgb) -> float:
    """Return the contrast of two colours, 1 to 21 (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio)."""
    dark, light = sorted(map(_luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Rgb) -> float:
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
