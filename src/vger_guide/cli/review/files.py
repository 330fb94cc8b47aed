"""Files of reviews: read whole, and written only over what was read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from vger_guide.catalog.catalog import Catalog
from vger_guide.catalog.editions import NEXT
from vger_guide.catalog.lookup import resolve, resolve_by_name
from vger_guide.catalog.rules import Rule
from vger_guide.cli.catalog import load_chosen_catalog
from vger_guide.cli.review.output_options import require_free
from vger_guide.cli.review.problems import format_problems, locate_problems
from vger_guide.errors import UserError
from vger_guide.reviews import store
from vger_guide.reviews.context import ReviewContext
from vger_guide.reviews.edit import touch
from vger_guide.reviews.fields import LONG, SHORT
from vger_guide.reviews.models import Review, Target
from vger_guide.text.file_lock import locked
from vger_guide.text.file_read import read_regular
from vger_guide.text.sanitize import single_line

DEFAULT = "review.json"
# How git names the copies that it gives to a merge driver.
GIT_COPY = ".merge_file_"


class Words(click.ParamType[str]):
    """A text that a review can keep: of so many characters, and in UTF-8."""

    name = "text"

    def __init__(self, limit: int) -> None:
        self.limit = limit

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the text, or fail as a bad option does."""
        text = str(value)
        if len(text) > self.limit:
            self.fail(f"has {len(text):,} characters; {self.limit:,} are allowed", param, ctx)
        if any("\ud800" <= character <= "\udfff" for character in text):
            self.fail("is not in UTF-8", param, ctx)
        return text


LINE = Words(SHORT)
TEXT = Words(LONG)


@dataclass(frozen=True)
class ReviewFile:
    """A review, the file that it is in, and the bytes that were read."""

    path: Path
    data: bytes
    review: Review


def now() -> datetime:
    """Return the moment, without parts of a second."""
    return datetime.now(UTC).replace(microsecond=0)


def read_file(path: Path) -> bytes:
    """Return the bytes of a file that may be a review. Raises OSError, also for one that is too large."""
    return read_regular(path, store.MAX_BYTES)


def load_review(path: Path) -> ReviewFile:
    """Return the review in a file. Raises UserError with every problem, and OSError."""
    data = read_file(path)
    return ReviewFile(path, data, parse_review(path, data))


def parse_review(path: Path, data: bytes) -> Review:
    """Return the review that the bytes of a file hold. Raises UserError with every problem."""
    try:
        return store.read(data)
    except store.InvalidReviewError as error:
        raise UserError(format_problems(path, locate_problems(data, error))) from None


def load_editable(path: Path) -> ReviewFile:
    """Return the review in a file that people may still change, and hold it until the command ends.

    Another command that would change it waits meanwhile. Raises UserError where it is signed off.
    """
    file = load_locked(path)
    require_unsigned(file)
    return file


def load_locked(path: Path) -> ReviewFile:
    """Return the review in a file, signed off or not, and hold it until the command ends."""
    if context := click.get_current_context(silent=True):
        context.with_resource(locked(path))
    return load_review(path)


def require_unsigned(file: ReviewFile) -> None:
    """Raise UserError where a review is signed off."""
    if file.review.is_signed:
        raise signed_off_error(file.path, file.review)


def require_current_edition(file: ReviewFile, catalog: Catalog) -> None:
    """Raise UserError where a review is of another edition than the rules at hand: it asks others."""
    edition, here = file.review.edition, catalog.edition
    # What is not published is `next`, also in the edition that came of it.
    if edition not in (here, NEXT):
        mend = f"'vger review migrate {file.path} --to {here}' first"
        raise UserError(f"{file.path} is of edition {edition}, but these rules are of edition {here}; run {mend}")


def require_decided(file: ReviewFile) -> None:
    """Raise UserError where a merge has left conflicts in a review."""
    if file.review.conflicts:
        raise UserError(f"{file.path} has conflicts from a merge; resolve them with 'vger review decide'")


def signed_off_error(path: Path, review: Review) -> UserError:
    """Return the error for a change of a review that is signed off."""
    signature = review.signature
    who = f", by {single_line(signature.by)} on {signature.on}" if signature else ""
    if path.name.startswith(GIT_COPY):
        return UserError(
            f"one of the two copies is signed off{who}, so git cannot merge them; end the merge with 'git merge "
            "--abort', and open the signed copy with 'vger review reopen FILE --by NAME --why TEXT'"
        )
    return UserError(
        f"{path} is signed off{who}, so it cannot be changed; open it with "
        f"'vger review reopen {path} --by NAME --why TEXT'"
    )


def save(file: ReviewFile, review: Review) -> None:
    """Write a review over the one that was read. Raises UserError, and writes nothing, where that has changed since."""
    good = validate_review(file.path, touch(review, now()))
    with locked(file.path):
        if read_file(file.path) != file.data:
            raise UserError(
                f"{file.path} was changed by another program in the meantime; nothing was written. "
                "Run the command again"
            )
        store.save(file.path, good)


def save_into(file: ReviewFile, review: Review, into: Path | None, force: bool) -> None:
    """Write a review over the one that was read, or into another file. Raises UserError where that is there already."""
    if into is None or into.resolve() == file.path.resolve():
        save(file, review)
    else:
        require_free(into, force)
        store.save(into, validate_review(into, touch(review, now())))


def validate_review(path: Path, review: Review) -> Review:
    """Return a review as it will be read again. Raises UserError where it would be no valid one."""
    try:
        return store.read(store.write(review).encode())
    except store.InvalidReviewError as error:
        # A line would be one of what was to be written, and not of the file that is there.
        raise UserError(format_problems(path, error.problems)) from None


def load_context(review: Review, today: date | None = None) -> ReviewContext:
    """Return a review with the catalogue that was chosen, today or on another day. Raises CatalogError."""
    return ReviewContext(load_chosen_catalog(), review, today or now().date())


def resolve_target(review: Review, name: str) -> Target:
    """Return a target by its id or its name; an empty name is the only one. Raises UserError."""
    if not name and len(review.targets) == 1:
        return review.targets[0]
    ids = {target.id: target for target in review.targets}
    if not name:
        raise UserError(f"this review has several targets; choose one with --target: {', '.join(ids)}")
    return resolve_by_name("target", name, ids, lambda target: target.name)


def resolve_rule(context: ReviewContext, name: str) -> Rule:
    """Return a rule that is asked, by its id or the name of its page. Raises UserError."""
    slugs = {rule.slug: rule for rule in context.rules}
    [rule] = resolve("rule", [name], {**slugs, **{rule.id: rule for rule in context.catalog.rules.values()}})
    if rule not in context.rules:
        raise UserError(f"this review does not ask {rule.id}; the review is about another kind of system or chapter")
    return rule
