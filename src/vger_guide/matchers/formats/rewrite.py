"""Documents with some of their values made of others: the copy has the same keys and lines."""

from collections.abc import Callable
from typing import Any

from vger_guide.matchers.formats import Document
from vger_guide.matchers.formats.scalars import Unknown


def rewrite(document: Document, change: Callable[[Any], Any]) -> Document:
    """Return a document in which every value is what `change` makes of it; what it returns unchanged is gone into.

    A part that several aliases lead to is made once, so that the copy is no larger than the document.
    """
    roots, outline = document.roots, document.outline
    return Document([_Copy(change).of(root) for root in roots], outline or (lambda: roots))


class _Copy:
    def __init__(self, change: Callable[[Any], Any]) -> None:
        self._change = change
        self._made: dict[int, Any] = {}

    def of(self, value: Any) -> Any:
        if not isinstance(value, dict | list):
            return self._change(value)
        if id(value) not in self._made:
            self._made[id(value)] = Unknown("")  # while it is being made: it may hold itself
            changed = self._change(value)
            self._made[id(value)] = self._inner(value) if changed is value else changed
        return self._made[id(value)]

    def _inner(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {key: self.of(inner) for key, inner in value.items()}
        return [self.of(inner) for inner in value]
