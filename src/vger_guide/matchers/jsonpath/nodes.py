"""Nodes: what a path means in a document, as RFC 9535 has the word: a value, and the keys that lead to it."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple, Protocol

from vger_guide.matchers.formats import Keys


class Node(NamedTuple):
    """A value that a path means, and the keys that lead to it, which begin with the number of the root.

    `is_uncertain` where an Unknown value decides whether it is meant; it is that value, where one stands in the way.
    """

    keys: Keys
    value: Any
    is_uncertain: bool = False


class Path(Protocol):
    """A path that is ready to be followed."""

    def follow(self, root: Any) -> Iterator[Node]:
        """Yield what is met in a document; the keys begin below the root."""


def format_keys(keys: Keys) -> str:
    """Return keys as a path for people to read, such as `services.web["x.y"][0]`."""
    named = (f"[{key}]" if isinstance(key, int) else f".{_format_key(key)}" for key in keys[1:])
    return "".join(named).removeprefix(".")


def _format_key(key: str) -> str:
    return key if re.fullmatch(r"[^.*\s]+", key) else f'"{key}"'
