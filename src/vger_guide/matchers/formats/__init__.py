"""Formats of structured files, a module each, found by name: what a file says as plain data, and where it says it.

A module has `parse(text)`, which returns a Document and raises UnreadableFileError, with the reason in a line, for a
text that is not of its format, too long or too deep; or `parse_file(file)`, where the name or other files of the folder
matter. Whatever a file holds, nothing recurses, multiplies or is looked up elsewhere.

`parse_file(file, heads)` of a module that is `PARTIAL` makes only what some heads of paths lead to.
"""

import importlib
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, cast

from vger_guide.matchers.probes import File
from vger_guide.repo.tree import UnreadableFileError

# What people write is shorter and flatter by far; JSON is also written by tools, and read at twenty times the speed.
MAX_LENGTH = 1_000_000
MAX_DEPTH = 100
MAX_VALUES = 200_000
TOO_MANY = f"holds more than {MAX_VALUES:,} values"
TOO_DEEP = f"is nested more than {MAX_DEPTH} deep"

Keys = tuple[str | int, ...]
# The names that the first steps of some paths have, step by step; an empty step is any name. None of them is all.
Heads = tuple[tuple[tuple[str, ...], ...], ...]


class Table(dict[str, Any]):
    """Values by key, and the line of each key; 0 for what stands elsewhere, which has the line of what is around it."""

    __slots__ = ("lines",)

    def __init__(self) -> None:
        self.lines: dict[str, int] = {}

    def put(self, key: str, value: Any, line: int) -> None:
        """Set a value; a later one takes the place of an earlier one, as tools have it."""
        self[key] = value
        self.lines[key] = line

    def add(self, key: str, value: Any, line: int) -> None:
        """Set a value that may be repeated: the second makes a list of them."""
        if key not in self:
            self.put(key, value, line)
        elif isinstance(self[key], Items):
            self[key].put(value, line)
        else:
            several = Items()
            several.put(self[key], self.lines[key])
            several.put(value, line)
            self[key] = several


class Items(list[Any]):
    """Values in a row, and the line of each."""

    __slots__ = ("lines",)

    def __init__(self) -> None:
        self.lines: list[int] = []

    def put(self, value: Any, line: int) -> None:
        """Add a value."""
        self.append(value)
        self.lines.append(line)


class Document:
    """What a file says: `roots` are its documents, which are one but in YAML, made of dicts, lists and scalars.

    Where the data do not know their lines, `outline` makes roots that do; it is asked when a line is.
    """

    def __init__(self, roots: Sequence[Any], outline: Callable[[], Sequence[Any]] | None = None) -> None:
        self.roots = roots
        self.outline = outline
        self._lined: Sequence[Any] | None = None

    def line(self, keys: Keys) -> int:
        """Return the line of the value at `keys`, which begin with the number of the root, or of what is around it."""
        if self._lined is None:
            self._lined = self.outline() if self.outline else self.roots
        value = self._lined[cast("int", keys[0])]
        line = 0
        for key in keys[1:]:
            try:
                line = value.lines[key] or line
                value = value[key]
            except (AttributeError, KeyError, IndexError):
                break
        return line


def read_document(file: File, form: str, heads: Heads = ()) -> Document:
    """Return the document in a file of some format; it is parsed once. Raises UnreadableFileError.

    Where `heads` are given, only what they lead to has to be in the document.
    """
    heads = heads if hasattr(_module(form), "PARTIAL") else ()
    found = file.once(f"document:{form}:{heads}", lambda file: _parse(file, form, heads))
    if isinstance(found, str):
        raise UnreadableFileError(found)
    return cast("Document", found)


def _parse(file: File, form: str, heads: Heads) -> Document | str:
    """Return the document, or why there is none, so that a broken file is not tried again by every probe."""
    module = _module(form)
    try:
        if hasattr(module, "PARTIAL"):
            return cast("Document", module.parse_file(file, heads))
        return cast("Document", module.parse_file(file) if hasattr(module, "parse_file") else module.parse(file.text))
    except UnreadableFileError as error:
        return str(error)


@cache
def _module(form: str) -> Any:
    return importlib.import_module(f"{__name__}.{form}")


def require_length(text: str, limit: int = MAX_LENGTH) -> str:
    """Return a text that is short enough to be parsed. Raises UnreadableFileError for a longer one."""
    if len(text) > limit:
        raise UnreadableFileError(f"has {len(text):,} characters; a structured file is read up to {limit:,}")
    return text


def require_modest(data: Any) -> Any:
    """Return data of a parser that has no limits of its own.

    Raises UnreadableFileError where they are too deep or too many.
    """
    level, count = [data], 1
    for _ in range(MAX_DEPTH + 1):
        nested = [value for value in level if isinstance(value, dict | list)]
        count += sum(map(len, nested))
        if count > MAX_VALUES:
            raise UnreadableFileError(TOO_MANY)
        if not nested:
            return data
        level = [child for value in nested for child in (value.values() if isinstance(value, dict) else value)]
    raise UnreadableFileError(TOO_DEEP)
