r"""Text as the types of OSCAL (https://pages.nist.gov/metaschema/specification/datatypes/), so that it does nothing.

A title is `markup-line`, prose `markup-multiline`: Markdown, in which what could be markup is escaped. A value is a
`string`, on one line and with no space around it. Each may be read as XML, which holds no control characters: these,
and marks of direction, stand as escapes such as `\x1b`.
"""

from collections.abc import Iterable

from vger_guide.text.markdown import escape_prose, escape_text
from vger_guide.text.sanitize import escape_invisible


def value(text: str) -> str:
    """Return a text as a string."""
    return escape_invisible(text.strip()).strip()


def title(text: str) -> str:
    """Return a text of people as a line that is no markup."""
    return escape_text(value(text))


def prose(text: str) -> str:
    """Return a text of people: each of its lines as a paragraph that is no markup."""
    return "\n\n".join(filter(None, map(title, text.splitlines())))


def record(text: str) -> str:
    """Return a text of a record on one line, with `code` between backticks as code."""
    return escape_prose(text, hosted=False)


def items(texts: Iterable[str]) -> str:
    """Return texts of a record as a list."""
    return "\n".join(f"- {record(text)}" for text in texts)


def paragraphs(*texts: str) -> str:
    """Return texts that are prose already, one below the other, without the empty ones."""
    return "\n\n".join(filter(None, texts))
