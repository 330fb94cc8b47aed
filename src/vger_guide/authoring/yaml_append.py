"""Putting a record at the end of a list in a YAML file, with every other byte left as it is."""

from typing import Any

import yaml

from vger_guide.authoring.skeletons import render_item
from vger_guide.errors import UserError
from vger_guide.records.yaml_reader import Loader


def append_record(text: str, key: str, record: str) -> str:
    """Return the text of a file with a record more in the list under a key of its top level.

    The file has been loaded, so it has that list, with an item at least. Raises UserError where the list stands in
    brackets.
    """
    records = _list(text, key)
    if records.flow_style:
        raise UserError(f"the list '{key}:' is in brackets; first write one item per line after '- '")
    lines = text.splitlines(keepends=True)
    at = line_behind(records)
    while not lines[at - 1].strip():
        at -= 1
    newline = "\r\n" if "\r\n" in text else "\n"
    new = render_item(record, records.start_mark.column)
    if _apart(records, lines):
        new = "\n" + new
    if not lines[at - 1].endswith(("\n", "\r")):
        new = "\n" + new
    return "".join([*lines[:at], new.replace("\n", newline), *lines[at:]])


def _list(text: str, key: str) -> yaml.SequenceNode:
    top: Any = yaml.compose(text, Loader=Loader)
    found: yaml.SequenceNode = next(value for name, value in top.value if name.value == key)
    return found


def line_behind(node: yaml.Node) -> int:
    """Return the index of the line behind a node; the marks of blocks lie where the next thing begins."""
    if isinstance(node, yaml.CollectionNode) and node.value and not node.flow_style:
        last = node.value[-1]
        return line_behind(last[1] if isinstance(last, tuple) else last)
    return int(node.end_mark.line) + bool(node.end_mark.column)


def _apart(records: yaml.SequenceNode, lines: list[str]) -> bool:
    """Return whether the records of a list have an empty line between them."""
    return len(records.value) > 1 and not lines[records.value[-1].start_mark.line - 1].strip()
