"""JSON read as a stream, within bounds: only the values at places that were asked for are built.

Reports have hundreds of megabytes, and most of them is of no use here. ijson reads them by yajl in memory of a few
kilobytes; what it gives is bounded in depth and in size before anything is built of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, Protocol

import ijson

from vger_guide.errors import UserError

# How deep values may be nested; SARIF has some twenty levels.
DEPTH = 100
# Keys and values that one value that is asked for may have. The list of the rules of CodeQL has some 20,000.
PARTS = 2_000_000
# Characters of a text that are kept.
TEXT = 4_000

# Which values are asked for: names of keys lead to shapes, `*` stands for the items of a list, and WHOLE is a value.
Shape = Mapping[str, Any]
WHOLE: Shape = {}

# Told in place of a value when the list or table that holds others ends.
END = object()

Place = tuple[str, ...]


class Readable(Protocol):
    """Bytes that are read piece by piece, as ijson asks for them."""

    def read(self, size: int = -1, /) -> bytes:
        """Return the next bytes, or none at the end."""


class BrokenJsonError(Exception):
    """A text is no JSON, or not within bounds; the message says why."""


def read_values(stream: Readable, shape: Shape, *, several: bool = False) -> Iterator[tuple[Place, Any]]:
    """Yield the values at the places that a shape asks for, with those places, in the order of the text.

    A place is the keys that lead there, with `*` for an item of a list. Behind the values of each list or table on the
    way comes END. `several` texts may stand one behind the other, such as a line each. Raises BrokenJsonError, and what
    the stream raises.
    """
    events = _events(stream, several=several)
    for event, value in events:
        yield from _Walk(events).value(event, value, shape, ())


def find_key(stream: Readable, keys: Collection[str]) -> str:
    """Return the first of some keys that stands at the top of a text, or in an item of a list there, or nothing.

    Nothing behind it is read. Raises BrokenJsonError, and what the stream raises.
    """
    depth, top = 0, 1
    for event, value in _events(stream, several=True):
        if event.startswith("start"):
            top = 2 if not depth and event == "start_array" else top
            depth += 1
        elif event.startswith("end"):
            depth -= 1
        elif event == "map_key" and depth == top and value in keys:
            return str(value)
    return ""


def _events(stream: Readable, *, several: bool) -> Iterator[tuple[str, Any]]:
    try:
        yield from _bounded(ijson.basic_parse(stream, use_float=True, multiple_values=several))
    except ijson.JSONError as error:
        raise BrokenJsonError(f"is not JSON: {_first_line(error)}") from None
    except (ValueError, OverflowError) as error:
        raise BrokenJsonError(f"is not JSON: {error}") from None


def _first_line(error: Exception) -> str:
    """Return what is wrong; behind it stands the text around the place, as bytes where they are not UTF-8."""
    [said] = error.args[:1] or [""]
    text = said.decode(errors="replace") if isinstance(said, bytes) else str(said)
    return (text.strip().splitlines() or ["it is broken"])[0]


def _bounded(events: Iterator[tuple[str, Any]]) -> Iterator[tuple[str, Any]]:
    depth = 0
    for event in events:
        name = event[0]
        if name == "start_map" or name == "start_array":
            depth += 1
            if depth > DEPTH:
                raise BrokenJsonError(f"is nested more than {DEPTH} levels deep")
        elif name == "end_map" or name == "end_array":
            depth -= 1
        yield event


class _Walk:
    """The way through the events of one value. Depth is bounded by the events, so that recursion is too."""

    def __init__(self, events: Iterator[tuple[str, Any]]) -> None:
        self._events = events

    def value(self, event: str, value: Any, shape: Shape | None, place: Place) -> Iterator[tuple[Place, Any]]:
        if shape is None:
            self._skip(event)
        elif not shape:
            yield place, self._build(event, value)
        elif event == "start_map":
            yield from self._table(shape, place)
            yield place, END
        elif event == "start_array":
            yield from self._list(shape, place)
            yield place, END

    def _table(self, shape: Shape, place: Place) -> Iterator[tuple[Place, Any]]:
        for event, key in self._events:
            if event == "end_map":
                return
            inner = shape.get(key)
            event, value = next(self._events)
            if inner is None:
                self._skip(event)
            else:
                yield from self.value(event, value, inner, (*place, key))

    def _list(self, shape: Shape, place: Place) -> Iterator[tuple[Place, Any]]:
        inner = shape.get("*")
        for event, value in self._events:
            if event == "end_array":
                return
            yield from self.value(event, value, inner, (*place, "*"))

    def _skip(self, event: str) -> None:
        if not event.startswith("start"):
            return
        depth = 1
        for event, _ in self._events:
            if event.startswith("start"):
                depth += 1
            elif event.startswith("end"):
                depth -= 1
                if not depth:
                    return

    def _build(self, event: str, value: Any) -> Any:
        if not event.startswith("start"):
            return _cut(value)
        root: Any = {} if event == "start_map" else []
        stack: list[Any] = [root]
        keys: list[str] = [""]
        for parts, (event, value) in enumerate(self._events):
            if parts >= PARTS:
                raise BrokenJsonError(f"has a value of more than {PARTS:,} parts")
            if event == "map_key":
                keys[-1] = value
            elif event == "start_map" or event == "start_array":
                made: Any = {} if event == "start_map" else []
                _put(stack[-1], keys[-1], made)
                stack.append(made)
                keys.append("")
            elif event == "end_map" or event == "end_array":
                stack.pop()
                keys.pop()
                if not stack:
                    break
            else:
                _put(stack[-1], keys[-1], _cut(value))
        return root


def _put(holder: Any, key: str, value: Any) -> None:
    if isinstance(holder, dict):
        holder[key] = value
    else:
        holder.append(value)


def _cut(value: Any) -> Any:
    return value[:TEXT] if isinstance(value, str) else value


def refuse(file: str, why: object) -> UserError:
    """Return the error that says that a file of evidence cannot be read, and why."""
    return UserError(f"--evidence {file}: {why}")
