"""The options that select what a review asks, and the review that they make."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any, TypeVar

import click

from vger_guide.catalog.catalog import Catalog
from vger_guide.catalog.lookup import resolve
from vger_guide.catalog.rules import Facet
from vger_guide.cli.review.files import LINE, TEXT
from vger_guide.errors import UserError
from vger_guide.repo.clone import is_address
from vger_guide.reviews.edit import make_id
from vger_guide.reviews.models import Review, Selection, Target
from vger_guide.reviews.selection import create_review, selected_rules
from vger_guide.text.sanitize import escape_surrogates, truncate

F = TypeVar("F", bound=Callable[..., Any])

_OPTIONS = [
    click.option(
        "--profile",
        default="",
        show_default=False,
        metavar="ID",
        help="Only rules for this kind of system, such as api.",
    ),
    click.option(
        "--stage", default="", show_default=False, metavar="ID", help="Only rules for this stage, such as growing."
    ),
    click.option(
        "--workload", default="", show_default=False, metavar="ID", help="Only rules for this use of a database."
    ),
    click.option(
        "--chapter", "chapters", multiple=True, metavar="NUMBER", help="Only rules of this chapter; can be repeated."
    ),
    click.option(
        "--target",
        "targets",
        type=TEXT,
        multiple=True,
        metavar="NAME[=PATH]",
        help="A system, and its folder or address; can be repeated.",
    ),
    click.option("--title", type=LINE, default="", show_default=False, metavar="TEXT", help="The title of the review."),
]


@dataclass(frozen=True)
class ReviewOptions:
    """What the options say; empty ones say nothing."""

    profile: str
    stage: str
    workload: str
    chapters: tuple[str, ...]
    targets: tuple[str, ...]
    title: str


def selection_options(command: F) -> F:
    """Give a command the options that make `ReviewOptions`, by its names."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def make_review(catalog: Catalog, wanted: ReviewOptions, now: datetime, file: Path | None = None) -> Review:
    """Return an empty review; paths of targets are kept relative to the folder of `file`. Raises UserError."""
    selection = _selection(catalog, wanted)
    if not selected_rules(catalog, selection):
        raise UserError("no rules match this selection; 'vger rules' lists all of them")
    targets = parse_targets(wanted.targets, file)
    title = wanted.title or default_title(targets)
    return create_review(catalog, catalog.edition, title, selection, targets, now)


def default_title(targets: Sequence[Target]) -> str:
    """Return the title of a review of targets where nobody gave one, such as `Review of Web shop, Till`."""
    return f"Review of {', '.join(target.name for target in targets)}"[: LINE.limit]


def newest_edition(catalog: Catalog) -> datetime:
    """Return the last day on which a rule was reviewed: an empty checklist has no other date of its own."""
    return datetime.combine(max(rule.reviewed for rule in catalog.rules.values()), time(), UTC)


def _selection(catalog: Catalog, wanted: ReviewOptions) -> Selection:
    facets = catalog.profiles
    chapters = [section for section in catalog.guide.sections if section.depth == 1]
    numbers = resolve("chapter", wanted.chapters, {section.number: section.number for section in chapters})
    return Selection(
        profile=_known("profile", wanted.profile, facets.profiles),
        stage=_known("stage", wanted.stage, facets.stages),
        workload=_known("workload", wanted.workload, facets.workloads),
        chapters=sorted(set(numbers), key=int),
    )


def _known(what: str, name: str, among: Sequence[Facet]) -> str:
    return resolve(what, [name], {facet.id: facet.id for facet in among})[0] if name else ""


def parse_targets(names: Iterable[str], file: Path | None) -> list[Target]:
    """Return the targets that somebody named; the folder at hand where nobody did. Raises UserError."""
    if not names and file is None:
        return [Target(id="system", name="System")]
    targets: list[Target] = []
    for name, path in [_parse_target(each) for each in names] or [(_here(), ".")]:
        id_ = make_id(name, {target.id for target in targets}, "system")
        targets.append(Target(id=id_, name=name, repository=_relative_path(path, file)))
    return targets


def _parse_target(target: str) -> tuple[str, str]:
    """Return the name and the path that somebody typed. Raises UserError."""
    name, _, path = target.partition("=")
    if not name.strip() or len(name) > LINE.limit:
        raise UserError(f"--target {target[:60]!r}: write a name, or NAME=PATH")
    return name, path


def _here() -> str:
    """Return the name of the folder at hand; bytes of it that are no UTF-8 are escapes."""
    return escape_surrogates(Path.cwd().name).strip() or "system"


def _relative_path(path: str, file: Path | None) -> str:
    """Return a path as the review keeps it: from its own folder, so that the file can move with the repository.

    Raises UserError for one that no review can keep.
    """
    kept = path
    if path and file is not None and not is_address(path) and not Path(path).is_absolute():
        kept = Path(os.path.relpath(path, file.resolve().parent)).as_posix()
    if len(kept) > LINE.limit or escape_surrogates(kept) != kept:
        shown = truncate(escape_surrogates(kept), 60)
        raise UserError(
            f"{shown}: the path is too long or not in UTF-8, and no review can keep it; name it by --target"
        )
    return kept
