"""Foreign text as GitHub's and GitLab's Markdown, so that it is shown letter by letter and does nothing.

Escaping is not enough: both hosts look for @names, #1 and the like, :emoji: and addresses in what is already rendered.
A space without width behind such a sign keeps them off; code spans are left alone by both.
"""

import re

from vger_guide.text.sanitize import escape_invisible, split_code

_GAP = "&#8203;"
# `$` begins a formula, which no backslash prevents.
_SPECIAL = {**{c: f"\\{c}" for c in r"\`*_{}[]#|!~^"}, "&": "&amp;", "<": "&lt;", ">": "&gt;", "$": "&#36;"}
_ESCAPES = str.maketrans(_SPECIAL)
# What begins a name, a number of an issue, an emoji or the middle of an address, and what begins one.
_SIGN = re.compile(r"([@#!~%$&:])(?=\S)|(?i:\b(GH|www)(?=[-.]))")
_START = re.compile(r"^([-+=]|\d+(?=[.)]))")
_TICKS = re.compile(r"`+")


def escape_prose(text: str) -> str:
    """Return a text in a line of Markdown (https://github.github.com/gfm/), with `code` between backticks as code."""
    parts = split_code(text.strip())
    marked = [format_code(part) if index % 2 else _plain(part) for index, part in enumerate(parts)]
    return _START.sub(lambda start: _structure(start[1]), "".join(marked))


def _plain(text: str) -> str:
    line = escape_invisible(text)
    ends = [match.end() for match in _SIGN.finditer(line)]
    pieces = [line[a:b] for a, b in zip([0, *ends], [*ends, len(line)], strict=True)]
    return _GAP.join(piece.translate(_ESCAPES) for piece in pieces)


def _structure(mark: str) -> str:
    return f"{mark}\\" if mark.isdigit() else f"\\{mark}"


def format_code(text: str) -> str:
    """Return a text as a code span, in a fence longer than any run of backticks in it. Not for a cell of a table."""
    line = escape_invisible(text)
    fence = "`" * (1 + max(map(len, _TICKS.findall(line)), default=0))
    # A reader takes one space away at both ends, where there is anything else.
    room = " " if line.strip() and {line[0], line[-1]} & {"`", " "} else ""
    return f"{fence}{room}{line}{room}{fence}"
