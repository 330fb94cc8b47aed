r"""Text as the types of OSCAL (https://pages.nist.gov/metaschema/specification/datatypes/), so that it does nothing.

A title is `markup-line`, prose `markup-multiline`: Markdown, in which what could be markup is escaped. A value is a
`string`, on one line and with no space around it. Each may be read as XML, which holds no control characters: these,
and marks of direction, stand as escapes such as `\x1b`.
"""

import re
from collections.abc import Iterable

from vger_guide.text.sanitize import escape_invisible, split_code

_ESCAPES = str.maketrans({**{c: f"\\{c}" for c in r"\`*_{}[]<>#~^!|$"}, "&": "&amp;"})
# What begins an item, a heading or a rule of Markdown.
_START = re.compile(r"^([-+=]|[0-9]+(?=[.)]))")


def value(text: str) -> str:
    """Return a text as a string."""
    return escape_invisible(text.strip()).strip()


def title(text: str) -> str:
    """Return a text of people as a line that is no markup."""
    return _line(_plain(value(text)))


def prose(text: str) -> str:
    """Return a text of people: each of its lines as a paragraph that is no markup."""
    return "\n\n".join(filter(None, map(title, text.splitlines())))


def record(text: str) -> str:
    """Return a text of a record on one line, with `code` between backticks as code."""
    parts = split_code(text.strip())
    return _line(
        "".join(f"`{escape_invisible(part)}`" if index % 2 else _plain(part) for index, part in enumerate(parts))
    )


def _plain(text: str) -> str:
    return escape_invisible(text).translate(_ESCAPES)


def _line(marked: str) -> str:
    return _START.sub(lambda start: f"{start[1]}\\" if start[1].isdigit() else f"\\{start[1]}", marked)


def items(texts: Iterable[str]) -> str:
    """Return texts of a record as a list."""
    return "\n".join(f"- {record(text)}" for text in texts)


def paragraphs(*texts: str) -> str:
    """Return texts that are prose already, one below the other, without the empty ones."""
    return "\n\n".join(filter(None, texts))
