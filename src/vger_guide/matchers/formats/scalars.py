"""Scalars of documents that are more than their text: what stands there without quotes, and what nobody knows."""

import re
from typing import Any

_NUMBER = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{1,18})?(?:[eE][-+]?[0-9]{1,2})?")
_TRUTH = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}


class Plain(str):
    """A scalar without quotes, as it is written: it may mean a number or a truth value. `1.10` is not `1.1`."""

    __slots__ = ()


class Unknown(str):
    """An expression whose value is made elsewhere, as it is written. Nothing can be said of what it is."""

    __slots__ = ()


def meaning(value: Any) -> Any:
    """Return what a scalar is compared as: a number, a truth value, or a text."""
    if not isinstance(value, Plain):
        return value
    if _NUMBER.fullmatch(value):
        return float(value)
    return _TRUTH.get(value, str(value))


def is_number(value: Any) -> bool:
    """Return whether a scalar means a number."""
    return isinstance(value, Plain) and isinstance(meaning(value), float)
