r"""Paths of keys, as records had them before JSONPath, and organisations' folders still may: which values are meant.

    services.db.image       a key in a key in a key
    services.*.image        every key of a table, every value of a list; `aws_*` stands for part of a key
    **.image                the key at any depth; a name follows
    jobs[0].name            one value of a list; jobs[*].name each of them
    tool."a.key".'b "c"'    a key with dots, stars or spaces, in either kind of quotes

A list is gone through by itself: a name behind it is looked for in each of its values, and a path that ends at one
means each of them. So repeated elements of XML and blocks of HCL are found by the same path as single ones, for which
`[*]` and `[0]` hold too. At most 20 steps.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

from vger_guide.matchers.formats import MAX_DEPTH, Keys
from vger_guide.matchers.globs import is_alike
from vger_guide.matchers.jsonpath.nodes import Node
from vger_guide.text.lazy_pattern import lazy_pattern

_STEP = lazy_pattern(r"""\[([0-9]+|\*)\]|"([^"]+)"|'([^']+)'|([^."'\[\]\s]+)""")

# A step is a name, or one in quotes, with places in lists behind it; `**` may stand before a name.
_PLACE = r"\[([0-9]{1,6}|\*)\]"
_ANY_DEPTH = r"(\*\*\.(?!\*+(\.|\[|$)))"
_NAME = r"((?!\*\*(\.|\[|$))[!#-&(-\-/-Z\\^-~]+|\"[ !#-~]+\"|'[ -&(-~]+')"
_WHOLE = rf"{_ANY_DEPTH}?{_NAME}({_PLACE})*"
_FORM = lazy_pattern(rf"^(?=.{{1,200}}$)({_WHOLE}|({_PLACE})+)(\.{_WHOLE}){{0,19}}$")


def is_key_path(text: str) -> bool:
    """Return whether a text is a path of keys."""
    return _FORM.fullmatch(text) is not None


class KeyStep(NamedTuple):
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
def parse_path(path: str) -> tuple[KeyStep, ...]:
    """Return the steps of a path, which has the form that the catalogue asks for."""
    found = (match.groups(default="") for match in _STEP.finditer(path))
    return tuple(KeyStep(place, double or single, form) for place, double, single, form in found)


@cache
def literal_part(path: str) -> str:
    """Return the longest part of a path that stands as it is in every key that it means; empty where there is none."""
    parts = (part for step in parse_path(path) for part in ([step.quoted] if step.quoted else step.form.split("*")))
    # An attribute of XML is written without its sign.
    return max((part.removeprefix("@") for part in parts), key=len, default="")


class KeyPath:
    """A path of keys that is ready to be followed."""

    def __init__(self, path: str) -> None:
        self._way = parse_path(path)

    def follow(self, root: Any) -> Iterator[Node]:
        """Yield what is met in a document, what an alias brings to several places at the first of them only."""
        way = self._way
        seen: set[tuple[int, int]] = set()
        pending: list[Iterator[_Place]] = [iter([(root, (), 0)])]
        while pending:
            for value, keys, done in pending[-1]:
                if _is_nested(value):
                    if (id(value), done) in seen or len(keys) > MAX_DEPTH:
                        continue
                    seen.add((id(value), done))
                if done == len(way) and not isinstance(value, list):
                    yield Node(keys, value)
                elif _is_nested(value):
                    pending.append(_onward(value, keys, done, way))
                    break
            else:
                pending.pop()


def _onward(value: Any, keys: Keys, done: int, way: Sequence[KeyStep]) -> Iterator[_Place]:
    """Yield where a step leads from a table or a list."""
    step = way[done] if done < len(way) else KeyStep()
    if step.form == "**":
        yield value, keys, done + 1
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        yield from ((child, (*keys, key), done) for key, child in pairs if _is_nested(child))
    elif isinstance(value, list):
        taken = done + bool(step.place or step.form == "*")
        wanted = (pair for pair in enumerate(value) if step.place in ("", "*", str(pair[0])))
        yield from (
            (child, (*keys, number), taken) for number, child in wanted if taken == len(way) or _is_nested(child)
        )
    elif step.place in ("*", "0"):
        yield value, keys, done + 1
    elif not step.place:
        yield from ((value[key], (*keys, key), done + 1) for key in value if step.takes(key))


def _is_nested(value: Any) -> bool:
    return isinstance(value, dict | list)
