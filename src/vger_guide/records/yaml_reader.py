"""Reading a YAML file into plain data that remembers its lines, whatever the file holds.

The file is read as a stream of events, so that nothing in it recurses or multiplies:
aliases are refused (the "billion laughs"), and so are deep nesting, second keys of the
same name and tags. The size is looked at before the file is opened.
"""

import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from vger_guide.records.problems import CatalogError, Problem, named, shown
from vger_guide.text.file_read import NotRegularError, TooLargeError, read_regular

MAX_BYTES = 1_000_000
MAX_DEPTH = 20
# Values and keys, ten times those of the largest file: what a file takes of memory and time hangs on their number.
MAX_PARTS = 25_000
MAX_PROBLEMS = 50

# libyaml where PyYAML was built with it: about ten times as fast, same events.
Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Keys = tuple[str | int, ...]

# Scalars by the JSON schema of YAML 1.2 (https://yaml.org/spec/1.2.2/#102-json-schema): what a writer of
# `no`, `2.10` or `2023-09-20` meant is a text, and YAML 1.1 would make it a boolean, a number and a date.
SCALARS: list[tuple[re.Pattern[str], Any]] = [
    (re.compile(r"(?:|~|null)\Z"), lambda _: None),
    (re.compile(r"(?:true|false)\Z"), lambda text: text == "true"),
    (re.compile(r"-?(?:0|[1-9][0-9]{0,17})\Z"), int),
]


@dataclass
class YamlDocument:
    """The data of one file, and the line each part of it stands on."""

    path: Path
    data: Any = None
    lines: dict[Keys, int] = field(default_factory=dict)

    @cached_property
    def name(self) -> str:
        """The path as messages name it."""
        return named(self.path)

    def line(self, keys: Keys) -> int:
        """Return the line of the part at `keys`, or of the nearest part around it."""
        while keys and keys not in self.lines:
            keys = keys[:-1]
        return self.lines.get(keys, 0)

    def has(self, keys: Keys) -> bool:
        """Return whether the data have a key, given behind those that lead to it."""
        value = self.data
        for key in keys[:-1]:
            value = _child(value, key)
        return isinstance(value, dict) and keys[-1] in value

    def problem(self, keys: Keys, message: str) -> Problem:
        """Return a problem at `keys`, named by the id of the record around it."""
        return Problem(self.name, self.line(keys), self.item(keys), message)

    def item(self, keys: Keys) -> str:
        """Return `keys` in words: `terraform.verdict` for the verdict of the row with that id."""
        parts: list[str] = []
        value = self.data
        for key in keys:
            value = _child(value, key)
            name = _name(value)
            parts = [name] if name else [*parts, str(key)]
        return ".".join(part if part.isprintable() else shown(part) for part in parts)[:200]


def read(path: Path) -> YamlDocument:
    """Read one YAML file.

    Raises CatalogError with every problem of form: encoding, size, syntax, tabs, aliases, depth, repeated keys.
    """
    return parse(path, read_bytes(path))


def parse(path: Path, data: bytes) -> YamlDocument:
    """Read the bytes of a YAML file that was read already. Raises the same."""
    return _Reader(path).document(_text(path, data))


def _child(value: Any, key: str | int) -> Any:
    """Return the part of a value at a key, or None where it has none."""
    if isinstance(value, dict):
        return value.get(key)
    if isinstance(value, list) and isinstance(key, int) and key < len(value):
        return value[key]
    return None


def _name(value: Any) -> str | None:
    """Return the name of a record: its id, or the number of a section."""
    names = (value.get(key) for key in ("id", "number")) if isinstance(value, dict) else ()
    return next((name for name in names if isinstance(name, str)), None)


def _make_error(path: Path, message: str, line: int = 0) -> CatalogError:
    return CatalogError([Problem(named(path), line, "", message)])


def read_bytes(path: Path) -> bytes:
    """Return the bytes of a file, whose kind and size are looked at first. Raises CatalogError."""
    try:
        return read_regular(path, MAX_BYTES)
    except (NotRegularError, IsADirectoryError):
        raise _make_error(path, "is not a file; a data file is a plain YAML file") from None
    except TooLargeError as large:
        raise _too_large(path, large.size) from None
    except OSError as error:
        raise _make_error(path, f"cannot be read: {error.strerror or error}") from None


def _too_large(path: Path, size: int) -> CatalogError:
    return _make_error(path, f"has {size:,} bytes; a data file may have {MAX_BYTES:,}: split it")


def _text(path: Path, raw: bytes) -> str:
    """Return the text of a file, or raise CatalogError when it is no UTF-8 text of a sensible size."""
    if len(raw) > MAX_BYTES:
        raise _too_large(path, len(raw))
    if raw.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        raise _make_error(path, "begins with a byte-order mark; save it as UTF-8 without one", 1)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise _make_error(path, f"is not UTF-8 at byte {error.start}; save it as UTF-8", line) from None


@dataclass
class _Open:
    """A mapping or list that is still being read."""

    value: dict[str, Any] | list[Any]
    keys: Keys
    key: str | None = None


class _Reader:
    """Builds a Document from YAML events, and collects problems on the way."""

    def __init__(self, path: Path) -> None:
        self.doc = YamlDocument(path)
        self.problems: list[Problem] = []
        self.open: list[_Open] = []
        self.empty = True

    def document(self, text: str) -> YamlDocument:
        try:
            for count, event in enumerate(yaml.parse(text, Loader=Loader)):
                if count > MAX_PARTS:
                    raise self._make_error(event, f"has more than {MAX_PARTS:,} keys and values; split it")
                self._take(event)
                if len(self.problems) > MAX_PROBLEMS:
                    break
        except yaml.MarkedYAMLError as error:
            self._syntax(error, text)
        except yaml.YAMLError as error:  # a character that YAML does not allow
            self._add(0, f"is not YAML: {str(error).splitlines()[0]}")
        if not self.problems and (self.empty or self.doc.data is None):
            self._add(0, "is empty; write the record it is for, or remove the file")
        if self.problems:
            raise CatalogError(self.problems)
        return self.doc

    def _add(self, line: int, message: str, item: str = "") -> None:
        self.problems.append(Problem(self.doc.name, line, item, message))

    def _make_error(self, event: Any, message: str) -> CatalogError:
        """Return the one problem behind which nothing more is read."""
        return CatalogError([Problem(self.doc.name, event.start_mark.line + 1, "", message)])

    def _syntax(self, error: yaml.MarkedYAMLError, text: str) -> None:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        source = text.splitlines()[line - 1 : line]
        if source and re.match(r"\s*\t", source[0]):
            self._add(line, "is indented with a tab; YAML takes spaces only")
        else:
            detail = " ".join(filter(None, (error.context, error.problem)))
            self._add(line, f"is not YAML: {detail}")

    def _take(self, event: Any) -> None:
        line = event.start_mark.line + 1
        if isinstance(event, yaml.DocumentStartEvent):
            if not self.empty:
                self._add(line, "starts a second document; a data file holds one")
            self.empty = False
        elif isinstance(event, yaml.AliasEvent):
            self._add(line, f"uses the alias *{event.anchor}; write the value out")
            self._value(None, line)
        elif isinstance(event, yaml.CollectionEndEvent):
            self.open.pop()
        elif isinstance(event, yaml.ScalarEvent):
            self._tag(event, line)
            self._scalar(event, line)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._tag(event, line)
            self._collection(event, line)

    def _tag(self, event: Any, line: int) -> None:
        if event.tag and event.tag != "!":
            self._add(line, f"has the tag {shown(event.tag)}; tags are not used here: write the plain value")

    def _collection(self, event: Any, line: int) -> None:
        if len(self.open) >= MAX_DEPTH:
            raise self._make_error(event, f"is nested more than {MAX_DEPTH} deep")
        if self._awaits_key():
            raise self._make_error(event, "has a list or mapping as a key; use a text")
        value: dict[str, Any] | list[Any] = {} if isinstance(event, yaml.MappingStartEvent) else []
        self.open.append(_Open(value, self._value(value, line)))

    def _scalar(self, event: Any, line: int) -> None:
        if self._awaits_key():
            self._key(event.value, line)
        else:
            self._value(_plain(event.value) if event.implicit[0] else event.value, line)

    def _awaits_key(self) -> bool:
        return bool(self.open) and isinstance(self.open[-1].value, dict) and self.open[-1].key is None

    def _key(self, key: str, line: int) -> None:
        top = self.open[-1]
        top.key = key
        if isinstance(top.value, dict) and key in top.value:
            first = self.doc.line((*top.keys, key))
            self._add(line, f"is given twice; line {first} has it already", self.doc.item((*top.keys, key)))
        self.doc.lines.setdefault((*top.keys, key), line)

    def _value(self, value: Any, line: int) -> Keys:
        """Put a value where it belongs, and return the keys that lead to it."""
        if not self.open:
            self.doc.data = value
            self.doc.lines[()] = line
            return ()
        top = self.open[-1]
        if isinstance(top.value, list):
            keys: Keys = (*top.keys, len(top.value))
            top.value.append(value)
            self.doc.lines[keys] = line
            return keys
        if top.key is None:  # an alias where a key belongs: reported already
            return top.keys
        keys = (*top.keys, top.key)
        top.value[top.key] = value
        top.key = None
        return keys


def _plain(text: str) -> Any:
    for pattern, make in SCALARS:
        if pattern.match(text):
            return make(text)
    return text
