"""Syntax trees of texts, made by ast-grep; what is long or nested deep is refused before it is parsed.

ast-grep has no limits of its own: 16 kB of hostile brackets may take it seconds, and a text can be nested until its
stack ends. Counting brackets is cheap, and the process that parses (see `child`) may die of the rest.
"""

import importlib.util
from functools import cache
from typing import Any

from vger_guide.repo.tree import RequirementMissingError, UnreadableFileError

# What people write is shorter and flatter; longer texts are generated or minified.
MAX_LENGTH = 1_000_000
MAX_DEPTH = 100

INSTALL = "pip install ast-grep-py"
_OPENING = b"([{"
_CLOSING = b")]}"
_OTHERS = bytes(set(range(256)) - set(_OPENING + _CLOSING))


def require() -> None:
    """Do nothing where syntax trees can be made. Raises RequirementMissingError, with what to install, elsewhere."""
    if not is_installed():
        raise RequirementMissingError(
            f"it reads programs by their grammar, and ast-grep is not installed; '{INSTALL}' installs it"
        )


@cache
def is_installed() -> bool:
    """Return whether syntax trees can be made here."""
    return importlib.util.find_spec("ast_grep_py") is not None


def parse(text: str, language: str) -> Any:
    """Return the root node of a text's syntax tree. Raises UnreadableFileError for a text that is too long or too deep.

    To be called in a process that may die: see `child`.
    """
    import ast_grep_py  # noqa: PLC0415 - it may be missing, and only the process that parses needs it

    return ast_grep_py.SgRoot(modest(text), language).root()


def modest(text: str) -> str:
    """Return a text that is short and flat enough to be parsed. Raises UnreadableFileError for any other."""
    if len(text) > MAX_LENGTH:
        raise UnreadableFileError(f"has {len(text):,} characters; it is parsed up to {MAX_LENGTH:,}")
    if _depth(text) > MAX_DEPTH:
        raise UnreadableFileError(f"is nested more than {MAX_DEPTH} deep")
    return text


def _depth(text: str) -> int:
    """Return how deep the brackets of a text are nested; those in its strings and comments count too."""
    depth = deepest = 0
    for sign in text.encode("utf-8", "replace").translate(None, _OTHERS):
        if sign in _OPENING:
            depth += 1
            deepest = max(deepest, depth)
        elif depth:
            depth -= 1
    return deepest
