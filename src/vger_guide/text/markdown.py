"""Foreign text as Markdown, so that it is shown letter by letter and does nothing.

For GitHub and GitLab escaping is not enough: both look for @names, #1 and the like, :emoji: and addresses in what is
already rendered. A space without width behind such a sign keeps them off; code spans are left alone by both.
"""

import re

from vger_guide.text.sanitize import escape_invisible, split_code

_BACKSLASH = {c: f"\\{c}" for c in r"\`*_{}[]#|!"}
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_COMMONMARK = str.maketrans({**_BACKSLASH, **{c: f"\\{c}" for c in "<>~^$"}, "&": "&amp;"})
# `$` begins a formula, which no backslash prevents.
_HOSTED = str.maketrans({**_BACKSLASH, **{c: f"\\{c}" for c in "~^"}, **_ENTITIES, "$": "&#36;"})
# Python-Markdown shows the backslash before any other sign.
_PYTHON_MARKDOWN = str.maketrans({**_BACKSLASH, **_ENTITIES})
_GAP = "&#8203;"
# What begins a name, a number of an issue, an emoji or the middle of an address, and what begins one.
_SIGN = re.compile(r"([@#!~%$&:])(?=\S)|(?i:\b(GH|www)(?=[-.]))")
# What begins an item of a list or a heading where it begins a line.
_START = re.compile(r"^([-+=]|[0-9]+(?=[.)]))")
_TICKS = re.compile(r"`+")


def escape_prose(text: str, *, hosted: bool = True) -> str:
    """Return a text as a line of Markdown, with `code` between backticks as code.

    It is GitHub's (https://github.github.com/gfm/), or not `hosted` plain CommonMark
    (https://spec.commonmark.org/0.31.2/).
    """
    plain = _escape_hosted if hosted else _escape
    parts = split_code(text.strip())
    return _escape_start("".join(format_code(part) if i % 2 else plain(part) for i, part in enumerate(parts)))


def escape_text(text: str) -> str:
    """Return a text as a line of CommonMark, backticks as they are."""
    return _escape_start(_escape(text))


def escape_title(text: str) -> str:
    """Return a text within a heading of Python-Markdown, which the site is built with; backticks as they are."""
    return text.translate(_PYTHON_MARKDOWN)


def _escape(text: str) -> str:
    return escape_invisible(text).translate(_COMMONMARK)


def _escape_hosted(text: str) -> str:
    line = escape_invisible(text)
    ends = [match.end() for match in _SIGN.finditer(line)]
    pieces = [line[a:b] for a, b in zip([0, *ends], [*ends, len(line)], strict=True)]
    return _GAP.join(piece.translate(_HOSTED) for piece in pieces)


def _escape_start(line: str) -> str:
    return _START.sub(lambda start: f"{start[1]}\\" if start[1].isdigit() else f"\\{start[1]}", line)


def make_fence(code: str, least: int = 3) -> str:
    """Return backticks, more than the code has in a row, so that it cannot end what they begin."""
    return "`" * max(least, 1 + max(map(len, _TICKS.findall(code)), default=0))


def fence_code(code: str, language: str) -> str:
    """Return lines of code between fences."""
    fence, lines = make_fence(code), code.rstrip("\n")
    return f"{fence}{language}\n{lines}\n{fence}"


def format_code(text: str) -> str:
    """Return a text as a code span. Not for a cell of a table."""
    line = escape_invisible(text)
    fence = make_fence(line, 1)
    # A reader takes one space away at both ends, where there is anything else.
    room = " " if line.strip() and {line[0], line[-1]} & {"`", " "} else ""
    return f"{fence}{room}{line}{room}{fence}"
