"""What comes of a file that is read back: a review with its answers, or why it is rejected."""

from collections.abc import Sequence
from typing import NamedTuple

from vger_guide.reviews.models import Review


class ImportRejectedError(Exception):
    """A file that came back cannot be taken; `problems` says where, such as a sheet and a cell, and how to mend it."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


class Imported(NamedTuple):
    """A review with the answers of a file that came back, and remarks on what of the file was left aside."""

    review: Review
    remarks: Sequence[str] = ()
