"""What has to be true before an edition is released, and what it leaves in the data and in the changelog."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from vger_guide.catalog.catalog import Catalog
from vger_guide.catalog.editions import NEXT, freeze
from vger_guide.catalog.review_dates import list_due
from vger_guide.editions.compare import Difference, compare
from vger_guide.errors import UserError
from vger_guide.records.fields import EDITION
from vger_guide.text.markdown import escape_prose

_EDITION = re.compile(rf"^edition: +[\"']?{NEXT}[\"']? *$", re.MULTILINE)


CHANGES = "changes/next.yml"


EMPTY = "# yaml-language-server: $schema=../schema/changes.schema.json\nedition: next\n"


# As `sha256sum --check` reads it, in the folder of the data: a frozen file is never changed.
SUMS = "editions.sha256"


class FreezeError(Exception):
    """An edition cannot be frozen; the text says why."""


def frozen_files(catalog: Catalog, edition: str, changes: str, sums: str) -> dict[str, str]:
    """Return the texts of the files, by their paths below the folder of the data.

    `changes` is the text of changes/next.yml, `sums` that of the file of hashes, or empty. Raises FreezeError for a
    name that is none, is taken, or is not the newest.
    """
    _require_new(catalog, edition)
    name, text = f"editions/{edition}.json", freeze(edition, catalog.timeline[NEXT])
    files = {name: text, SUMS: f"{sums}{_hash(text)}  {name}\n"}
    if not changes:
        return files
    named, count = _EDITION.subn(f'edition: "{edition}"', changes)
    if count != 1:
        raise FreezeError(f"{CHANGES} has no line 'edition: next' of its own; write it")
    # What made the first edition is not compared with anything.
    moved = {f"changes/{edition}.yml": named} if catalog.editions else {}
    return {**files, **moved, CHANGES: EMPTY}


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _require_new(catalog: Catalog, edition: str) -> None:
    if not re.fullmatch(EDITION, edition):
        raise FreezeError(f"'{edition[:60]}' is not an edition; write a year and a month, such as 2026.12")
    if edition in catalog.editions:
        raise FreezeError(f"{edition} is already frozen and never changes")
    if newer := [each for each in catalog.editions if each > edition]:
        raise FreezeError(f"{edition} is older than {max(newer)}, which is frozen")


UNRELEASED = "## Unreleased\n"


_TEXT = re.compile(r"(?<=The text of the guide is edition )[0-9]{4}\.[0-9]{2}(?=\.)")


_WIDTH = 118


# A space before what begins a list, or underlines a heading, at the beginning of a line (https://spec.commonmark.org/).
_BEFORE_MARK = re.compile(r" (?=([-+]|-+|=+|\d{1,9}[.)])( |$))")


# Stands for such a space, where no line ends; no record holds it.
_KEPT = "\0"


def find_obstacles(catalog: Catalog, edition: str, today: date, with_due: bool = False) -> Iterator[str]:
    """Yield what stands between the records and a release: reviews that are due, and rules of another edition."""
    if not with_due and (due := _count_due(catalog, today)):
        yield f"{due}; review what 'vger due' lists, or add --with-due, and the changelog says it"
    newest = max(catalog.editions, default="")
    for rule in catalog.known_rules:
        if newest < rule.since != edition:
            yield f"{rule.id}.since: is {rule.since}, and it comes or goes with this edition; write {edition}"


def _count_due(catalog: Catalog, today: date) -> str:
    """Return how many reviews are due on a day and since when, or nothing where none is."""
    pending = [item for item in list_due(catalog, today) if item.pending]
    if not pending:
        return ""
    number = "1 review is" if len(pending) == 1 else f"{len(pending)} reviews are"
    return f"{number} due, the first since {pending[0].due} ({pending[0].title})"


def add_edition(changelog: str, catalog: Catalog, edition: str, today: date) -> str:
    """Return a changelog with the changes of the guide as those of an edition, below what is unreleased of the program.

    The reviews that are due on the day are counted in it.

    Raises ValueError where it has no heading for what is unreleased.
    """
    before, heading, after = changelog.partition(UNRELEASED)
    if not heading:
        raise ValueError(f"has no heading '{UNRELEASED.strip()}'")
    unreleased, mark, older = after.partition("\n## ")
    newest = max(catalog.editions, default=NEXT)
    entries = [_entry(each) for each in compare(catalog, newest, NEXT).differences]
    listed = "\n".join(entries) or "Nothing changed."
    if due := _count_due(catalog, today):
        listed = f"{_fill(f'On {today}, {due}.')}\n\n{listed}"
    parts = [f"{_TEXT.sub(edition, before)}{heading}{unreleased}".rstrip(), f"## Edition {edition}\n\n{listed}"]
    return "\n\n".join([*parts, *([f"{mark.strip()} {older.rstrip()}"] if mark else [])]) + "\n"


def _entry(difference: Difference) -> str:
    reasons = " ".join(step.reason for step in difference.steps)
    text = f"{difference.title} (`{difference.id}`): {', '.join(difference.verbs)}. {reasons}"
    return _fill(text, "- ")


def _fill(text: str, mark: str = "") -> str:
    """Return text as Markdown that shows it as it is, in lines that fit; a mark begins an item of a list."""
    filled = textwrap.fill(
        _BEFORE_MARK.sub(_KEPT, escape_prose(text)),
        _WIDTH,
        initial_indent=mark,
        subsequent_indent=" " * len(mark),
        break_on_hyphens=False,
        break_long_words=False,
    )
    return filled.replace(_KEPT, " ")


def freeze_files(catalog: Catalog, folder: Path, edition: str) -> dict[str, str]:
    """Return the files of a new edition, by their paths below the folder of the data. Raises UserError."""
    changes, sums = (
        path.read_text(encoding="utf-8") if path.exists() else "" for path in (folder / CHANGES, folder / SUMS)
    )
    try:
        return frozen_files(catalog, edition, changes, sums)
    except FreezeError as why:
        raise UserError(str(why)) from None


SHOWN = 5


def require_clean_worktree(root: Path) -> None:
    """Raise UserError where a clone has changes that are not committed; a folder that is no clone has none."""
    if not (root / ".git").exists():
        return
    command = ["git", "status", "--porcelain", "--no-renames"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, errors="replace")
    if done.returncode:
        raise UserError(f"git cannot list what has changed: {done.stderr.strip()}")
    if changed := [line[3:] for line in done.stdout.splitlines()]:
        more = f", and {len(changed) - SHOWN} more" if len(changed) > SHOWN else ""
        raise UserError(f"not committed: {', '.join(changed[:SHOWN])}{more}; a release contains only what is committed")


def has_tests(root: Path) -> bool:
    """Return whether `make test` is there to be run."""
    return (root / "Makefile").exists()


def require_passing_tests(root: Path) -> None:
    """Run the tests of a clone, which takes minutes, and raise UserError where one fails."""
    if code := subprocess.run(["make", "test"], cwd=root, stdout=sys.stderr).returncode:
        raise UserError(f"'make test' ended with {code}; fix what it names")
