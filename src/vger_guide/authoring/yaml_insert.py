"""Putting a block at the end of a record in a YAML file, with every other byte left as it is."""

import textwrap
from typing import Any

import yaml

from vger_guide.authoring.yaml_append import line_behind
from vger_guide.errors import UserError
from vger_guide.records.yaml_reader import Loader


def insert_block(text: str, key: str, place: int, block: str, *, changed: dict[str, str], removed: str) -> str:
    """Return the text of a file with a block added at the end of a record of a list.

    `changed` are new values of the record's keys, and `removed` is a key to leave out. Raises UserError if the record
    is in brackets.
    """
    record = _record(text, key, place)
    if record.flow_style:
        raise UserError(f"entry {place + 1} of '{key}:' is in brackets; first write one key per line")
    lines = text.splitlines(keepends=True)
    newline = "\r\n" if "\r\n" in text else "\n"
    at = line_behind(record)
    while not lines[at - 1].strip():
        at -= 1
    if not lines[at - 1].endswith(("\n", "\r")):
        lines[at - 1] += newline
    column = record.value[0][0].start_mark.column
    lines.insert(at, textwrap.indent(block, " " * column).replace("\n", newline))
    for name, value in reversed(record.value):
        first, behind = name.start_mark.line, line_behind(value)
        if name.value in changed:
            lines[first:behind] = [
                f"{lines[first][: name.start_mark.column]}{name.value}: {changed[name.value]}{newline}"
            ]
        elif name.value == removed:
            del lines[first:behind]
    return "".join(lines)


def _record(text: str, key: str, place: int) -> yaml.MappingNode:
    top: Any = yaml.compose(text, Loader=Loader)
    records = next(value for name, value in top.value if name.value == key)
    found: yaml.MappingNode = records.value[place]
    return found
