"""Paths of names, places and wildcards: each part of a document is followed once, however many aliases lead to it."""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Any, NamedTuple

from vger_guide.matchers.formats import MAX_DEPTH, Keys
from vger_guide.matchers.formats.scalars import Unknown
from vger_guide.matchers.jsonpath.nodes import Node
from vger_guide.text.lazy_pattern import lazy_pattern

_BLANK = r"[ \t\n\r]*"
# Letters, `_` and all that is not ASCII, as what they are not: a range of so many letters takes long to compile.
_NAME = r"[^\x00-@\[-^`{-\x7f][^\x00-/:-@\[-^`{-\x7f]*"
_QUOTED = r"'[^'\\\x00-\x1f]*'|\"[^\"\\\x00-\x1f]*\""
_SELECTOR = rf"{_BLANK}(?:{_QUOTED}|\*|0|-?[1-9][0-9]{{0,9}}){_BLANK}"
_SEGMENT = lazy_pattern(
    rf"{_BLANK}(?:(?P<deep>\.\.)|\.)?(?:(?P<name>{_NAME}|\*)|\[(?P<several>{_SELECTOR}(?:,{_SELECTOR})*)\])"
)
# A bracket, or a text that may hold one.
_BRACKET = lazy_pattern(r"\[|\]|'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"")
_EACH = lazy_pattern(rf"({_QUOTED})|([^\s,]+)")

# A name to look for, a place in a list, or None for all there is.
Selector = str | int | None


class Segment(NamedTuple):
    """A step of a path; `is_deep` where it is asked at any depth."""

    is_deep: bool
    selectors: tuple[Selector, ...]


def parse_segments(path: str) -> tuple[Segment, ...] | None:
    """Return the steps of a path that has nothing but names, places and wildcards; None for any other."""
    if not path.startswith("$"):
        return None
    segments, at = [], 1
    while at < len(path):
        match = _SEGMENT.match(path, at)
        if not match or not _is_well_formed(match):
            return None
        segments.append(Segment(bool(match["deep"]), _selectors(match)))
        at = match.end()
    return tuple(segments)


def _is_well_formed(match: re.Match[str]) -> bool:
    """Tell whether a name has its dot, and a bracket none but two."""
    sign = match[0].lstrip()[:1]
    return sign == "." if match["name"] else bool(match["deep"]) or sign == "["


def _selectors(match: re.Match[str]) -> tuple[Selector, ...]:
    if match["name"]:
        return (None if match["name"] == "*" else match["name"],)
    pairs = _EACH.findall(match["several"])
    return tuple(quoted[1:-1] if quoted else None if other == "*" else int(other) for quoted, other in pairs)


class Step(NamedTuple):
    """What a step of any path tells of a text: names of which one is meant, or the test of a filter, or nothing."""

    names: tuple[str, ...] = ()
    test: str = ""
    is_deep: bool = False


def parse_steps(path: str) -> list[Step]:
    """Return the steps of a path that may have filters and slices; none of a path that is none."""
    plain, tests = _take_filters_out(path)
    segments = parse_segments(plain) or ()
    return [Step(_names(each), tests.get(number, ""), each.is_deep) for number, each in enumerate(segments)]


# Steps of a path that tell which parts of a document it leads to.
HEAD = 2


def find_head(path: str) -> tuple[tuple[str, ...], ...]:
    """Return the names of the first steps of a path, none for any; nothing where it leads to any depth."""
    steps = list(takewhile(lambda step: not step.is_deep, parse_steps(path)[:HEAD]))
    return tuple(step.names for step in steps)


def segments_before_filter(path: str) -> tuple[Segment, ...]:
    """Return the steps of a path up to its first filter or slice."""
    starts = (match.start() for match in _BRACKET.finditer(path) if match[0] == "[")
    heads = takewhile(lambda head: head is not None, (parse_segments(path[:start]) for start in starts))
    return max(filter(None, heads), key=len, default=())


def _take_filters_out(path: str) -> tuple[str, dict[int, str]]:
    """Return a path with wildcards in place of filters and slices, and the filters by the numbers of their steps."""
    plain, tests, at, depth = "", dict[int, str](), 0, 0
    for match in _BRACKET.finditer(path):
        depth += {"[": 1, "]": -1}.get(match[0], 0)
        if match[0] == "[" and depth == 1:
            plain, at = plain + path[at : match.start()], match.start()
        elif match[0] == "]" and not depth:
            inner, at = path[at : match.end()], match.end()
            if test := re.match(r"\[\s*\?", inner):
                tests[len(parse_segments(plain) or ())] = inner[test.end() : -1]
            plain += "[*]" if test or re.fullmatch(r"\[[\s0-9:-]+\]", inner) else inner
    return plain + path[at:], tests


def _names(segment: Segment) -> tuple[str, ...]:
    names = tuple(each for each in segment.selectors if isinstance(each, str))
    return names if len(names) == len(segment.selectors) else ()


class PlainPath:
    """A path of names, places and wildcards."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._segments = segments

    def follow(self, root: Any) -> Iterator[Node]:
        """Yield what is met in a document, what an alias brings to several places at the first of them only."""
        seen: set[tuple[int, int]] = set()
        pending: list[Iterator[tuple[Any, Keys, int]]] = [iter([(root, (), 0)])]
        while pending:
            for value, keys, done in pending[-1]:
                if done == len(self._segments):
                    yield Node(keys, value)
                elif not isinstance(value, dict | list):
                    if self._is_uncertain(value, done):
                        yield Node(keys, value, is_uncertain=True)
                elif (id(value), done) not in seen and len(keys) <= MAX_DEPTH:
                    seen.add((id(value), done))
                    pending.append(self._onward(value, keys, done))
                    break
            else:
                pending.pop()

    def _onward(self, value: Any, keys: Keys, done: int) -> Iterator[tuple[Any, Keys, int]]:
        """Yield where a step leads from a table or a list."""
        segment = self._segments[done]
        for selector in segment.selectors:
            yield from ((child, (*keys, key), done + 1) for key, child in _select(value, selector))
        if segment.is_deep:
            nested = (pair for pair in _pairs(value) if isinstance(pair[1], dict | list))
            yield from ((child, (*keys, key), done) for key, child in nested)

    def _is_uncertain(self, value: Any, done: int) -> bool:
        """Tell whether a value that nobody knows was asked for by its name, and more in it."""
        return isinstance(value, Unknown) and done > 0 and None not in self._segments[done - 1].selectors


def _select(value: Any, selector: Selector) -> Iterator[tuple[str | int, Any]]:
    if selector is None:
        yield from _pairs(value)
    elif isinstance(value, dict) and isinstance(selector, str):
        if selector in value:
            yield selector, value[selector]
    elif isinstance(value, list) and isinstance(selector, int) and -len(value) <= selector < len(value):
        yield selector % len(value), value[selector]


def _pairs(value: Any) -> Iterator[tuple[str | int, Any]]:
    yield from value.items() if isinstance(value, dict) else enumerate(value)
