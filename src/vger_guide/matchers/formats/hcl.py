"""HCL 2, as Terraform and OpenTofu write it, and their form of it in JSON (`*.tf.json`, `*.tofu.json`).

It is read by its grammar, in the process beside this one. What variables and locals are is looked up in the other files
of the folder, which is a module to Terraform.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

from vger_guide.matchers.formats import Document, Heads, Table, hcl_tree
from vger_guide.matchers.formats import json as json_format
from vger_guide.matchers.formats.rewrite import rewrite
from vger_guide.matchers.grammar import child, syntax
from vger_guide.matchers.probes import File

# Files of a folder that are looked into for what names stand for, and what they may have together, in characters.
MOST_SIBLINGS = 100
SIBLINGS_LENGTH = 1_000_000

# How many levels of these blocks may be written as lists of objects, as converters from HCL write the innermost.
LEVELS = {"data": 3, "module": 2, "resource": 3}

_ENDINGS = (".tf", ".tofu", "terraform.tfvars", ".auto.tfvars")
_NAMES = re.compile(r"\b(?:var|local)\.[A-Za-z_]")
_TEMPLATE = re.compile(r"(?<!\$)\$\{")


# Only the blocks that are asked for are made: a file has many, and their values are put together of others.
PARTIAL = True


def parse_file(file: File, heads: Heads = ()) -> Document:
    """Return the document of a file of HCL; where heads are given, without the blocks that they do not lead to.

    Raises UnreadableFileError, and RequirementMissingError where ast-grep is not installed.
    """
    if file.path.endswith(".json"):
        return _in_json(file)
    syntax.require()
    key = file.path, hash(file.text)
    told = child.ask(_read_again, key, heads) if "hcl" in file.kept else None
    file.kept["hcl"] = True
    if told is None:
        told = child.ask(_read, key, (file.text, _siblings(file), _is_called(file.path)), heads)
    return Document([told])


# A text, those beside it, and whether it is of a module that others call.
_Source = tuple[str, Sequence[tuple[str, str]], bool]
# What the process beside this one was given last: other checks ask for other blocks of the same file.
_last: dict[Any, _Source] = {}


def _read(key: Any, source: _Source, heads: Heads) -> Any:
    _last.clear()
    _last[key] = source
    return _read_again(key, heads)


def _read_again(key: Any, heads: Heads) -> Any:
    """Return what was asked for of the file that was given last, or None where that was another one."""
    if key not in _last:
        return None
    text, siblings, is_called = _last[key]
    return hcl_tree.read(text, siblings, is_called=is_called, heads=heads)


def _is_called(path: str) -> bool:
    """Return whether a file belongs to a module that others of the repository, or of other repositories, call."""
    return "modules" in path.split("/")[:-1]


def _siblings(file: File) -> Sequence[tuple[str, str]]:
    """Return the names and texts of the files beside a file that may say what its names stand for."""
    return list(_bound(file)) if _NAMES.search(file.text) else []


def _bound(file: File) -> Iterator[tuple[str, str]]:
    length = 0
    for other in file.beside(_ENDINGS)[:MOST_SIBLINGS]:
        length += len(other.data)
        if length > SIBLINGS_LENGTH:
            return
        if b"variable" in other.data or b"locals" in other.data or other.path.endswith(".tfvars"):
            yield other.path.rpartition("/")[2], other.text


def _in_json(file: File) -> Document:
    """Return what a file of Terraform's JSON says, in which texts are templates."""
    document = _join_blocks(json_format.parse(file.text))
    templates = list(dict.fromkeys(_templates(document.roots)))
    if not templates:
        return document
    syntax.require()
    known = dict(zip(templates, child.ask(hcl_tree.evaluate, templates, _siblings(file)), strict=True))
    return rewrite(document, lambda value: known.get(value, value) if isinstance(value, str) else value)


def _join_blocks(document: Document) -> Document:
    """Return a document in which lists of objects are the one table that Terraform takes them for, by LEVELS."""
    outline = document.outline
    return Document([*map(_join_root, document.roots)], (lambda: [*map(_join_root, outline())]) if outline else None)


def _join_root(root: Any) -> Any:
    if not isinstance(root, dict):
        return root
    whole = Table()
    for key, inner in root.items():
        whole.put(key, _join(inner, LEVELS.get(key, 0)), _line(root, key))
    return whole


def _join(value: Any, levels: int) -> Any:
    parts = _parts(value)
    if not levels or not parts or not all(isinstance(part, dict) for part in parts):
        return value
    whole, several = Table(), defaultdict[str, list[Any]](list)
    for part in parts:
        for key, inner in part.items():
            several[key].append(inner)
            whole.put(key, inner, _line(part, key))
    if levels > 1:
        for key, found in several.items():
            inner = found[0] if len(found) == 1 else list(chain.from_iterable(map(_parts, found)))
            whole[key] = _join(inner, levels - 1)
    return whole


def _parts(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _line(table: dict[str, Any], key: str) -> int:
    return table.lines[key] if isinstance(table, Table) else 0


def _templates(value: Any) -> Iterator[str]:
    if isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _templates(inner)
    elif isinstance(value, str) and _TEMPLATE.search(value):
        yield value
