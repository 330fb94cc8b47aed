"""Makes the pictures that are checked in: the README's view of the site, and the card that shared links show."""

import argparse
import sys
import tempfile
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, sync_playwright

from tools.browser import FLAGS, find
from tools.site import build
from tools.static_server import serve

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / ".github" / "site.png"
REVIEW = ROOT / ".github" / "review.png"
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


def review(browser: Browser, address: str) -> None:
    """Take the README's picture of a review that is being made, answered by its keys."""
    page = browser.new_page(viewport={"width": 1280, "height": 1220}, color_scheme="light")
    page.goto(address + "review/?profile=web-application")
    page.get_by_label("Title").fill("Web shop, before the sale")
    page.get_by_label("Systems to review").fill("Web shop\nTill")
    page.get_by_role("button", name="Begin").click()
    page.wait_for_selector(".rv-item")
    for key in "j1j1j3j2j1j1j2j1j1j1j3":
        page.keyboard.press(key)
    page.evaluate("scrollTo(0, 0)")
    page.get_by_text("Saved", exact=True).wait_for()
    page.evaluate("Promise.allSettled(document.getAnimations().map((each) => each.finished))")
    page.screenshot(path=REVIEW)
    page.close()


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
            review(browser, address)
        browser.close()
    print(f"Made {', '.join(str(path.relative_to(ROOT)) for path in (README, REVIEW, CARD))}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
