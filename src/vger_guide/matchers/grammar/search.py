"""Searching a program by rules of ast-grep, in the process that may die of it (see `child`)."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from vger_guide.matchers.findings import identify
from vger_guide.matchers.grammar import syntax
from vger_guide.matchers.probes import HITS_PER_FILE, SHOWN


class Place(NamedTuple):
    """Where something was found, from 1 on, and the code there in a line; what is one of many has an identity."""

    line: int
    column: int
    text: str
    identity: str = ""


def search(text: str, language: str, config: Mapping[str, Any]) -> Sequence[Place]:
    """Return where a rule matches in a program, as many places as are kept of a file. Raises UnreadableFileError."""
    found = _tree(text, language).find_all(config)
    places = [_place(node) for node in found[: HITS_PER_FILE + 1]]
    if len(found) > HITS_PER_FILE + 1:
        *places, last = places
        told = identify(*(node.text() for node in found[HITS_PER_FILE:]))
        more = len(found) - HITS_PER_FILE - 1
        places.append(last._replace(text=f"{last.text}, and {more} more in this file", identity=told))
    return places


@lru_cache(maxsize=1)
def _tree(text: str, language: str) -> Any:
    """Return the tree of a program; other rules may ask for the same one next."""
    return syntax.parse(text, language)


def _place(node: Any) -> Place:
    start = node.range().start
    line = " ".join(node.text()[: 2 * SHOWN].split())
    return Place(start.line + 1, start.column + 1, line if len(line) <= SHOWN else line[: SHOWN - 1] + "…")
