"""Reading and writing review documents: whole and valid, or not at all, and the same bytes for the same review."""

import json
import math
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from vger_guide.reviews.models import Review
from vger_guide.text.atomic_write import write_whole
from vger_guide.text.file_read import read_regular
from vger_guide.text.sanitize import escape_invisible, truncate

MAX_BYTES = 50_000_000
# Levels within one another, and the signs that begin or part values, also within texts: a review of 200 systems
# against 2,000 rules has half as many.
MAX_DEPTH = 200
MAX_SIGNS = 2_000_000
SHOWN_PROBLEMS = 100
SHOWN_CHARACTERS = 300

# How alone JSON can hold a part of a surrogate pair.
_ESCAPED_HALF = re.compile(rb"\\u[dD][89a-fA-F]")

TOO_DEEP = "is nested too deep to be a review"

Place = tuple[str | int, ...]


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
        document = json.loads(_text(data), parse_constant=_refuse_number, parse_float=_float, object_pairs_hook=_once)
    except RecursionError:
        raise InvalidReviewError([TOO_DEEP]) from None
    except ValueError as error:
        raise InvalidReviewError([f"is not JSON: {error}"]) from None
    if _is_deep(document):
        raise InvalidReviewError([TOO_DEEP])
    if _ESCAPED_HALF.search(data):
        _require_whole_letters(document)
    try:
        review = Review.model_validate(document)
    except ValidationError as error:
        raise _to_invalid(error) from None
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


def _is_deep(document: Any) -> bool:
    level = [document]
    for _ in range(MAX_DEPTH + 1):
        level = [
            child
            for value in level
            if isinstance(value, dict | list)
            for child in (value.values() if isinstance(value, dict) else value)
        ]
        if not level:
            return False
    return True


def _refuse_number(text: str) -> None:
    raise ValueError(f"{text[:60]} is not a number that JSON can hold")


def _float(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        _refuse_number(text)
    return number


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"the key {key[:60]!r} is given twice")
        found[key] = value
    return found


def _to_invalid(error: ValidationError) -> InvalidReviewError:
    details = error.errors(include_url=False, include_input=False)
    # What is wrong with the document as a whole may be several lines.
    found = [(each["loc"], line) for each in details for line in each["msg"].splitlines()]
    told = [
        truncate(f"{escape_invisible('.'.join(map(str, loc))) or 'the document'}: {line}", SHOWN_CHARACTERS)
        for loc, line in found
    ]
    return InvalidReviewError(first_problems(told, SHOWN_PROBLEMS), [loc for loc, _ in found[:SHOWN_PROBLEMS]])


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
