"""How fast the page of reviews is: answers of a large review, and the first and the later exports of the engine."""

import statistics
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tools.browser import FLAGS
from vger_guide.output.reviews.formats import format_names

TARGETS = 5
# Presses keys on rule after rule, and waits for the paint and for the word that it is stored. Milliseconds.
ANSWER = """
async (count) => {
  const found = [];
  const status = document.querySelector('.rv-status');
  const stored = () => new Promise((resolve) => {
    new MutationObserver((_, self) => status.textContent === 'Saved' && (self.disconnect(), resolve()))
      .observe(status, { childList: true, characterData: true, subtree: true });
  });
  for (const item of [...document.querySelectorAll('.rv-item')].slice(0, count)) {
    item.querySelector('.rv-item__title').focus();
    await new Promise((resolve) => setTimeout(resolve, 50));
    const saved = stored();
    const began = performance.now();
    document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: '1', bubbles: true }));
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    const painted = performance.now() - began;
    await saved;
    found.push([painted, performance.now() - began]);
  }
  return found;
}
"""


def report(browser: Path, address: str) -> None:
    """Print the times of a review of all rules for five targets, at most 100 answers of it, and of every form."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=browser, args=FLAGS)
        page = running.new_page()
        _begin(page, address)
        found = page.evaluate(ANSWER, 100)
        print(f"\nReview in the browser: {page.locator('.rv-item').count()} rules, {TARGETS} targets; ms")
        for name, times in zip(("on the screen", "stored"), zip(*found, strict=True), strict=True):
            print(f"  {name:14} median {statistics.median(times):6.1f}   most {max(times):6.1f}")
        _exports(page)
        running.close()


def _begin(page: Page, address: str) -> None:
    page.goto(address + "review/")
    page.get_by_label("Title").fill("Bench")
    page.get_by_label("What is reviewed").fill("\n".join(f"System {n}" for n in range(TARGETS)))
    page.get_by_role("button", name="Begin").click()
    page.wait_for_selector(".rv-item")


def _exports(page: Page) -> None:
    page.get_by_role("button", name="Download", exact=True).click()
    for n, name in enumerate(name for name in format_names() if name != "json"):
        began = time.perf_counter()
        with page.expect_download(timeout=120_000) as download:
            page.get_by_role("button", name=name, exact=True).click()
        seconds = time.perf_counter() - began
        size = Path(download.value.path()).stat().st_size
        print(
            f"  {name:14} {seconds:6.2f} s {size / 1000:8.0f} kB{'   (with the start of the engine)' if not n else ''}"
        )
