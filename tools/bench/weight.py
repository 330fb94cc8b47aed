"""The bytes of a first view, compressed, by type."""

from collections import Counter
from pathlib import Path

from playwright.sync_api import Browser, Response, sync_playwright

from tools.browser import FLAGS

KINDS = ["html", "css", "js", "search", "image", "font", "other"]
TYPES = {"document": "html", "stylesheet": "css", "script": "js", "image": "image", "font": "font"}


def report(browser: Path, address: str, pages: dict[str, str]) -> None:
    """Print kilobytes (1,000 bytes) by type for the first view of each page, with an empty cache."""
    print("First view, kilobytes compressed (gzip) by type:")
    print("  " + f"{'page':16}" + "".join(f"{kind:>8}" for kind in [*KINDS, "all"]))
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser, args=FLAGS)
        for name, path in pages.items():
            sizes = _first_view(chromium, address + path)
            shown = [*(sizes[kind] for kind in KINDS), sizes.total()]
            print("  " + f"{name:16}" + "".join(f"{size / 1000:8.1f}" for size in shown))
        chromium.close()


def _first_view(browser: Browser, url: str) -> Counter[str]:
    """Return the bytes of each kind that a browser with an empty cache is sent."""
    sizes: Counter[str] = Counter()

    def count(answer: Response) -> None:
        sizes[_kind(answer)] += int(answer.headers.get("content-length", 0))

    page = browser.new_context().new_page()
    page.on("response", count)
    page.goto(url, wait_until="networkidle")
    return sizes


def _kind(answer: Response) -> str:
    if "/search" in answer.url:
        return "search"
    return TYPES.get(answer.request.resource_type, "other")
