"""The forms that a checklist or a review is taken away in: a module each, found by name, all given the same.

A module names the specification of its format in its docstring, and has `SUFFIX`, the ending of its files, and
`write(context) -> bytes`, the same bytes for the same input. One whose files come back has `read(data, context)` too,
which returns the review with the answers of a file, or raises ImportRejectedError with every problem.
"""

import importlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePath
from types import ModuleType

from vger_guide.output.reviews.import_result import Imported, ImportRejectedError
from vger_guide.reviews.context import ReviewContext


@dataclass(frozen=True)
class Variant:
    """A form that a module writes by an option: its ending, and what it is, as the first line of a module says it."""

    module: str
    option: str
    suffix: str
    about: str


VARIANTS = {
    "csv-safe": Variant(
        "csv",
        "safe",
        ".safe.csv",
        "The review as CSV for people's spreadsheets: words for codes, and no text that a spreadsheet runs.",
    ),
    "issue-form": Variant(
        "tasks",
        "issue_form",
        ".issue-form.yml",
        "The questions as a form for `.github/ISSUE_TEMPLATE/`, in YAML, one set of boxes a section.",
    ),
    "pull-request": Variant(
        "tasks",
        "pull_request",
        ".pull-request.md",
        "A short checklist for a template of pull requests, in GitHub's Markdown (https://github.github.com/gfm/).",
    ),
}


@dataclass(frozen=True)
class Format:
    """A form: the ending of its files, what it is in a line, how one is written, and read where it comes back."""

    suffix: str
    about: str
    write: Callable[[ReviewContext], bytes]
    read: Callable[[bytes, ReviewContext], Imported] | None


def format_names() -> list[str]:
    """Return the names of all forms, sorted, such as `xlsx`."""
    modules = (path.stem.replace("_", "-") for path in Path(__file__).parent.glob("[a-z]*.py"))
    return sorted([*modules, *VARIANTS])


def load_format(name: str) -> Format:
    """Return a form by its name."""
    if variant := VARIANTS.get(name):
        module = _module(variant.module)
        write = partial(module.write, **{variant.option: True})
        return Format(variant.suffix, variant.about, write, getattr(module, "read", None))
    module = _module(name)
    about = (module.__doc__ or "").strip().partition("\n")[0]
    return Format(module.SUFFIX, about, module.write, getattr(module, "read", None))


def _module(name: str) -> ModuleType:
    return importlib.import_module(f"{__name__}.{name.replace('-', '_')}")


def importable_formats() -> list[str]:
    """Return the names of the forms whose files come back, sorted."""
    return [name for name in format_names() if load_format(name).read]


def formats_for_file(file: str) -> list[str]:
    """Return the forms that a file can be by its name, of those that come back: by its whole ending, or the last part.

    So `shop.tasks.md` is tasks alone, and `issue.md` may be any form in Markdown.
    """
    endings = {name: load_format(name).suffix for name in importable_formats()}
    whole = [name for name, ending in endings.items() if file.lower().endswith(ending)]
    return whole or [name for name, ending in endings.items() if ending.endswith(PurePath(file.lower()).suffix or "/")]


def read_format(name: str, data: bytes, context: ReviewContext) -> Imported:
    """Return the review with the answers of a file of a form, and remarks on what of the file was left aside.

    Raises ImportRejectedError, with every problem; nothing is taken then.
    """
    if read := load_format(name).read:
        return read(data, context)
    raise ImportRejectedError([f"files of the form {name} do not come back"])


def describe_format(name: str) -> str:
    """Return the description of a form, without addresses."""
    return re.sub(r" \(https?://[^)]*\)", "", load_format(name).about).rstrip(".")
