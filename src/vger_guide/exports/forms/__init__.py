"""The forms that a checklist or a review is taken away in: a module each, found by name, all given the same.

A module names the specification of its format in its docstring, and has what `Form` says; one whose files come back has
what `Return` says too.
"""

import importlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path, PurePath
from typing import NamedTuple, Protocol, cast

from vger_guide.catalog import Catalog
from vger_guide.catalog.rules import Rule
from vger_guide.reviews.asking import asked
from vger_guide.reviews.document import Review


@dataclass(frozen=True)
class Filled:
    """A review with the catalogue it was made with; an empty checklist is a review that nobody has answered.

    `today` decides which plans and accepted risks have lapsed.
    """

    catalog: Catalog
    review: Review
    today: date

    @cached_property
    def rules(self) -> Sequence[Rule]:
        """The rules that are asked, in reading order."""
        return asked(self.catalog, self.review.selection)

    @property
    def site(self) -> str:
        """Where the guide is published, with a slash at its end."""
        return self.catalog.guide.site

    @property
    def answered(self) -> bool:
        """Whether anybody has answered anything."""
        return bool(self.review.answers)


class BadReturn(Exception):  # noqa: N818
    """A file that came back cannot be taken; `problems` says where, such as a sheet and a cell, and how to mend it."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


class Form(Protocol):
    """What a module of this folder offers: the ending of its files, and how one is written."""

    SUFFIX: str

    def write(self, filled: Filled) -> bytes:
        """Return the file: the same bytes for the same input."""


class Returned(NamedTuple):
    """A review with the answers of a file that came back, and remarks on what of the file was left aside."""

    review: Review
    remarks: Sequence[str] = ()


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
