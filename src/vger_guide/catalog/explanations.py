"""What `vger explain` says of each rule, as plain data that is shown in several forms."""

from collections.abc import Sequence
from typing import Any, NamedTuple


class ExplanationPart(NamedTuple):
    """What stands under one heading: a text, then a sample, items, and links as (title, address)."""

    heading: str
    text: str = ""
    code: str = ""
    language: str = ""
    items: Sequence[str] = ()
    numbered: bool = False
    links: Sequence[Sequence[str]] = ()


class Explanation(NamedTuple):
    """A rule, or one that is no longer asked. `record` is the rule as `catalog.json` has it."""

    id: str
    slug: str
    title: str
    facts: str
    statement: str
    parts: list[ExplanationPart]
    record: dict[str, Any]
