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

from vger_guide.matchers.formats import MAX_DEPTH, Document, Keys

_STEP = re.compile(r"""\[([0-9]+|\*)\]|"([^"]+)"|'([^']+)'|([^."'\[\]\s]+)""")


class Step(NamedTuple):
    """A step of a path: a place in a list, a key as it stands, or a form of keys."""

    place: str = ""
    quoted: str = ""
    form: str = ""

    def takes(self, key: str) -> bool:
        """Tell whether a key of a table is meant."""
        return is_alike(self.form, key) if self.form else key == self.quoted


# A value, its keys, and how many steps of the path led there.
_Place = tuple[Any, Keys, int]


@cache
def parse_path(path: str) -> tuple[Step, ...]:
    """Return the steps of a path, which has the form that the catalogue asks for."""
    found = (match.groups(default="") for match in _STEP.finditer(path))
    return tuple(Step(place, double or single, form) for place, double, single, form in found)


@cache
def literal_part(path: str) -> bytes:
    """Return the longest part of a path that stands as it is in every key that it means; empty where there is none."""
    parts = (part for step in parse_path(path) for part in ([step.quoted] if step.quoted else step.form.split("*")))
    # An attribute of XML is written without its sign.
    return max((part.removeprefix("@") for part in parts), key=len, default="").encode()


def find_values(document: Document, path: str) -> Iterator[tuple[Keys, Any]]:
    """Yield the values that a path means and their keys, which begin with the number of the root, in their order.

    What an alias brings to several places is found at the first of them only; so nothing is looked at twice.
    """
    way = parse_path(path)
    seen: set[tuple[int, int]] = set()
    pending: list[Iterator[_Place]] = [((root, (number,), 0) for number, root in enumerate(document.roots))]
    while pending:
        for value, keys, done in pending[-1]:
            if _nested(value):
                if (id(value), done) in seen or len(keys) > MAX_DEPTH + 1:
                    continue
                seen.add((id(value), done))
            if done == len(way) and not isinstance(value, list):
                yield keys, value
            elif _nested(value):
                pending.append(_onward(value, keys, done, way))
                break
        else:
            pending.pop()


def _onward(value: Any, keys: Keys, done: int, way: Sequence[Step]) -> Iterator[_Place]:
    """Yield where a step leads from a table or a list."""
    step = way[done] if done < len(way) else Step()
    if step.form == "**":
        yield value, keys, done + 1
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        yield from ((child, (*keys, key), done) for key, child in pairs if _nested(child))
    elif isinstance(value, list):
        taken = done + bool(step.place or step.form == "*")
        params = (pair for pair in enumerate(value) if step.place in ("", "*", str(pair[0])))
        yield from ((child, (*keys, number), taken) for number, child in params if taken == len(way) or _nested(child))
    elif step.place in ("*", "0"):
        yield value, keys, done + 1
    elif not step.place:
        yield from ((value[key], (*keys, key), done + 1) for key in value if step.takes(key))


def _nested(value: Any) -> bool:
    return isinstance(value, dict | list)


def is_alike(form: str, text: str) -> bool:
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


def format_keys(keys: Keys) -> str:
    """Return keys as a path, for people to read."""
    named = (f"[{key}]" if isinstance(key, int) else f".{_quoted(key)}" for key in keys[1:])
    return "".join(named).removeprefix(".")


def _quoted(key: str) -> str:
    return f'"{key}"' if re.search(r"[.*\s\[\]]", key) else key
