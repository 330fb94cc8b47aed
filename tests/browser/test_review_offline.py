"""The page of reviews opens again when the server is gone."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import PATIENCE, Visit
from tests.browser.review_page import begin, document, downloaded, settled

KEPT = """async () => {
    const cache = await caches.open((await caches.keys())[0]);
    return (await cache.keys()).map(({ url }) => new URL(url).pathname);
}"""
# Page.wait_for_function asks again by eval, which the policy of the page forbids, and takes a promise for true.
CONTROLLED = """async () => {
    while (!navigator.serviceWorker.controller) await new Promise((done) => setTimeout(done, 50));
}"""
# Waits until some are among them.
KEPT_ALL = f"""async (needed) => {{
    let kept = [];
    while (!needed.every((path) => kept.includes(path))) {{
        await new Promise((done) => setTimeout(done, 50));
        kept = await ({KEPT})();
    }}
}}"""
NEEDED = ["/review/", "/assets/questions.json", "/catalog.json", "/engine/vger_guide.zip"]


def test_a_review_opens_again_without_a_network(browser: Browser, site: Path) -> None:
    with browser.new_context(accept_downloads=True) as context:
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        with _server(site) as address:
            page = begin(Visit(page, address))
            page.keyboard.press("j")
            page.keyboard.press("1")
            settled(page)
            first = document(page)["answers"]
            page.evaluate(CONTROLLED)
            online = downloaded(page, "markdown")
            page.evaluate(KEPT_ALL, NEEDED)
        page.reload()
        page.wait_for_selector(".rv-item")
        assert document(page)["answers"] == first
        assert downloaded(page, "markdown") == online


@pytest.mark.parametrize("visit", [{"sparing": False}], indirect=True, ids=["kept"])
def test_other_pages_are_not_kept(visit: Visit) -> None:
    begin(visit)
    visit.page.evaluate(CONTROLLED)
    page = visit.go("introduction/")
    assert "/introduction/" not in page.evaluate(KEPT)


@contextmanager
def _server(folder: Path) -> Iterator[str]:
    """Serve a folder by a process of its own: when it ends, no connection outlives it."""
    words = ["-u", "-m", "http.server", "0", "--bind", "127.0.0.1", "--directory", str(folder)]
    with subprocess.Popen(
        [sys.executable, *words], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        try:
            assert process.stdout
            # It listens when it says where: Serving HTTP on 127.0.0.1 port 40123 (http://127.0.0.1:40123/) ...
            yield process.stdout.readline().partition("(")[2].partition(")")[0]
        finally:
            process.kill()
