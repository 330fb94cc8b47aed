"""The nodes of a syntax tree of HCL: bodies, blocks with their headings, attributes."""

from collections.abc import Iterator
from typing import Any

_LABELS = ("string_lit", "identifier")


def statements(node: Any) -> Iterator[Any]:
    """Yield the attributes and blocks of a body, or of a whole file."""
    for part in node.children():
        kind = part.kind()
        if kind in ("attribute", "block"):
            yield part
        elif kind == "body":
            yield from statements(part)


def attributes(body: Any) -> Iterator[Any]:
    """Yield the attributes of a body."""
    return (part for part in statements(body) if part.kind() == "attribute")


def attribute(node: Any) -> tuple[str, Any]:
    """Return the name of an attribute, and the node of its expression."""
    parts = node.children()
    return parts[0].text(), parts[-1]


def heading(block: Any) -> list[str]:
    """Return the name and the labels of a block; nothing for an attribute."""
    if block.kind() != "block":
        return []
    return [part.text().strip('"') for part in block.children() if part.kind() in _LABELS]


def block_body(block: Any) -> Any:
    """Return the body of a block; the block itself, which holds no statement, where it is empty."""
    return next((part for part in block.children() if part.kind() == "body"), block)
