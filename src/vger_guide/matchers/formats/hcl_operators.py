"""What operators of HCL make of values, and what joins lists; NOTHING where the operands do not tell.

https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md#operations
"""

from collections.abc import Callable, Sequence
from typing import Any

from vger_guide.matchers.formats import Items
from vger_guide.matchers.formats.scalars import Unknown, is_number, meaning


class _Nothing:
    """Stands for a value that cannot be made."""


NOTHING: Any = _Nothing()


def _and(left: Any, right: Any) -> Any:
    if left is False or right is False:
        return False
    return True if left is True and right is True else NOTHING


def _or(left: Any, right: Any) -> Any:
    if left is True or right is True:
        return True
    return False if left is False and right is False else NOTHING


def _equal(left: Any, right: Any) -> Any:
    return NOTHING if isinstance(left, Unknown) or isinstance(right, Unknown) else meaning(left) == meaning(right)


def _unequal(left: Any, right: Any) -> Any:
    same = _equal(left, right)
    return NOTHING if same is NOTHING else not same


def _compare(answer: Callable[[float, float], bool]) -> Callable[[Any, Any], Any]:
    def compare(left: Any, right: Any) -> Any:
        return answer(meaning(left), meaning(right)) if is_number(left) and is_number(right) else NOTHING

    return compare


def _other(_: Any, __: Any) -> Any:
    return NOTHING


OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    "&&": _and,
    "||": _or,
    "==": _equal,
    "!=": _unequal,
    "<": _compare(lambda left, right: left < right),
    "<=": _compare(lambda left, right: left <= right),
    ">": _compare(lambda left, right: left > right),
    ">=": _compare(lambda left, right: left >= right),
    **dict.fromkeys(("+", "-", "*", "/", "%"), _other),
}


def concatenate(lists: Sequence[Any]) -> Any:
    """Return one list of the values of several, each with its line."""
    items = Items()
    for each in lists:
        if not isinstance(each, Items):
            return NOTHING
        for value, line in zip(each, each.lines, strict=True):
            items.put(value, line)
    return items
