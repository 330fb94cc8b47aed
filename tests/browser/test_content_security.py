"""A page that somebody could write into does nothing of what they want.

That no page of the site, nor the engine in it, breaks its own policy is asked by all tests of this folder: their visits
allow no message in the console.
"""

import re
from collections import Counter
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route

from tests.browser.conftest import PATIENCE
from tests.conftest import EXAMPLES

ATTACK = EXAMPLES / "attack" / "page"
PAGE = "rules/"
POLICY = re.compile('<meta http-equiv="Content-Security-Policy"[^>]*>')
ELSEWHERE = "https://elsewhere.example/"
# What runs if nothing holds it back, and what is asked of another host, by the names in the page.
RUNS = {"address", "data", "eval", "function", "handler", "inline", "srcdoc", "timer", "wasm", "worker"}
ASKS = {"base", "fetch", "form", "frame", "image", "object", "script", "style"}
# What the browser reports of the same page with its policy: the script in a frame is reported in the frame.
REFUSED = Counter(
    {
        **dict.fromkeys(("base-uri", "connect-src", "form-action", "frame-src", "img-src", "object-src"), 1),
        "script-src": 4,
        "script-src-attr": 1,
        "script-src-elem": 4,
        "style-src-elem": 1,
        "worker-src": 1,
    }
)
WATCH = """
window.ran = [];
window.refused = [];
addEventListener("securitypolicyviolation", (event) => refused.push(event.effectiveDirective));
"""


class Attack:
    """A page of the site with the attack in it, and what of it came through."""

    def __init__(self, context: BrowserContext, address: str, html: str) -> None:
        self.asked: set[str] = set()
        context.set_default_timeout(PATIENCE)
        context.add_init_script(WATCH)
        context.route(ELSEWHERE + "**", self._answer)
        self.page: Page = context.new_page()
        body = html.replace("</article>", (ATTACK / "body.html").read_text(encoding="utf-8") + "</article>", 1)
        self.page.route(address + PAGE, lambda route: route.fulfill(content_type="text/html", body=body))
        self.page.route(address + "attack.js", lambda route: route.fulfill(path=ATTACK / "attack.js"))
        self.page.goto(address + PAGE)
        self.page.locator("#javascript").click()
        self.page.locator("#send").click()

    def _answer(self, route: Route) -> None:
        self.asked.add(route.request.url.removeprefix(ELSEWHERE).rstrip("?").split("/")[0])
        route.fulfill(headers={"Access-Control-Allow-Origin": "*"}, body="")

    def wait(self, condition: str) -> None:
        """Wait until a condition of the page holds, for ten seconds at most: the test then says what is missing.

        Page.wait_for_function would ask again by eval, which the policy forbids.
        """
        self.page.evaluate(
            f"""async () => {{
                for (let n = 0; n < 200 && !({condition}); n++) await new Promise((done) => setTimeout(done, 50));
            }}"""
        )

    @property
    def came_through(self) -> set[str]:
        """The names of the attempts that did what they wanted."""
        return {*self.page.evaluate("ran"), *self.asked}


@pytest.fixture
def html(site: Path) -> str:
    """Return a page of the site."""
    return (site / PAGE / "index.html").read_text(encoding="utf-8")


def test_the_policy_of_a_page_holds_every_attempt_back(browser: Browser, address: str, html: str) -> None:
    with browser.new_context() as context:
        attack = Attack(context, address, html)
        attack.wait(f"refused.length >= {REFUSED.total()}")
        assert Counter(attack.page.evaluate("refused")) == REFUSED
        assert attack.came_through == set()


def test_without_the_policy_every_attempt_comes_through(browser: Browser, address: str, html: str) -> None:
    with browser.new_context() as context:
        attack = Attack(context, address, POLICY.sub("", html))
        attack.wait(f"new Set(ran).size === {len(RUNS)}")
        assert attack.came_through == RUNS | ASKS
