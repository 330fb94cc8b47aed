"""The forms that a checklist or a review is taken away in: a module each, found by name, all given the same.

A module names the specification of its format in its docstring, and has what `Form` says; one whose files come back has
what `Return` says too.
"""

import importlib
import re
from pathlib import Path, PurePath
from typing import Protocol, cast

from vger_guide.output.reviews.import_result import BadReturn, Returned
from vger_guide.reviews.context import Filled


class Form(Protocol):
    """What a module of this folder offers: the ending of its files, and how one is written."""

    SUFFIX: str

    def write(self, filled: Filled) -> bytes:
        """Return the file: the same bytes for the same input."""


class Return(Protocol):
    """What a module offers besides, whose files come back."""

    def read(self, data: bytes, filled: Filled) -> Returned:
        """Return the review with the answers of a file. Raises BadReturn, with every problem; nothing is taken then."""


def forms() -> list[str]:
    """Return the names of all forms, sorted, such as `xlsx`."""
    return sorted(path.stem.replace("_", "-") for path in Path(__file__).parent.glob("[a-z]*.py"))


def form(name: str) -> Form:
    """Return the writer of a form by its name."""
    return cast("Form", importlib.import_module(f"{__name__}.{name.replace('-', '_')}"))


def returning() -> list[str]:
    """Return the names of the forms whose files come back, sorted."""
    return [name for name in forms() if _reader(name)]


def _reader(name: str) -> Return | None:
    module = form(name)
    return cast("Return", module) if hasattr(module, "read") else None


def forms_of(file: str) -> list[str]:
    """Return the forms that a file can be by its name, of those that come back: by its whole ending, or the last part.

    So `shop.tasks.md` is tasks alone, and `issue.md` may be any form in Markdown.
    """
    endings = {name: form(name).SUFFIX for name in returning()}
    whole = [name for name, ending in endings.items() if file.lower().endswith(ending)]
    return whole or [name for name, ending in endings.items() if ending.endswith(PurePath(file.lower()).suffix or "/")]


def taken(name: str, data: bytes, filled: Filled) -> Returned:
    """Return the review with the answers of a file of a form, and remarks on what of the file was left aside.

    Raises BadReturn, with every problem; nothing is taken then.
    """
    if reader := _reader(name):
        return reader.read(data, filled)
    raise BadReturn([f"files of the form {name} do not come back"])


def described(name: str) -> str:
    """Return what a form is: the first line of its module, without addresses."""
    said = (form(name).__doc__ or "").strip().partition("\n")[0]
    return re.sub(r" \(https?://[^)]*\)", "", said).rstrip(".")
