"""What changed between editions is told to readers: on one page, on the rules' own pages, and as a feed."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import Browser, Locator, expect
from selectolax.lexbor import LexborHTMLParser, LexborNode

from tests.browser.accessibility import ask_accessible
from tests.conftest import ROOT
from tests.editions.catalog_fixtures import begin_anew, had_verdict
from tests.project import copied_project
from tests.site.html import Page, pages
from tools.feed import feed
from tools.static_server import serve
from vger_guide.catalog.editions import NEXT
from vger_guide.catalog.loader import load

pytestmark = pytest.mark.slow

ATOM = "{http://www.w3.org/2005/Atom}"
PAGE = "about/changes/"
MERGED = "rules/perform-well-before-caching/"
INTO = "rules/never-write-your-own-cache/"
NEWER = "2026.11"
# The feed as it was before that edition.
BEFORE = "before.atom"

RETIRED = """retired:
  - id: CAC001
    slug: perform-well-before-caching
    title: Make the code perform well before you cache
    since: "2026.11"
    reason: It is asked of the cache itself.
    replaced_by: [CAC002]
"""
# By a rule, and by a change of it that reads like markup.
FIRST = """rules:
  - {id: CAC001, verb: merged, into: [CAC002], reason: "One rule of `<caches>` is & was enough.", decided: "2026-11-20"}
  - {id: SES004, verb: strengthened, reason: Any database does harm., decided: "2026-11-21"}
rows:
  - {id: neptune, verb: out, reason: Its maker shut it down., decided: "2026-11-20"}
"""
SECOND = """rules:
  - {id: SES004, verb: reworded, reason: It was hard to read., decided: "2026-11-22"}
"""


def _edit(path: Path, *changes: Callable[[str], str]) -> None:
    text = path.read_text(encoding="utf-8")
    for change in changes:
        assert change(text) != text, path
        text = change(text)
    path.write_text(text, encoding="utf-8")


def _said(old: str, new: str) -> Callable[[str], str]:
    return lambda text: text.replace(old, new, 1)


def _run(project: Path, *words: str) -> None:
    env = {**os.environ, "PYTHONPATH": f"{project / 'src'}{os.pathsep}{project}"}
    subprocess.run([sys.executable, "-m", *words], cwd=project, env=env, check=True, capture_output=True, timeout=300)


def _second_part(text: str) -> str:
    """Return the rules of caching with the first of them retired."""
    head, _, rest = text.partition("  - id: CAC001")
    _, mark, second = rest.partition("  - id: CAC002")
    return head + mark + second.replace("related: [CAC001]", "related: []").rstrip() + "\n" + RETIRED


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the site of a guide with three editions: one rule merged into another, one that changed twice."""
    project = copied_project(tmp_path_factory.mktemp("project"))
    begin_anew(project / "checklists")
    had_verdict(project / "checklists", "neptune", "watch")
    rules = project / "checklists" / "rules"
    changes = project / "checklists" / "changes" / "next.yml"
    _edit(rules / "caching.yml", _second_part)
    _edit(project / "docs" / "principles" / "caching.md", _said('{{ asks("CAC001") }}\n', ""))
    _edit(project / "docs" / "decisions.md", _said('"CAC001", ', ""))
    sessions = rules / "sessions.yml"
    old, new, newest = "kept in a relational database.", "kept in any database.", "put into any database."
    _edit(sessions, lambda text: _after(text, old, new, raised=True))
    _edit(changes, lambda text: text + FIRST)
    told = feed(load(project / "checklists"), "https://vger-guide.example/")
    (project / BEFORE).write_text(told, encoding="utf-8")
    _run(project, "vger_guide.cli", "--catalog", "checklists", "editions", "freeze", NEWER)
    _edit(sessions, lambda text: _after(text, new, newest))
    _edit(changes, lambda text: text + SECOND)
    _run(project, "vger_guide.cli", "--catalog", "checklists", "editions", "check")
    _run(project, "tools.rule_pages")
    _run(project, "tools.site", str(project / "site"))
    return project / "site"


def _after(text: str, old: str, new: str, *, raised: bool = False) -> str:
    head, mark, rest = text.partition("statement: Sessions must never be " + old)
    assert mark
    rest = rest.replace("revision: 1", "revision: 2", 1) if raised else rest
    return f"{head}statement: Sessions must never be {new}{rest}"


def _first(part: LexborHTMLParser | LexborNode, selector: str) -> LexborNode:
    found = part.css_first(selector)
    assert found, selector
    return found


def _links_lead_somewhere(site: Path, page: Page) -> None:
    for link in page.links:
        if found := page.resolve(link):
            path, anchor = found
            target = pages(site).get(path)
            assert target or (site / path).is_file(), link
            assert not anchor or not target or anchor in target.ids, link


def test_the_guides_own_page_tells_every_change_since_its_source(site: Path) -> None:
    catalog = load(ROOT / "checklists")
    page = pages(site)[PAGE]
    # Right after a release the records are that edition, and nothing is of the next one.
    names = [name for name in catalog.timeline if name != NEXT or catalog.edition == NEXT]
    for old, new in combinations(names, 2):
        assert f"From {old} to {new}" in " ".join(page.texts("h2"))
    old, new = names[-2:]
    told = {change.id for change in catalog.changes_to(new).entries}
    pair = f"from-{old}-to-{new}-".replace(".", "-")
    assert {id_.removeprefix(pair) for id_ in page.ids if id_.startswith(pair) and "chapter" not in id_} == {
        each.lower() for each in told
    }


def test_every_pair_of_editions_is_compared_and_no_id_is_there_twice(changed: Path) -> None:
    page = pages(changed)[PAGE]
    heads = [head.removesuffix("¶") for head in page.texts("article h2")]
    assert heads == [f"From {NEWER} to next", "From 2023.09 to next", f"From 2023.09 to {NEWER}"]
    assert len(set(page.ids)) == len(page.ids)
    _links_lead_somewhere(changed, page)


@pytest.mark.parametrize(
    ("pair", "old", "new"),
    [
        ("2023-09-to-2026-11", "kept in a relational database.", "kept in any database."),
        ("2026-11-to-next", "kept in any database.", "put into any database."),
        ("2023-09-to-next", "kept in a relational database.", "put into any database."),
    ],
)
def test_a_text_is_marked_word_by_word_in_words_too(pair: str, old: str, new: str, changed: Path) -> None:
    page = pages(changed)[PAGE]
    [shown] = [
        _first(div, "dd").html or ""
        for div in page.tree.css(f"#from-{pair}-ses004 dl > div")
        if _first(div, "dt").text() == "Rule"
    ]
    assert re.search(r'<del><span class="sr-only">\[removed: </span>.*?<span class="sr-only">\]</span></del>', shown)
    shown = re.sub(r'<span class="sr-only">.*?</span>|</?dd>', "", shown)
    for tag, text in (("ins", old), ("del", new)):
        left = re.sub(rf"<{tag}>.*?</{tag}>", "", shown)
        assert re.sub("<[^>]+>", "", left).strip() == f"Sessions must never be {text}"


def test_reasons_are_shown_as_text(changed: Path) -> None:
    page = pages(changed)[PAGE]
    assert not page.tree.css("caches")
    assert "One rule of <caches> is & was enough." in _first(page.tree, "#from-2023-09-to-next-cac001").text()


def test_the_move_of_a_verdict_is_drawn_and_told(changed: Path) -> None:
    move = _first(pages(changed)[PAGE].tree, "#from-2023-09-to-next-neptune .move")
    assert " ".join(move.text().split()) == "Watch became→ Avoid (moved out)"
    assert move.css_first("svg[aria-hidden] .move__arrow")


def test_the_old_permalink_of_a_merged_rule_leads_to_the_one_it_became(changed: Path) -> None:
    page = pages(changed)[MERGED]
    assert "Retired in edition 2026.11" in _first(page.tree, "article").text()
    targets = {found[0] for link in page.links if (found := page.resolve(link))}
    assert {INTO, PAGE} <= targets
    _links_lead_somewhere(changed, page)


def test_the_page_of_a_rule_has_its_history(changed: Path) -> None:
    events = pages(changed)["rules/no-sessions-in-a-relational-database/"].texts("ul.notes > li")
    told = [event for event in events if "in edition" in event]
    assert told == [
        "2026-11-22 Reworded in edition next: It was hard to read.",
        f"2026-11-21 Strengthened in edition {NEWER}: Any database does harm.",
    ]
    assert any(event.startswith("2026-11-20 CAC001 Merged") for event in pages(changed)[INTO].texts("ul.notes > li"))
    _links_lead_somewhere(changed, pages(changed)["rules/no-sessions-in-a-relational-database/"])


def _one(part: ET.Element, name: str) -> str:
    [found] = part.findall(ATOM + name)
    assert found.text
    return found.text


def test_the_feed_has_all_that_atom_asks_for_and_an_entry_a_change(changed: Path) -> None:
    root = ET.parse(changed / "changes.atom").getroot()  # noqa: S314 - our own
    assert root.tag == ATOM + "feed"
    entries = root.findall(ATOM + "entry")
    assert len(entries) == 4
    moments = []
    # RFC 4287, 4.1.1 and 4.1.2: an id, a title and a moment each; an author here or there; an alternate link.
    for part in (root, *entries):
        assert _one(part, "id").startswith("urn:uuid:")
        assert _one(part, "title")
        moments.append(datetime.fromisoformat(_one(part, "updated")))
        links = {link.attrib["rel"]: link.attrib["href"] for link in part.findall(ATOM + "link")}
        path, _, anchor = links["alternate"].removeprefix("https://vger-guide.example/").partition("#")
        assert not anchor or anchor in pages(changed)[path].ids
    assert all(moment.tzinfo for moment in moments)
    assert moments[0] == max(moments)
    assert moments[1:] == sorted(moments[1:], reverse=True)
    assert root.find(f"{ATOM}author/{ATOM}name") is not None
    ids = [_one(part, "id") for part in (root, *entries)]
    assert len(set(ids)) == len(ids)


def test_an_entry_keeps_its_id_when_its_edition_gets_a_name(changed: Path) -> None:
    before, after = (
        {
            _one(entry, "title").rpartition(" in ")[0]: _one(entry, "id")
            for entry in ET.parse(each).getroot().iter(ATOM + "entry")  # noqa: S314 - our own
        }
        for each in (changed.parent / BEFORE, changed / "changes.atom")
    )
    assert len(before) == 3
    assert before.items() <= after.items()


def test_a_reader_chooses_the_two_editions(changed: Path, browser: Browser) -> None:
    with serve(changed) as address, browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{address}about/changes/")
        page.wait_for_selector("[data-changes]:not([hidden])")
        shown = page.locator("h2[id^=from-]:visible .headerlink")
        _ask_shown(shown, "from-2026-11-to-next")
        old, new = page.locator("[data-changes] select").all()
        old.select_option("2023.09")
        _ask_shown(shown, "from-2023-09-to-next")
        new.select_option(NEWER)
        old.select_option(NEWER)
        _ask_shown(shown)
        expect(page.locator("[data-changes] [role=status]")).to_contain_text("Choose the older edition first")
        page.goto(f"{address}about/changes/#from-2023-09-to-2026-11-ses004")
        page.locator("#from-2023-09-to-2026-11-ses004").wait_for()
        _ask_shown(shown, "from-2023-09-to-2026-11")
        ask_accessible(page)


def _ask_shown(links: Locator, *pairs: str) -> None:
    """Wait until just these comparisons are shown."""
    expect(links).to_have_count(len(pairs))
    for number, pair in enumerate(pairs):
        expect(links.nth(number)).to_have_attribute("href", f"#{pair}")
