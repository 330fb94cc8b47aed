"""Builds data that know their lines from what a reader meets in turn: starts, scalars and ends."""

from typing import Any

from vger_guide.matchers.formats import MAX_DEPTH, MAX_VALUES, TOO_DEEP, TOO_MANY, Items, Table
from vger_guide.repo.tree import UnreadableFileError


class Builder:
    """Builds documents; in a table keys and values come by turns, and a key that is no text is called `?`."""

    def __init__(self) -> None:
        self.roots = Items()
        self._count = 0
        self._open: list[Table | Items] = [self.roots]
        # For each that is open, the key that waits for its value, and the key's line.
        self._keys: list[tuple[str, int] | None] = [None]

    def start(self, value: Table | Items, line: int) -> None:
        """Begin a table or a list. Raises UnreadableFileError where that is too deep."""
        if len(self._open) > MAX_DEPTH:
            raise UnreadableFileError(TOO_DEEP)
        self.scalar(value, line)
        self._open.append(value)
        self._keys.append(None)

    def end(self) -> Table | Items:
        """Return the innermost table or list; it is complete."""
        self._keys.pop()
        return self._open.pop()

    def scalar(self, value: Any, line: int) -> None:
        """Take a key, or a value. Raises UnreadableFileError where there are too many."""
        self._count += 1
        if self._count > 2 * MAX_VALUES:  # keys are counted too
            raise UnreadableFileError(TOO_MANY)
        within, key = self._open[-1], self._keys[-1]
        if isinstance(within, Items):
            within.put(value, line)
        elif key is None:
            self._keys[-1] = (value if isinstance(value, str) else "?", line)
        else:
            self._put(within, key[0], value, key[1])
            self._keys[-1] = None

    def _put(self, within: Table, key: str, value: Any, line: int) -> None:
        """Set a value; merges (`<<`) of YAML may be repeated, and then are several."""
        if key == "<<" and isinstance(within.get(key), Table | Items) and isinstance(value, Table | Items):
            several = Items()
            for each in (within[key], value):
                for merged in each if isinstance(each, Items) else [each]:
                    several.put(merged, line)
            value = several
        within.put(key, value, line)
