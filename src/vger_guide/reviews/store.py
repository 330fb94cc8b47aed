"""Reading and writing review documents: whole and valid, or not at all, and the same bytes for the same review."""

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from vger_guide.reviews.expectations import LARGEST, Place, format_place
from vger_guide.reviews.json_fault import TOO_DEEP
from vger_guide.reviews.models import VERSION, Review
from vger_guide.reviews.refusal import describe_errors
from vger_guide.reviews.strict_json import InvalidJsonError, parse_strictly
from vger_guide.text.atomic_write import write_whole
from vger_guide.text.file_read import read_regular

MAX_BYTES = 50_000_000
# Signs that begin or part values, also within texts: a review of 200 systems against 2,000 rules has half as many.
MAX_SIGNS = 2_000_000
SHOWN_PROBLEMS = 100
SHOWN_CHARACTERS = 300

# How alone JSON can hold a part of a surrogate pair.
_ESCAPED_HALF = re.compile(rb"\\u[dD][89a-fA-F]")


class InvalidReviewError(Exception):
    """A document is no review; `problems` says where, what is wrong and how to mend it, a line each.

    `places` has the keys that lead to the first of them, where they are at a place.
    """

    def __init__(self, problems: list[str], places: Sequence[Place] = ()) -> None:
        self.problems = problems
        self.places = places
        super().__init__("\n".join(problems))


def read(data: bytes) -> Review:
    """Return the review that a document holds. Raises InvalidReviewError with every problem of it."""
    if len(data) > MAX_BYTES:
        raise InvalidReviewError([f"has {len(data):,} bytes; a review may have {MAX_BYTES:,}"])
    if sum(map(data.count, (b",", b"[", b"{"))) > MAX_SIGNS:
        raise InvalidReviewError([f"has more than {MAX_SIGNS:,} values"])
    try:
        document = parse_strictly(_text(data))
    except InvalidJsonError as error:
        raise InvalidReviewError([str(error)]) from None
    if _ESCAPED_HALF.search(data):
        _require_whole_letters(document)
    _require_version(document)
    try:
        review = Review.model_validate(document)
    except ValidationError as error:
        raise _to_invalid(error, document) from None
    _require_writable(review)
    return review


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidReviewError([f"is not UTF-8 (byte {error.start + 1:,}); save it as UTF-8"]) from None


def _require_writable(review: Review) -> None:
    """Refuse what could be read but never be written again."""
    try:
        write(review).encode()
    except (ValueError, RecursionError):
        raise InvalidReviewError([TOO_DEEP]) from None


def _require_whole_letters(document: Any) -> None:
    """Refuse one half of a surrogate pair alone, which JSON can hold as an escape, in a text or a key."""
    try:
        json.dumps(document, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise InvalidReviewError(["holds half a character, such as \\ud800, which is no text"]) from None


def _require_version(document: Any) -> None:
    version = document.get("schemaVersion") if isinstance(document, dict) else None
    if isinstance(version, int) and VERSION < version < LARGEST:
        raise InvalidReviewError(["was made by a newer version of the guide, whose reviews this one cannot read"])


def _to_invalid(error: ValidationError, document: Any) -> InvalidReviewError:
    found = describe_errors(error, document)
    told = [format_place(place, SHOWN_CHARACTERS, words) for place, words in found[:SHOWN_PROBLEMS]]
    told += first_problems([""] * len(found), SHOWN_PROBLEMS)[SHOWN_PROBLEMS:]
    return InvalidReviewError(told, [place for place, _ in found[:SHOWN_PROBLEMS]])


def first_problems(problems: list[str], limit: int) -> list[str]:
    """Return so many of the problems, and how many more there are."""
    more = len(problems) - limit
    return [*problems[:limit], *([f"and {more:,} more problem{'s' * (more > 1)}"] if more > 0 else [])]


def write(review: Review) -> str:
    """Return the text of a review: sorted keys, an entry a line, so that a change of it is small in git.

    What says nothing, such as an empty comment, is left out; keys that are not known stay as they were.
    """
    document = review.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return json.dumps(document, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def load(path: Path) -> Review:
    """Return the review in a file. Raises InvalidReviewError, and OSError where it cannot be read."""
    return read(read_regular(path, MAX_BYTES))


def save(path: Path, review: Review) -> None:
    """Write a review into a file, of which a reader sees the old one or the new one. Raises OSError."""
    write_whole(path, write(review).encode())
