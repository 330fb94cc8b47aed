"""What the models refuse, in words for people: the place, what has to stand there, and what does."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from pydantic import ValidationError

from vger_guide.reviews.expectations import (
    EXPECTED,
    EXPECTED_KEYS,
    Place,
    Schema,
    describe_value,
    find_place,
)
from vger_guide.reviews.schema import schema

# How Pydantic marks the error of a key behind it.
_KEY = "[key]"

Problem = tuple[Place, str]


def describe_errors(error: ValidationError, document: Any) -> list[Problem]:
    """Return the places that a model has refused, each with its words, in the order of the places."""
    found = dict(_describe(error, document))
    return sort_problems((place, words) for place, words in found.items() if not _is_below(place, found))


def _describe(error: ValidationError, document: Any) -> Iterator[Problem]:
    for each in error.errors(include_url=False, include_input=False):
        keys = each["loc"]
        if each["type"] == "review":
            yield from each["ctx"]["problems"]
        elif each["type"] == "missing":
            yield keys, "is missing"
        elif keys[-1:] == (_KEY,) and (expected := _expect_key(keys[:-1])):
            yield keys[:-1], f"the key must be {expected}"
        else:
            place, node = find_place(_schema(), keys)
            if _has(document, keys[: len(place) + 1]) and len(place) < len(keys):
                continue  # below a key that is refused itself
            yield place, f"must be {node[EXPECTED]}; {describe_value(_value(document, place))}"


def _expect_key(place: Place) -> str:
    """Return what a key has to be, or nothing for one that is: what looks like the mark behind it is a key then."""
    above, around = find_place(_schema(), place[:-1])
    key = str(place[-1])
    if above != place[:-1] or EXPECTED_KEYS not in around:
        return ""
    is_short = len(key) <= around.get("propertyNames", {}).get("maxLength", len(key))
    is_alike = any(re.search(pattern, key) for pattern in around["patternProperties"])
    return "" if is_short and is_alike else str(around[EXPECTED_KEYS])


@cache
def _schema() -> Schema:
    return schema("")


def _value(document: Any, place: Place) -> Any:
    for key in place:
        document = document[key]
    return document


def _has(document: Any, place: Place) -> bool:
    try:
        _value(document, place)
    except (KeyError, IndexError, TypeError):
        return False
    return True


def _is_below(place: Place, found: Iterable[Place]) -> bool:
    """Tell whether something above a place is wrong itself."""
    return any(place[:n] in found for n in range(len(place)))


def sort_problems(problems: Iterable[Problem]) -> list[Problem]:
    """Return problems in the order of their places, in which numbers of entries count as numbers."""
    return sorted(problems, key=lambda problem: [_sort_key(str(key)) for key in problem[0]])


def _sort_key(key: str) -> str:
    return key.zfill(9) if key.isascii() and key.isdigit() else key
