"""Asks axe-core what is wrong with a page for people who do not see it, or do not use a mouse."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import Page

from tests.soak import SOAK

# Cards out of view are not laid out on a phone, and what changes colour there is half way until somebody comes near.
LAID_OUT = "for (const row of document.querySelectorAll('tbody tr')) row.style.contentVisibility = 'visible'"
# Two frames, in which what was just opened begins to move, and then the end of all that moves: half faded in, a text
# has less contrast than it is given.
AT_REST = """new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())))
    .then(() => Promise.allSettled(document.getAnimations().map((each) => each.finished)))"""

# Nine tenths of the time of axe-core go into the contrast of texts and links, one by one. Where a page has hundreds of
# rows, most look like another: the same element of the same class, in the same colours and size, within the same
# surroundings. Of those that look alike it is asked about the first and the last; of all of them by the nightly run.
MARK = """(part) => {
    const numbers = new Map();
    const number = (...all) => {
        const text = all.join('|');
        return numbers.get(text) ?? numbers.set(text, numbers.size).get(text);
    };
    const surroundings = new Map([[null, -1]]);
    const around = (each) => {
        if (!surroundings.has(each)) {
            const { backgroundColor, backgroundImage, color, filter, opacity } = getComputedStyle(each);
            surroundings.set(each, number(around(each.parentElement), each.tagName, each.getAttribute('class'),
                backgroundColor, backgroundImage, color, filter, opacity));
        }
        return surroundings.get(each);
    };
    const look = (each) => {
        const { borderBottom, fontSize, fontStyle, fontWeight, textDecoration, textShadow } = getComputedStyle(each);
        return number(around(each), borderBottom, fontSize, fontStyle, fontWeight, textDecoration, textShadow,
            each.type, !!each.value, each.disabled);
    };
    const written = (each) => [...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    const seen = [...document.querySelectorAll(`${part}, ${part} *`)].filter(
        (each) => (each.matches('a[href], [role=link], input, select, textarea') || written(each))
            && each.checkVisibility());
    for (const alike of Map.groupBy(seen, look).values())
        for (const each of [alike[0], alike.at(-1)]) each.setAttribute('data-looked-at', '');
    axe.configure({ rules: [
        { id: 'color-contrast', selector: '[data-looked-at]' },
        { id: 'link-in-text-block', selector: ':is(a[href], [role=link])[data-looked-at]' },
    ] });
}"""
UNMARK = "document.querySelectorAll('[data-looked-at]').forEach((each) => each.removeAttribute('data-looked-at'))"
RUN = """(part) => axe.run(part === 'body' ? document : part, { resultTypes: ['violations'] })
    .then(({ violations }) => ({ violations }))"""


def ask_accessible(page: Page, state: str = "", part: str = "body") -> None:
    """Assert that axe-core finds no violation on a page as it stands when nothing on it moves any more.

    A `part` is the selector of what alone has changed since the page was asked about, as a dialog that has opened;
    the nightly run asks about all of the page again.
    """
    found = find_violations(page, "body" if SOAK else part)
    assert found.violations_count == 0, f"{state}: {found.generate_report()}"


def find_violations(page: Page, part: str = "body", *, all_texts: bool = SOAK) -> AxeResults:
    """Return what axe-core finds, of texts that look alike about two."""
    page.evaluate(LAID_OUT)
    page.evaluate(AT_REST)
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    if not all_texts:
        page.evaluate(MARK, part)
    found: dict[str, Any] = page.evaluate(RUN, part)
    page.evaluate(UNMARK)
    return AxeResults(found)


def ask_fitting(page: Page, state: str = "") -> None:
    """Assert that a page is not wider than the window."""
    width, room = page.evaluate("[document.scrollingElement.scrollWidth, innerWidth]")
    assert width <= room, f"{state}: {width} > {room}"
