"""The forms that a checklist or a review is taken away in: a module each, found by name, all given the same.

A module names the specification of its format in its docstring, and has `SUFFIX`, the ending of its files, and
`write(context) -> bytes`, the same bytes for the same input. One whose files come back has
`read(data, context, importer)` too, which returns what a file was exported with and what it says now, or raises
ImportRejectedError with every problem. One whose files hold a whole review has `extract(data)`, which returns it as it
was exported.
"""

import importlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePath
from types import ModuleType

from vger_guide.output.reviews.import_result import Imported, Importer, ImportRejectedError, Returned
from vger_guide.reviews.context import ReviewContext
from vger_guide.reviews.loss import describe_loss
from vger_guide.reviews.merge import MergeError, Side
from vger_guide.reviews.models import Review
from vger_guide.reviews.three_way import merge_answers, merge_copy


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
class ReviewFormat:
    """A form: the ending of its files, what it is in a line, how one is written, and read where it comes back."""

    suffix: str
    about: str
    write: Callable[[ReviewContext], bytes]
    read: Callable[[bytes, ReviewContext, Importer], Returned] | None
    extract: Callable[[bytes], Review] | None = None


def format_names() -> list[str]:
    """Return the names of all forms, sorted, such as `xlsx`."""
    modules = (path.stem.replace("_", "-") for path in Path(__file__).parent.glob("[a-z]*.py"))
    return sorted([*modules, *VARIANTS])


def load_format(name: str) -> ReviewFormat:
    """Return a form by its name."""
    if variant := VARIANTS.get(name):
        module = _module(variant.module)
        write = partial(module.write, **{variant.option: True})
        return ReviewFormat(variant.suffix, variant.about, write, getattr(module, "read", None))
    module = _module(name)
    about = (module.__doc__ or "").strip().partition("\n")[0]
    return ReviewFormat(
        module.SUFFIX, about, module.write, getattr(module, "read", None), getattr(module, "extract", None)
    )


def _module(name: str) -> ModuleType:
    return importlib.import_module(f"{__name__}.{name.replace('-', '_')}")


def importable_formats() -> list[str]:
    """Return the names of the forms whose files come back, sorted."""
    return [name for name in format_names() if load_format(name).read]


def extractable_formats() -> list[str]:
    """Return the names of the forms whose files hold a whole review, sorted."""
    return [name for name in format_names() if load_format(name).extract]


def formats_for_file(file: str) -> list[str]:
    """Return the forms that a file can be by its name, of those that come back: by its whole ending, or the last part.

    So `shop.tasks.md` is tasks alone, and `issue.md` may be any form in Markdown.
    """
    endings = {name: load_format(name).suffix for name in importable_formats()}
    whole = [name for name, ending in endings.items() if file.lower().endswith(ending)]
    return whole or [name for name, ending in endings.items() if ending.endswith(PurePath(file.lower()).suffix or "/")]


# What spreadsheet programs save besides.
SPREADSHEETS = (".xlsm", ".xlsb", ".xls", ".xltx", ".ods", ".fods", ".numbers")


def is_other_spreadsheet(file: str) -> bool:
    """Return whether a file is, by its name, a spreadsheet that has to be saved as .xlsx first."""
    return file.lower().endswith(SPREADSHEETS)


def is_one_way(file: str) -> bool:
    """Return whether a file is, by its name, of a form that is only exported."""
    endings = (load_format(name).suffix for name in format_names())
    return not formats_for_file(file) and any(file.lower().endswith(ending) for ending in endings)


def read_format(
    name: str, data: bytes, context: ReviewContext, importer: Importer | None = None, keep: Side | None = None
) -> Imported:
    """Return the review with what people changed in a file of a form since it was exported.

    Where both changed the same it holds the value of `keep`; without `keep` that is the review's, and the conflict is
    listed in it. Raises ImportRejectedError, with every problem; nothing is taken then.
    """
    read = load_format(name).read
    if not read:
        raise ImportRejectedError([f"files of the format {name} cannot be imported"])
    found = read(data, context, importer or Importer())
    try:
        return _merge(found, context, keep)
    except MergeError as error:
        raise ImportRejectedError([str(error)]) from None


def _merge(found: Returned, context: ReviewContext, keep: Side | None) -> Imported:
    base, ours, theirs = found.base, context.review, found.theirs
    done = merge_answers(base, ours, theirs, keep) if base else merge_copy(ours, theirs, keep)
    losses = [describe_loss(loss, ours, context.catalog) for loss in done.losses]
    return Imported(done.review, done.lossy, done.conflicts, losses, found.remarks)


def extract_review(name: str, data: bytes) -> Review:
    """Return the review that a file of a form was exported from. Raises ImportRejectedError."""
    if extract := load_format(name).extract:
        return extract(data)
    raise ImportRejectedError(
        [f"a file of the format {name} holds no whole review; import it into the review it is of"]
    )


def describe_format(name: str) -> str:
    """Return the description of a form, without addresses."""
    return re.sub(r" \(https?://[^)]*\)", "", load_format(name).about).rstrip(".")
