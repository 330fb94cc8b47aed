"""What `vger explain` says of each rule, as plain data that is shown in several forms."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Part:
    """What stands under one heading: a text, then a sample, items, and links as (title, address)."""

    heading: str
    text: str = ""
    code: str = ""
    language: str = ""
    items: list[str] = field(default_factory=list)
    numbered: bool = False
    links: list[list[str]] = field(default_factory=list)


@dataclass(frozen=True)
class Explanation:
    """A rule, or one that is no longer asked. `record` is the rule as `catalog.json` has it."""

    id: str
    slug: str
    title: str
    facts: str
    statement: str
    parts: list[Part]
    record: dict[str, Any]
