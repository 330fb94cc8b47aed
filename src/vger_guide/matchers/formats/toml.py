"""TOML, by the parser of Python; lines are found when they are asked for."""

import re
import tomllib
from collections.abc import Callable, Sequence
from typing import Any, cast

from vger_guide.matchers.formats import (
    MAX_VALUES,
    TOO_DEEP,
    TOO_MANY,
    Document,
    Items,
    Table,
    require_length,
    require_modest,
)
from vger_guide.matchers.formats.scalars import Plain
from vger_guide.repo.tree import UnreadableFileError
from vger_guide.text.lazy_pattern import lazy_pattern

# What the parser does for a dotted key grows with the square of its parts.
MAX_PARTS = 20

# A text without its end is taken up to where it would have to end, so that nothing is looked at twice.
_QUOTED = (
    r'"""(?:[^"\\]|\\.|"(?!""))*+"{0,5}'
    r"|'''(?:[^']|'(?!''))*+'{0,5}"
    r'|"(?:[^"\\\n]|\\.)*+"?'
    r"|'[^'\n]*+'?"
)
_TOKENS = lazy_pattern(
    _QUOTED + r"|(?P<comment>#[^\n]*+)"
    r"|[\[\]{}=,.\n]"
    r"|[^\s\[\]{}=,.#\"']++",
    re.DOTALL,
)
_SIGNS = lazy_pattern(_QUOTED + r"|#[^\n]*+|[\[\]{}=,.\n]", re.DOTALL)


def parse(text: str) -> Document:
    """Return the document of a TOML text. Raises UnreadableFileError."""
    data = load(text, Plain)
    return Document([data], lambda: _outline(text))


def load(text: str, parse_float: Callable[[str], Any] = float) -> dict[str, Any]:
    """Return the data of a TOML text. Raises UnreadableFileError."""
    _require_short_keys(require_length(text))
    try:
        return cast("dict[str, Any]", require_modest(tomllib.loads(text, parse_float=parse_float)))
    except ValueError as error:
        raise UnreadableFileError(f"is not TOML: {error}") from None
    except RecursionError:
        raise UnreadableFileError(TOO_DEEP) from None


def _require_short_keys(text: str) -> None:
    """Raise UnreadableFileError for a text that its parser would take too long for, before it is parsed.

    What stands in quotes and in comments does not count.
    """
    signs = dots = 0
    for match in _SIGNS.finditer(text):
        sign = match[0]
        if sign == ".":
            dots += 1
        elif len(sign) == 1:
            dots = 0
        else:
            continue
        signs += sign in ".=,{"
        if dots >= MAX_PARTS:
            raise UnreadableFileError(f"has a key of more than {MAX_PARTS} parts")
        if signs > MAX_VALUES:
            raise UnreadableFileError(TOO_MANY)


def _outline(text: str) -> Sequence[Any]:
    """Return the lines of a text that is TOML."""
    reader, line = _Outline(), 1
    for match in _TOKENS.finditer(text):
        if not match["comment"]:
            reader.take(match[0], line)
        line += match[0].count("\n")
    return [reader.root]


class _Outline:
    """Builds tables that know their lines from the tokens of a text that is known to be TOML."""

    def __init__(self) -> None:
        self.root = Table()
        self.open: list[Table | Items] = [self.root]
        self.key: list[str] = []
        # How many brackets a heading began with; whether a value is to come; whether it came.
        self.heading = 0
        self.valued = self.done = False

    def take(self, sign: str, line: int) -> None:
        if sign in ",\n":
            self._next(sign, line)
        elif sign in "]}" and not self.heading:
            self._close()
        elif not self.valued:
            self._name(sign)
        elif sign in "[{":
            self._start(Items() if sign == "[" else Table(), line)
        elif not self.done:
            self._put(sign, line)

    def _next(self, sign: str, line: int) -> None:
        if self.heading and self.key:
            self._enter(line)
        if sign == "," or len(self.open) == 1:
            self.valued, self.done = isinstance(self.open[-1], Items), False

    def _name(self, sign: str) -> None:
        if sign == "[":
            self.heading += 1
        elif sign == "=":
            self.valued = True
        elif sign not in ".]":
            self.key.append(_unquote(sign))

    def _start(self, value: Table | Items, line: int) -> None:
        self._put(value, line)
        self.open.append(value)
        self.valued, self.done = isinstance(value, Items), False

    def _close(self) -> None:
        if len(self.open) > 1:
            self.open.pop()
        self.valued = self.done = True

    def _put(self, value: Any, line: int) -> None:
        within = self.open[-1]
        if isinstance(within, Items):
            within.put(value, line)
        elif self.key:
            _inner(within, self.key[:-1], line).put(self.key[-1], value, line)
        self.key, self.done = [], True

    def _enter(self, line: int) -> None:
        """Go on in the table that a heading names."""
        around = _inner(self.root, self.key[:-1], line)
        if self.heading == 1:
            self.open = [_inner(around, self.key[-1:], line)]
        else:
            several = around.get(self.key[-1])
            if not isinstance(several, Items):
                several = Items()
                around.put(self.key[-1], several, line)
            several.put(Table(), line)
            self.open = [several[-1]]
        self.key, self.heading = [], 0


def _inner(table: Table, keys: Sequence[str], line: int) -> Table:
    """Return the table at some keys; the last of them where there are several, a new one where there is none."""
    for key in keys:
        if key not in table:
            table.put(key, Table(), line)
        inner = table[key]
        inner = inner[-1] if isinstance(inner, Items) and inner else inner
        table = inner if isinstance(inner, Table) else Table()
    return table


def _unquote(sign: str) -> str:
    """Return a key as it is meant; what TOML says in quotes, it says as its own parser reads it."""
    return str(tomllib.loads(f"key = {sign}")["key"]) if sign[0] in "\"'" else sign
