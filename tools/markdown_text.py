"""Pieces of Markdown as text: CommonMark (https://spec.commonmark.org/0.31.2/) with GitHub's tables, and no HTML."""

import re
from collections.abc import Iterable
from urllib.parse import quote

from vger_guide.text.markdown import fence_code, format_code

# A character is escaped only where it could begin markup, so that the text stays readable: an underscore within a word
# does not, nor do `a < b` and `R & D`. An exclamation mark at the end would make a picture of a link behind it.
_SPECIAL = re.compile(r"[\\`*\[\]~]|(?<![^\W_])_|<(?=[A-Za-z/!?])|&(?=#?\w+;)|!\Z")
_NUMBER = re.compile(r"^(\d{1,9})(?=[.)](\s|$))")
_MARK = re.compile(r"^(?=>|[-+](\s|$)|-[\s-]*$|#{1,6}(\s|$))")
_CLOSING = re.compile(r"(?<!\S)(?=#+$)")


def escaped(text: str) -> str:
    """Return text as Markdown shows it letter by letter, within a line."""
    return _SPECIAL.sub(r"\\\g<0>", text)


def paragraph(text: str) -> str:
    """Return a line of Markdown as a paragraph, which does not begin a list or a quotation by chance."""
    line = " ".join(text.split())
    return _MARK.sub(r"\\", _NUMBER.sub(r"\1\\", line))


def heading(depth: int, text: str) -> str:
    """Return a heading; number signs at its end are text."""
    return f"{'#' * depth} " + _CLOSING.sub(r"\\", " ".join(text.split()))


def marked(mark: str, text: str) -> str:
    """Return text between marks such as `**`; white space at its ends stays outside, where the marks still work."""
    inner = text.strip()
    return text.replace(inner, f"{mark}{inner}{mark}") if inner else text


def code_span(code: str) -> str:
    """Return code within a line, between more backticks than it holds in a row."""
    return format_code(code) if code else ""


def code_block(code: str, language: str) -> str:
    """Return lines of code between fences."""
    return fence_code(code, language)


def link(text: str, address: str, title: str = "") -> str:
    """Return a link. What could end the address is percent-encoded."""
    target = re.sub(r"[\s()<>\\`]", lambda found: quote(found[0]), address)
    said = escaped(" ".join(title.split())).replace('"', '\\"')
    return f'[{text}]({target} "{said}")' if said else f"[{text}]({target})"


def items(blocks: Iterable[str], *, numbered: bool = False) -> str:
    """Return a list; the lines of an item below its first are indented as its text is."""
    marks = (f"{number}. " if numbered else "- " for number in range(1, 1_000_000))
    return "\n".join(mark + indented(block, " " * len(mark)) for mark, block in zip(marks, blocks, strict=False))


def indented(block: str, indent: str) -> str:
    """Return a block with its lines below the first indented."""
    return re.sub(r"\n(?=[^\n])", "\n" + indent, block)


def quotation(block: str) -> str:
    """Return a block as a quotation."""
    return "\n".join(f"> {line}".rstrip() for line in block.split("\n"))


def table(rows: Iterable[Iterable[str]]) -> str:
    """Return a table of cells; the first row is the head."""
    head, *body = ["| " + " | ".join(map(_cell, row)) + " |" for row in rows]
    return "\n".join([head, "|" + " --- |" * (head.replace("\\|", "").count("|") - 1), *body])


def _cell(text: str) -> str:
    """Return a cell: on one line, its bars escaped, which GitHub's form asks for in code too."""
    return " ".join(text.split()).replace("|", "\\|")
