"""`value`: at least one structured file has a setting with a given value, or none has."""

from collections.abc import Sequence
from itertools import islice
from typing import Any

from vger_guide.matchers import Evaluation, ProbeResult, evaluate_expectation, to_selection
from vger_guide.matchers.fields import BESIDES, WHICH, WITHOUT, Expectation, Format, Globs, NoGlobs, Pattern, Without
from vger_guide.matchers.findings import Finding, Need, UnreadableFile
from vger_guide.matchers.formats import Document, read_document
from vger_guide.matchers.formats.scalars import Unknown
from vger_guide.matchers.jsonpath import find_heads, find_values
from vger_guide.matchers.jsonpath.field import JsonPaths
from vger_guide.matchers.jsonpath.gate import find_gate
from vger_guide.matchers.jsonpath.nodes import Node, format_keys
from vger_guide.matchers.patterns import compile_pattern
from vger_guide.matchers.probes import SHOWN, File, FileProbe, Gate, Hit
from vger_guide.records.declaration import Declaration, declare
from vger_guide.repo.tree import Tree

REQUIRES = Need.TREE

# A hostile file may hold any number of values at a path.
MAX_FOUND = 1000
HIDDEN = "(not shown)"


class Parameters(Declaration):
    """The files, the settings in them, and whether at least one match or none is expected."""

    which: Globs = declare(WHICH)
    besides: NoGlobs = declare(BESIDES, default=())
    without: Without = declare(WITHOUT, default=())
    format: Format = declare("What the files are written in.")
    at: JsonPaths = declare("One or more JSONPaths to the values.")
    like: Pattern | None = declare(
        "The pattern that the value, as text, has to match. By default any value counts.", default=None
    )
    expect: Expectation = declare("Whether a match is required (`present`) or forbidden (`absent`).")
    secret: bool = declare("The value is a secret and is not shown.", default=False)
    undecided: bool = declare(
        "Where this matches, the check cannot decide, for example because a setting is left to its default.",
        default=False,
    )


def probes(params: Parameters) -> list[FileProbe]:
    """Return what it wants to know of the files."""
    return [FileProbe(to_selection(params), find_settings, params, _gate)]


def _gate(params: Parameters) -> Gate:
    return find_gate(params.at, params.format)


def find_settings(file: File, params: Parameters) -> list[Hit | UnreadableFile]:
    """Return the values at the paths that match the pattern, and those of which nobody knows whether they do.

    Raises UnreadableFileError for a broken file, and RequirementMissingError where no grammar of it is installed.
    """
    data = read_document(file, params.format, find_heads(params.at))
    nodes = (node for path in params.at for node in find_values(data, path))
    found = (each for node in nodes if (each := _to_hit(file, data, node, params)))
    return list(dict.fromkeys(islice(found, MAX_FOUND)))


def _to_hit(file: File, data: Document, node: Node, params: Parameters) -> Hit | UnreadableFile | None:
    """Return a value as a hit, or as what was not seen, or nothing where it does not match the pattern."""
    like, line = params.like, data.line(node.keys)
    if node.is_uncertain or (like and isinstance(node.value, Unknown)):
        return UnreadableFile(file.path, _doubt(node, line), is_doubt=True)
    text = _text(node.value)
    if like and (text is None or not compile_pattern(like).search(_bytes(text))):
        return None
    if params.undecided:
        says = f"has {format_keys(node.keys)} in line {line}, which leaves it open"
        return UnreadableFile(file.path, says, is_doubt=True)
    return Hit(file.path, line, text=_format_value(text, params), value=format_keys(node.keys))


def _doubt(node: Node, line: int) -> str:
    says = f"has {format_keys(node.keys)} in line {line}"
    known = f" = `{_line(node.value)}`" if isinstance(node.value, Unknown) else ""
    return f"{says}{known}, whose value cannot be seen here"


def evaluate(params: Parameters, seen: Sequence[ProbeResult], _: Tree) -> Evaluation:
    """Judge by what stands at the paths in all the files together."""
    (found,) = seen
    like = " that is like what the check looks for" if params.like else ""
    first, *more = params.at
    at = f"{first} or {len(more)} more paths" if more else first
    none = f"none of {found.files} files has a value{like} at {at}"
    return evaluate_expectation(params.expect, [_finding(hit) for hit in found.hits], found.omitted, none, found.unseen)


def _finding(hit: Hit) -> Finding:
    message = f'has "{hit.text}" at {hit.value}' if hit.text else f"has {hit.value}"
    return Finding(hit.path, message, hit.line, hit.column, hit.text)


def _text(value: Any) -> str | None:
    """Return a value as text; a table and a list have none, but a table that is an element of XML."""
    if isinstance(value, dict):
        return value.get("#text")
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "null"}[value]
    return None if isinstance(value, list) else str(value)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "replace")


def _format_value(text: str | None, params: Parameters) -> str:
    """Return a value in a line, cut, and hidden where it is a secret."""
    return HIDDEN if params.secret and text else _line(text or "")


def _line(text: str) -> str:
    line = " ".join(text[: 2 * SHOWN].split())
    return _bytes(line if len(line) <= SHOWN else line[: SHOWN - 1] + "…").decode()
