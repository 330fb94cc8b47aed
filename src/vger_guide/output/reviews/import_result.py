"""What comes of a file that is read back: what it was exported with and what it says now, or why it is rejected."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time

from vger_guide.reviews.context import ReviewContext
from vger_guide.reviews.models import Conflict, Review


class ImportRejectedError(Exception):
    """A file that came back cannot be taken; `problems` says where, such as a sheet and a cell, and how to mend it."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


@dataclass(frozen=True)
class Importer:
    """Who imports a file, "" for nobody, and when: what a changed answer gets where the file names nobody and no day.

    Without a moment it is the beginning of the day that the review is looked at.
    """

    name: str = ""
    at: datetime | None = None

    def moment(self, context: ReviewContext) -> datetime:
        """Return when."""
        return self.at or datetime.combine(context.today, time(), UTC)


@dataclass(frozen=True)
class Returned:
    """What a file says: the review as it was exported, the same with what people changed, and remarks.

    There is no base where the file is a copy of the document, which says nothing of what it was copied from.
    """

    base: Review | None
    theirs: Review
    remarks: Sequence[str] = ()


@dataclass(frozen=True)
class Imported:
    """The review with what was taken of a file that came back.

    `lossy` is the same with what `losses` tells, a line each, which the review holds back. `conflicts` are where the
    file and the review changed the same, and `remarks` what of the file was left aside.
    """

    review: Review
    lossy: Review
    conflicts: Sequence[Conflict] = ()
    losses: Sequence[str] = ()
    remarks: Sequence[str] = ()
