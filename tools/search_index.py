"""Makes the search's index of a built site one of rules, rows and names, and takes it out of the first view.

The theme's plugin writes an entry for each heading. Here a rule becomes one entry that says its level, a row says its
verdict, options and names of files are told apart from words, and all of it goes into a file of its own, which the
worker (docs/assets/javascripts/search.js) fetches at the first query: what is left is the configuration.
"""

import html
import json
import re
from collections import defaultdict
from pathlib import Path
from typing import Any

from vger_guide.catalog.catalog import Catalog
from vger_guide.catalog.urls import page_url

INDEX = "search/search_index.json"
ENTRIES = "search/entries.json"

# An option of a command, a name of a file with its ending, or one that begins with a full stop.
NAME = re.compile(
    r"(?<![\w-])--[a-z][a-z-]+|(?<![\w/.])\.?[\w-]+\.(?:ya?ml|json|toml|txt|csv|md|atom)\b|(?<![\w/.])\.[a-z]{3,}\b|\bCODEOWNERS\b"
)
TAG = re.compile(r"<[^>]+>")
# How much a hit in each field counts: a word of a title is worth ten of a text.
FIELDS = {"title": {"boost": 10.0}, "text": {"boost": 1.0}, "names": {"boost": 20.0}}
# Entries that say nothing by themselves: headings over lists that the index leaves out.
BARE = {"Checklist", "Contents"}

Entry = dict[str, Any]


def write(site: Path, catalog: Catalog) -> None:
    """Write the entries beside the theme's index, and leave in that what the theme asks for at once."""
    index = json.loads((site / INDEX).read_text(encoding="utf-8"))
    entries = [_weighed(entry) for entry in _by_rule(index["docs"], catalog) if entry["text"] or not _is_bare(entry)]
    index["config"]["fields"] = FIELDS
    for name, content in ((INDEX, {**index, "docs": []}), (ENTRIES, entries)):
        text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        (site / name).write_text(text, encoding="utf-8", newline="")


def _by_rule(entries: list[Entry], catalog: Catalog) -> list[Entry]:
    """Return the entries with those of a rule's page made one, whose title begins with its id and level."""
    rules = {page_url("", rule.page): rule for rule in catalog.rules.values()}
    parts: dict[str, list[str]] = defaultdict(list)
    for entry in entries:
        parts[entry["location"].partition("#")[0]].append(entry["text"])
    made = []
    for entry in entries:
        page, hash_, _ = entry["location"].partition("#")
        if rule := rules.get(page):
            if hash_:
                continue
            title = f"{rule.id} ({rule.level.value}) {html.escape(rule.title, quote=False)}"
            entry = {**entry, "title": title, "text": "".join(parts[page])}
        made.append(entry)
    return made


def _is_bare(entry: Entry) -> bool:
    return "#" in entry["location"] and entry["title"] in BARE


def _weighed(entry: Entry) -> Entry:
    """Return an entry with the names it holds, and with more weight the shorter its title is."""
    names = sorted(
        {_folded(name) for name in NAME.findall(html.unescape(TAG.sub(" ", entry["title"] + " " + entry["text"])))}
    )
    words = [word for word in re.findall(r"\w+", TAG.sub("", entry["title"])) if not word.isdecimal()]
    weighed = {**entry, "boost": round(1 + 2 / max(1, len(words)), 2)}
    return {**weighed, "names": names} if names else weighed


def _folded(name: str) -> str:
    """Return a name as the worker asks for it: letters and digits only."""
    return re.sub(r"[^a-z0-9]", "", name.lower())
