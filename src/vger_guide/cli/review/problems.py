"""What is wrong with a file of a review, in lines that name the file and the line in it."""

from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path

from vger_guide.matchers.formats import Document, json
from vger_guide.repo.tree import UnreadableFileError
from vger_guide.reviews import store
from vger_guide.reviews.expectations import Place

# What git writes into a file that it could not merge.
CLASH = b"\n<<<<<<< "


def format_problems(path: Path, found: Sequence[str]) -> str:
    """Return a line for each problem, with the file it is in."""
    return "\n".join(f"{path}: {each}" for each in found)


def locate_problems(data: bytes, error: store.InvalidReviewError) -> list[str]:
    """Return the problems of a document, each with the line where it is."""
    if CLASH in data:
        hint = "holds marks of a merge that git could not do; take both sides and use 'vger review merge'"
        return [hint, *error.problems]
    lines = _lines(data, error.places)
    return [f"line {line}: {told}" if line else told for told, line in zip_longest(error.problems, lines)]


def _lines(data: bytes, places: Sequence[Place]) -> list[int]:
    """Return the line of each place; 0 where the document is too large to look for it."""
    try:
        document = json.parse(data.decode())
    except (UnreadableFileError, UnicodeDecodeError):
        return []
    return [_line(document, place) for place in places]


def _line(document: Document, place: Place) -> int:
    try:
        return document.line((0, *place))
    except TypeError:  # a key where the document has a list
        return _line(document, place[:-1])
