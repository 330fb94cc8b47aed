"""The forms that a checklist or a review is taken away in: a module each, found by name, all given the same.

A module names the specification of its format in its docstring, and has what `Form` says; one whose files come back has
what `Return` says too.
"""

import importlib
import re
from pathlib import Path, PurePath
from typing import Protocol, cast

from vger_guide.output.reviews.import_result import Imported, ImportRejectedError
from vger_guide.reviews.context import ReviewContext


class Format(Protocol):
    """What a module of this folder offers: the ending of its files, and how one is written."""

    SUFFIX: str

    def write(self, context: ReviewContext) -> bytes:
        """Return the file: the same bytes for the same input."""


class ImportableFormat(Protocol):
    """What a module offers besides, whose files come back."""

    def read(self, data: bytes, context: ReviewContext) -> Imported:
        """Return the review with the answers of a file.

        Raises ImportRejectedError, with every problem; nothing is taken then.
        """


def format_names() -> list[str]:
    """Return the names of all forms, sorted, such as `xlsx`."""
    return sorted(path.stem.replace("_", "-") for path in Path(__file__).parent.glob("[a-z]*.py"))


def load_format(name: str) -> Format:
    """Return the writer of a form by its name."""
    return cast("Format", importlib.import_module(f"{__name__}.{name.replace('-', '_')}"))


def importable_formats() -> list[str]:
    """Return the names of the forms whose files come back, sorted."""
    return [name for name in format_names() if _reader(name)]


def _reader(name: str) -> ImportableFormat | None:
    module = load_format(name)
    return cast("ImportableFormat", module) if hasattr(module, "read") else None


def formats_for_file(file: str) -> list[str]:
    """Return the forms that a file can be by its name, of those that come back: by its whole ending, or the last part.

    So `shop.tasks.md` is tasks alone, and `issue.md` may be any form in Markdown.
    """
    endings = {name: load_format(name).SUFFIX for name in importable_formats()}
    whole = [name for name, ending in endings.items() if file.lower().endswith(ending)]
    return whole or [name for name, ending in endings.items() if ending.endswith(PurePath(file.lower()).suffix or "/")]


def read_format(name: str, data: bytes, context: ReviewContext) -> Imported:
    """Return the review with the answers of a file of a form, and remarks on what of the file was left aside.

    Raises ImportRejectedError, with every problem; nothing is taken then.
    """
    if reader := _reader(name):
        return reader.read(data, context)
    raise ImportRejectedError([f"files of the format {name} cannot be imported"])


def describe_format(name: str) -> str:
    """Return the description of a form: the first line of its module, without addresses."""
    said = (load_format(name).__doc__ or "").strip().partition("\n")[0]
    return re.sub(r" \(https?://[^)]*\)", "", said).rstrip(".")
