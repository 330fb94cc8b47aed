"""Literals of HCL: truth values, numbers and quoted texts, read from an expression and written into a text."""

import re
from typing import Any

from vger_guide.matchers.formats.scalars import Plain

_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)|([$%])\2(?=\{)", re.DOTALL)
# Most expressions are one literal: there is no need to go down the tree for them.
PLAIN = re.compile(r'(true|false|null)|(-?[0-9][0-9.]*)|"([^"\\\\$%\n]*+)"')
_WORDS = {"true": True, "false": False, "null": None}
_MEANING = {"n": "\n", "r": "\r", "t": "\t"}


def unescape(text: str) -> str:
    """Return the text that stands between quotes, its escapes resolved."""
    return _ESCAPE.sub(_meant, text) if "\\" in text or "{" in text else text


def _meant(match: re.Match[str]) -> str:
    if match[2]:
        return match[2]
    escape = match[1]
    return chr(min(int(escape[1:], 16), 0x10FFFF)) if len(escape) > 1 else _MEANING.get(escape, escape)


def read_scalar(plain: re.Match[str]) -> Any:
    """Return the value of a literal that PLAIN matches."""
    if plain[1]:
        return _WORDS[plain[1]]
    return Plain(plain[2]) if plain[2] else plain[3]


def format_scalar(value: Any) -> str:
    """Return a scalar as HCL writes it into a text."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)
