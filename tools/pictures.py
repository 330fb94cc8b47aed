"""Makes the pictures that are checked in: the README's view of the site, and the card that shared links show."""

import argparse
import sys
import tempfile
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, sync_playwright

from tools.browser import FLAGS, find
from tools.serving import serve
from tools.site import build

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / ".github" / "site.png"
CARD = ROOT / "docs" / "assets" / "images" / "social-card.png"
CARD_PAGE = Path(__file__).with_name("social-card.html")


def view(browser: Browser, address: str) -> None:
    """Take the README's picture: a section in light, and beside it the recommendations in dark."""
    frames: list[tuple[Literal["light", "dark"], str]] = [
        ("light", "principles/scalability/sessions/"),
        ("dark", "recommendations/?section=infrastructure-orchestration"),
    ]
    shots = []
    for scheme, path in frames:
        page = browser.new_page(viewport={"width": 1040, "height": 960}, color_scheme=scheme)
        page.goto(address + path, wait_until="networkidle")
        shots.append(page.screenshot())
        page.close()
    side_by_side(browser, shots)


def side_by_side(browser: Browser, shots: list[bytes]) -> None:
    """Put screenshots next to one another into the README's picture."""
    with tempfile.TemporaryDirectory() as folder:
        images = []
        for i, shot in enumerate(shots):
            Path(folder, f"{i}.png").write_bytes(shot)
            images.append(f'<img src="file://{folder}/{i}.png" style="width:800px;display:block">')
        html = Path(folder, "frame.html")
        html.write_text(
            f'<body style="margin:0;display:flex;gap:8px;width:1608px">{"".join(images)}</body>', encoding="utf-8"
        )
        page = browser.new_page(viewport={"width": 1608, "height": 738})
        page.goto(html.as_uri())
        page.screenshot(path=README, omit_background=True)
        page.close()


def card(browser: Browser) -> None:
    """Take the picture of the social card, 1200 by 630 pixels as link previews expect."""
    page = browser.new_page(viewport={"width": 1200, "height": 630})
    page.goto(CARD_PAGE.as_uri())
    page.screenshot(path=CARD)
    page.close()


def main() -> int:
    """Run from the command line."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    path = find()
    if not path:
        print("No browser: run 'make browser' first.", file=sys.stderr)
        return 3
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = Path(folder) / "site"
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        card(browser)
        if build(site):
            return 1
        with serve(site) as address:
            view(browser, address)
        browser.close()
    print(f"Made {README.relative_to(ROOT)} and {CARD.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
