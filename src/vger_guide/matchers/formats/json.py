"""JSON; comments and trailing commas are allowed as in `tsconfig.json`, and of a repeated key the last counts."""

import json
import re
from collections.abc import Sequence
from typing import Any

from vger_guide.matchers.formats import TOO_DEEP, Document, Items, Table, require_length, require_modest
from vger_guide.matchers.formats.builder import Builder
from vger_guide.matchers.formats.scalars import Plain
from vger_guide.repo.tree import UnreadableFileError
from vger_guide.text.lazy_pattern import lazy_pattern

# Lock files are written by tools, and grow. Three million characters make at most some 70 MB of lists.
MAX_LENGTH = 3_000_000

# Each of these takes what has no end to the end of the text, so that nothing is looked at twice.
_TEXT = r'"(?:[^"\\]|\\.)*+"?'
_COMMENT = r"//[^\n]*+|/\*.*?(?:\*/|\Z)"
_TOKENS = lazy_pattern(rf"{_TEXT}|[{{}}\[\]\n]|[^\s{{}}\[\]:,\"]++", re.DOTALL)
_UP_TO_COMMENT = lazy_pattern(rf"((?:{_TEXT}|[^\"/]|/(?![/*]))++)|{_COMMENT}", re.DOTALL)
_UP_TO_COMMA = lazy_pattern(rf"((?:{_TEXT}|[^\",]|,(?!\s*+[}}\]]))++)|,", re.DOTALL)


def parse(text: str) -> Document:
    """Return the document of a JSON text; numbers stay as they are written. Raises UnreadableFileError."""
    require_length(text, MAX_LENGTH)
    try:
        data = _data(text)
    except ValueError:
        text = _plain(text)
        data = _strict(text)
    return Document([data], lambda: _outline(text))


def _data(text: str) -> Any:
    try:
        return require_modest(json.loads(text, strict=False, parse_int=Plain, parse_float=Plain))
    except RecursionError:
        raise UnreadableFileError(TOO_DEEP) from None


def _strict(text: str) -> Any:
    try:
        return _data(text)
    except json.JSONDecodeError as error:
        what = error.msg[:1].lower() + error.msg[1:].removesuffix(" starting at")
        raise UnreadableFileError(f"is not JSON: {what} at line {error.lineno}") from None


def _plain(text: str) -> str:
    """Return a text without comments and trailing commas; the lines stay."""
    text = _UP_TO_COMMENT.sub(lambda match: match[1] or "\n" * match[0].count("\n") or " ", text)
    return _UP_TO_COMMA.sub(lambda match: match[1] or "", text)


def _outline(text: str) -> Sequence[Any]:
    """Return the lines of a text that is JSON."""
    builder, line = Builder(), 1
    for match in _TOKENS.finditer(text):
        sign = match[0]
        if sign == "\n":
            line += 1
        elif sign in "{[":
            builder.start(Table() if sign == "{" else Items(), line)
        elif sign in "}]":
            builder.end()
        else:
            builder.scalar(_scalar(sign), line)
            line += sign.count("\n")
    return builder.roots


def _scalar(sign: str) -> str:
    return str(json.loads(sign, strict=False)) if "\\" in sign else sign.strip('"')
