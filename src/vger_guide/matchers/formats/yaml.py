"""YAML, read as a stream of events: one or more documents, aliases and merge keys, tags of any kind; nothing is made.

A scalar is the text that stands there, but for a plain null, and plain where it has no quotes; a tag of the application
stays before it, as in `!Ref Bucket`. An alias is the very value of its anchor, not a copy. A merge key (`<<`) adds the
keys of the tables that it names (https://yaml.org/type/merge.html).
"""

from collections.abc import Iterator
from typing import Any

import yaml

from vger_guide.matchers.formats import Document, Items, Table, require_length
from vger_guide.matchers.formats.builder import Builder
from vger_guide.matchers.formats.scalars import Plain
from vger_guide.repo.tree import UnreadableFileError

# Merging copies keys, so that a short text could ask for any number of them.
MAX_MERGED = 20_000

# libyaml where PyYAML was built with it: about ten times as fast, same events.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULLS = ("", "~", "null", "Null", "NULL")


def parse(text: str, *, functions: bool = False) -> Document:
    """Return the document of a YAML text, with a root for each document in it. Raises UnreadableFileError.

    With `functions`, a list or table with a tag such as `!If` is a table with the key `Fn::If`, as in CloudFormation.
    """
    try:
        return Document(_Reader(functions).roots(require_length(text)))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise UnreadableFileError(f"is not YAML: {error.problem or error.context} at line {line}") from None
    except (yaml.YAMLError, UnicodeError) as error:  # a character that YAML does not allow
        raise UnreadableFileError(f"is not YAML: {str(error).splitlines()[0]}") from None


class _Reader:
    """Builds the roots from events."""

    def __init__(self, functions: bool) -> None:
        self.builder = Builder()
        self.functions = functions
        # For each list and table that is open, whether it is the argument of a function.
        self.arguments: list[bool] = []
        self.anchors: dict[str, Any] = {}
        self.merged = 0

    def roots(self, text: str) -> Items:
        events: Iterator[Any] = yaml.parse(text, Loader=_LOADER)
        for event in events:
            self._take(event, event.start_mark.line + 1)
        return self.builder.roots

    def _take(self, event: Any, line: int) -> None:
        if isinstance(event, yaml.ScalarEvent):
            self.builder.scalar(self._known(event, _scalar(event)), line)
        elif isinstance(event, yaml.MappingStartEvent):
            self._start(event, Table(), line)
        elif isinstance(event, yaml.SequenceStartEvent):
            self._start(event, Items(), line)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._merge(self.builder.end())
            if self.arguments.pop():
                self.builder.end()
        elif isinstance(event, yaml.AliasEvent):
            self.builder.scalar(self._alias(str(event.anchor), line), line)

    def _start(self, event: Any, value: Table | Items, line: int) -> None:
        is_argument = self.functions and bool(event.tag) and event.tag.startswith("!") and event.tag != "!"
        self.arguments.append(is_argument)
        if is_argument:
            self.builder.start(Table(), line)
            self.builder.scalar(f"Fn::{event.tag[1:]}", line)
        self.builder.start(self._known(event, value), line)

    def _known(self, event: Any, value: Any) -> Any:
        if event.anchor:
            self.anchors[event.anchor] = value
        return value

    def _alias(self, name: str, line: int) -> Any:
        if name not in self.anchors:
            raise UnreadableFileError(f"is not YAML: found undefined alias {name!r} at line {line}")
        return self.anchors[name]

    def _merge(self, value: Table | Items) -> None:
        """Add the keys that a merge key asks for; those of the table itself come first, then the first merged."""
        if not isinstance(value, Table) or not isinstance(value.get("<<"), Table | Items):
            return
        asked = value.pop("<<")
        for other in asked if isinstance(asked, Items) else [asked]:
            if isinstance(other, Table):
                self._add(value, other)

    def _add(self, value: Table, other: Table) -> None:
        self.merged += len(other)
        if self.merged > MAX_MERGED:
            raise UnreadableFileError(f"merges more than {MAX_MERGED:,} keys")
        for key in [key for key in other if key not in value]:
            value.put(key, other[key], other.lines[key])


def _scalar(event: Any) -> str | None:
    if event.tag and event.tag.startswith("!") and event.tag != "!":
        return f"{event.tag} {event.value}"
    if not event.implicit[0]:
        return str(event.value)
    return None if event.value in _NULLS else Plain(event.value)
