"""Evidence in a cell, one a line: the place, a dash, what it is, and when it was seen.

A place is an address, or a path with a line and a commit behind it; each part may be missing:

    https://git.example/shop/settings.py — The settings of the store (seen 2026-03-01)
    shop/settings.py:3 at 0123abc — The settings of the store
    We looked at it together.

Further lines of a description are indented by two spaces.
"""

import re
from collections.abc import Sequence
from typing import Any

from vger_guide.output.reviews.workbook.text import is_same, to_cell
from vger_guide.reviews.models import Evidence

DASH = " — "

_SEEN = re.compile(r" \(seen (\d{4}-\d{2}-\d{2})\)$")
_ADDRESS = re.compile(r"(https?://\S+)(?: +|$)")
_PATH = re.compile(r"([^\s:]+):(\d{1,9})(?: at ([0-9a-f]{7,64}))?(?: +|$)")
_BARE_PATH = re.compile(r"([^\s:]*/[^\s:]*[^\s:/.])(?: at ([0-9a-f]{7,64}))?(?: *$| +(?=[—-] ))")
_DASHES = re.compile(r"^[—-] +")


def lines(evidence: Sequence[Evidence]) -> str:
    """Return the text of a cell for some evidence."""
    return "\n".join(map(_line, evidence))


def _line(one: Evidence) -> str:
    path = one.path + (f":{one.line}" if one.line else "") + (f" at {one.commit}" if one.commit else "")
    place = " ".join(filter(None, (one.address, path.strip())))
    words = DASH.join(filter(None, (place, one.description)))
    return to_cell(words + (f" (seen {one.seen})" if one.seen else "")).replace("\n", "\n  ")


def parse(text: str, old: Sequence[Evidence]) -> list[dict[str, Any]]:
    """Return the evidence in a cell; a line that stands as it was written keeps all that its evidence had.

    As many lines as before are the same evidence, some of them changed: those keep what a line does not show.
    """
    entries, left = _entries(text), list(old)
    kept = [_take_same(entry, left) for entry in entries]
    before = old if len(entries) == len(old) else [None] * len(entries)
    return [
        _dump(same_) if same_ else {**_dump(was), **_parse(entry)}
        for entry, same_, was in zip(entries, kept, before, strict=True)
    ]


def _dump(one: Evidence | None) -> dict[str, Any]:
    return one.model_dump(by_alias=True) if one else {}


def _entries(text: str) -> list[str]:
    entries: list[str] = []
    for line in text.strip("\n").split("\n"):
        if entries and line.startswith("  "):
            entries[-1] += f"\n{line}"
        elif line.strip():
            entries.append(line)
    return entries


def _take_same(entry: str, left: list[Evidence]) -> Evidence | None:
    found = next((one for one in left if is_same(_line(one), entry)), None)
    if found:
        left.remove(found)
    return found


def _parse(entry: str) -> dict[str, Any]:
    text = entry.replace("\n  ", "\n").strip()
    parts: dict[str, Any] = {"seen": None, "address": "", "path": "", "line": 0, "commit": ""}
    if seen := _SEEN.search(text):
        parts["seen"], text = seen[1], text[: seen.start()]
    if address := _ADDRESS.match(text):
        parts["address"], text = address[1], text[address.end() :]
    if path := _PATH.match(text):
        parts.update(path=path[1], line=int(path[2]), commit=path[3] or "")
        text = text[path.end() :]
    elif path := _BARE_PATH.match(text):
        parts.update(path=path[1], commit=path[2] or "")
        text = text[path.end() :]
    return {**parts, "description": _DASHES.sub("", text, count=1) if any(parts.values()) else text}
