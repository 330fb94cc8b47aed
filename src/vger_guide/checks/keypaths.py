r"""Paths of keys: which values of a document are meant.

    services.db.image       a key in a key in a key
    services.*.image        every key of a table, every value of a list; `aws_*` stands for part of a key
    **.image                the key at any depth; a name follows
    jobs[0].name            one value of a list; jobs[*].name each of them
    tool."a.key".'b "c"'    a key with dots, stars or spaces, in either kind of quotes

A list is gone through by itself: a name behind it is looked for in each of its values, and a path that ends at one
means each of them. So repeated elements of XML and blocks of HCL are found by the same path as single ones, for which
`[*]` and `[0]` hold too. At most 20 steps.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

from vger_guide.checks.formats import MAX_DEPTH, Document, Keys

_STEP = re.compile(r"""\[([0-9]+|\*)\]|"([^"]+)"|'([^']+)'|([^."'\[\]\s]+)""")


class Step(NamedTuple):
    """A step of a path: a place in a list, a key as it stands, or a form of keys."""

    place: str = ""
    quoted: str = ""
    form: str = ""

    def takes(self, key: str) -> bool:
        """Tell whether a key of a table is meant."""
        return alike(self.form, key) if self.form else key == self.quoted


class _Place(NamedTuple):
    """A value, how one came there, and how many steps of the path that took."""

    value: Any
    keys: Keys
    done: int


@cache
def steps(path: str) -> tuple[Step, ...]:
    """Return the steps of a path, which has the form that the catalogue asks for."""
    found = (match.groups(default="") for match in _STEP.finditer(path))
    return tuple(Step(place, double or single, form) for place, double, single, form in found)


def find(document: Document, path: str) -> Iterator[tuple[Keys, Any]]:
    """Yield the values that a path means and their keys, which begin with the number of the root, in their order.

    What an alias brings to several places is found at the first of them only; so nothing is looked at twice.
    """
    way = steps(path)
    seen: set[tuple[int, int]] = set()
    pending = [iter([_Place(root, (number,), 0) for number, root in enumerate(document.roots)])]
    while pending:
        place = next(pending[-1], None)
        if place is None:
            pending.pop()
        elif not isinstance(place.value, dict | list):
            if place.done == len(way):
                yield place.keys, place.value
        elif (mark := (id(place.value), place.done)) not in seen and len(place.keys) <= MAX_DEPTH + 1:
            seen.add(mark)
            if place.done == len(way) and isinstance(place.value, dict):
                yield place.keys, place.value
            else:
                pending.append(_onward(place, way))


def _onward(place: _Place, way: Sequence[Step]) -> Iterator[_Place]:
    """Yield where a step leads from a table or a list."""
    value, keys, done = place
    step = way[done] if done < len(way) else Step()
    if step.form == "**":
        yield _Place(value, keys, done + 1)
        yield from (_Place(child, (*keys, key), done) for key, child in _children(value))
    elif isinstance(value, list):
        taken = done + bool(step.place or step.form == "*")
        wanted = (pair for pair in enumerate(value) if step.place in ("", "*", str(pair[0])))
        yield from (_Place(child, (*keys, number), taken) for number, child in wanted)
    elif step.place:
        yield from [_Place(value, keys, done + 1)] if step.place in ("*", "0") else []
    else:
        wanted_keys = (key for key in value if step.takes(key))
        yield from (_Place(value[key], (*keys, key), done + 1) for key in wanted_keys)


def _children(value: Any) -> Iterator[tuple[str | int, Any]]:
    yield from value.items() if isinstance(value, dict) else enumerate(value)


def alike(form: str, text: str) -> bool:
    """Tell whether a text has a form, in which `*` stands for anything; in linear time."""
    first, *others = form.split("*")
    if not others:
        return text == form
    *middle, last = others
    if not text.startswith(first) or not text.endswith(last) or len(text) < len(first) + len(last):
        return False
    at, end = len(first), len(text) - len(last)
    for part in middle:
        at = text.find(part, at, end)
        if at < 0:
            return False
        at += len(part)
    return True


def written(keys: Keys) -> str:
    """Return keys as a path, for people to read."""
    named = "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in keys[1:])
    return named.removeprefix(".")
