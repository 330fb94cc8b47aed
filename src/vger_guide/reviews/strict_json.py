"""JSON as a review may hold it: no key twice, no number without end, not too deep; refused in words."""

import json
import math
from collections.abc import Iterable
from typing import Any, NoReturn

from vger_guide.reviews.json_fault import TOO_DEEP, describe_fault, given_twice, not_a_number

# Levels within one another.
MAX_DEPTH = 200
# Where a float has a fraction no more, and how many digits a number without end has at least.
_EXACT, _DIGITS = 2.0**53, 300


class InvalidJsonError(Exception):
    """A text is no JSON that a review may hold; the message says why."""


def parse_strictly(text: str) -> Any:
    """Return what a text holds. Raises InvalidJsonError."""
    odd = _Odd()
    try:
        document = json.loads(
            text,
            parse_constant=_refuse,
            parse_int=odd.read_integer,
            parse_float=odd.read_float,
            object_pairs_hook=odd.read_object,
        )
    except RecursionError:
        raise InvalidJsonError(TOO_DEEP) from None
    except ValueError:
        raise InvalidJsonError(describe_fault(text, MAX_DEPTH)) from None
    if _is_deep(document):
        raise InvalidJsonError(TOO_DEEP)
    if odd.found:
        raise InvalidJsonError(f"is not JSON: {min(odd.found)[1]}")
    return document


def _refuse(_: str) -> NoReturn:
    raise ValueError


class _Odd:
    """Reads the parts of a document, and keeps what is wrong with them: of keys before numbers, as they are met."""

    def __init__(self) -> None:
        self.found: list[tuple[tuple[int, int], str]] = []

    def read_object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        """Return an object."""
        whole = dict(pairs)
        if len(whole) < len(pairs):
            self._note(0, given_twice(_find_twice(key for key, _ in pairs)))
        return whole

    def read_integer(self, text: str) -> int:
        """Return a whole number."""
        return int(text) if len(text) < _DIGITS or math.isfinite(float(text)) else self._endless(text)

    def read_float(self, text: str) -> float:
        """Return a number: a whole one where it is one, as JavaScript and JSON Schema have it."""
        number = float(text)
        if not math.isfinite(number):
            return self._endless(text)
        return int(number) if number.is_integer() and abs(number) <= _EXACT else number

    def _endless(self, text: str) -> int:
        self._note(1, not_a_number(text))
        return 0

    def _note(self, kind: int, words: str) -> None:
        self.found.append(((kind, len(self.found)), words))


def _find_twice(keys: Iterable[str]) -> str:
    """Return the first key that was there before."""
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            break
        seen.add(key)
    return key


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
