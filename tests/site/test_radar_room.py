"""The picture of the verdicts has room for every name, in any catalogue and any width, and contrast for every text."""

import colorsys
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.conftest import ROOT
from tests.site.drawings import VERDICTS, crowded, drawn
from vger_guide.catalog.catalog import Catalog
from vger_guide.catalog.tables import Verdict

STYLES = ROOT / "docs" / "assets" / "stylesheets"
WIDTHS = {"phone": 358, "wide": 1220}

Rgb = tuple[float, float, float]

# Run in the browser: the box of the picture, of its rows and their heads, of each link and of what stands in it.
MEASURE = """() => {
const box = (node) => { const b = node.getBoundingClientRect(); return [b.left, b.top, b.right, b.bottom]; };
const all = (within, selector) => [...within.querySelectorAll(selector)];
return {
  chart: box(document.querySelector(".radar__chart")),
  scrolls: document.documentElement.scrollWidth - innerWidth,
  rows: all(document, ".radar__row").map(box),
  firsts: all(document, ".radar__row").map((row) => all(row, ".radar__cell").map((cell) => box(cell)[0])),
  links: all(document, ".radar__blip").map((link) => ({ place: box(link), texts: all(link, "span").map(box) })),
};
}"""


@pytest.mark.slow
@pytest.mark.parametrize(("rows", "tables"), [(1, 5), (5, 5), (2, 12)])
@pytest.mark.parametrize("width", WIDTHS)
def test_every_name_has_its_place_as_a_browser_draws_it(
    browser: Browser, catalog: Catalog, tmp_path: Path, width: str, rows: int, tables: int
) -> None:
    crowd = crowded(catalog, rows, tables)
    drawing = _measured(browser, _page(tmp_path, drawn(crowd), WIDTHS[width]))
    places = [link["place"] for link in drawing["links"]]
    assert len(places) == len(crowd.options)
    assert drawing["scrolls"] <= 0
    assert [place for place in places if not _holds(drawing["chart"], place)] == []
    assert [place for place in places if place[3] - place[1] < 29.5] == []
    for link in drawing["links"]:
        assert [text for text in link["texts"] if not _holds(link["place"], text)] == []
    assert _meeting(places) == []
    assert len(drawing["rows"]) == len(VERDICTS)
    assert all(inner[3] <= outer[1] + 0.5 for inner, outer in zip(drawing["rows"], drawing["rows"][1:], strict=False))


@pytest.mark.slow
def test_the_columns_of_all_rings_stand_below_one_another(browser: Browser, catalog: Catalog, tmp_path: Path) -> None:
    drawing = _measured(browser, _page(tmp_path, drawn(crowded(catalog, rows=1, tables=5)), WIDTHS["wide"]))
    lefts = drawing["firsts"][: len(Verdict)]
    assert len(set(lefts[0])) == 5
    for other in lefts[1:]:
        assert other == pytest.approx(lefts[0], abs=0.5)


def _holds(outer: list[float], inner: list[float]) -> bool:
    """Return whether a box lies in another, as far as browsers round."""
    return all(a <= b + 0.5 for a, b in zip([*outer[:2], *inner[2:]], [*inner[:2], *outer[2:]], strict=True))


def _meeting(boxes: list[list[float]]) -> list[tuple[list[float], list[float]]]:
    """Return the pairs that lie on one another."""
    ordered = sorted(boxes, key=lambda box: box[1])
    pairs = []
    for i, one in enumerate(ordered):
        for other in ordered[i + 1 :]:
            if other[1] >= one[3] - 0.5:
                break
            if one[0] < other[2] - 0.5 and other[0] < one[2] - 0.5:
                pairs.append((one, other))
    return pairs


def _page(folder: Path, body: str, width: int) -> Path:
    page = folder / "radar.html"
    style = "".join(path.read_text(encoding="utf-8") for path in sorted(STYLES.rglob("*.css")))
    # As the theme has it: 20 pixels a rem, and its classes around what pages say.
    style += ":root { --md-default-bg-color: #fff }"
    style += f"html {{ font: 20px Helvetica, Arial, sans-serif }} body {{ margin: 0; width: {width}px }}"
    page.write_text(
        f'<!doctype html><meta charset=utf-8><style>{style}</style><body class="md-typeset">{body}',
        encoding="utf-8",
    )
    return page


def _measured(browser: Browser, path: Path) -> dict[str, Any]:
    """Return what MEASURE finds."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(path.as_uri())
    measured: dict[str, Any] = page.evaluate(MEASURE)
    page.close()
    return measured


# The theme's grounds: white, and hsl(210, 15%, 14%).
GROUNDS = {"default": (1.0, 1.0, 1.0), "slate": colorsys.hls_to_rgb(210 / 360, 0.14, 0.15)}


@pytest.mark.parametrize("scheme", GROUNDS)
def test_text_and_shapes_on_the_rings_have_contrast(scheme: str) -> None:
    style = "".join(path.read_text(encoding="utf-8") for path in sorted(STYLES.rglob("*.css")))
    block = re.search(rf'^\[data-md-color-scheme="{scheme}"\] {{(.*?)^}}', style, re.DOTALL | re.MULTILINE)
    share = re.search(r"\.radar__ring \{[^}]*?color-mix\(in srgb, var\(--verdict\) (\d+)%", style)
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
