"""Text from records as Markdown, so that it is shown letter by letter and cannot become markup."""

import re

_CODE = re.compile(r"(`[^`]*`)")
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|!&~])")
# What begins a line like an item of a list or a heading would become one.
_START = re.compile(r"^([-+=]|\d+(?=[.)]))")


def escape_prose(text: str) -> str:
    """Return prose as Markdown (https://spec.commonmark.org/0.31.2/), with `code` between backticks as code."""
    return "".join(part if _CODE.fullmatch(part) else _plain(part, i) for i, part in enumerate(_CODE.split(text)))


def _plain(part: str, index: int) -> str:
    special = _SPECIAL.sub(r"\\\1", part)
    return special if index else _START.sub(lambda start: _start(start[1]), special)


def _start(mark: str) -> str:
    return f"{mark}\\" if mark.isdigit() else f"\\{mark}"


def fence_code(code: str, language: str) -> str:
    """Return a sample between fences longer than any run of backticks in it, so that it cannot end them."""
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", code)), default=0))
    return f"{fence}{language}\n{code.rstrip()}\n{fence}"
