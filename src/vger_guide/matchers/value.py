"""`value`: a setting in a structured file has some value, or in none of them."""

from collections.abc import Sequence
from itertools import islice
from typing import Any

from vger_guide.matchers import Evaluation, ProbeResult, evaluate_expectation, to_selection
from vger_guide.matchers.findings import Finding, Need
from vger_guide.matchers.formats import read_document
from vger_guide.matchers.key_paths import find_values, format_keys, literal_part
from vger_guide.matchers.patterns import compile_pattern
from vger_guide.matchers.probes import SHOWN, File, FileProbe, Hit
from vger_guide.repo.tree import Tree

REQUIRES = Need.TREE

# A hostile file may hold any number of values at a path.
MAX_FOUND = 1000
HIDDEN = "(not shown)"

# Formats in which a key stands letter by letter.
VERBATIM = frozenset({"hcl", "json", "toml", "xml", "yaml"})


def probes(params: Any) -> list[FileProbe]:
    """Return the probes of the files."""
    return [FileProbe(to_selection(params), find_settings, params)]


def find_settings(file: File, params: Any) -> list[Hit]:
    """Return the values at the path that are like what is wanted. Raises UnreadableFileError for a broken file."""
    if not _may_hold(file, params["format"], literal_part(params["at"])):
        return []
    data = read_document(file, params["format"])
    pattern = compile_pattern(params["like"]) if params.get("like") else None
    found = ((keys, _text(value)) for keys, value in find_values(data, params["at"]))
    alike = (pair for pair in found if not pattern or (pair[1] is not None and pattern.search(_bytes(pair[1]))))
    return [
        Hit(file.path, data.line(keys), text=_shown(text, params), value=format_keys(keys))
        for keys, text in islice(alike, MAX_FOUND)
    ]


def _may_hold(file: File, form: str, part: bytes) -> bool:
    """Return whether a file is worth parsing, which takes long: a part of the path stands in it as it is.

    Only a backslash can spell a key differently in these formats.
    """
    return form not in VERBATIM or part in file.searched or b"\\" in file.searched


def evaluate(params: Any, seen: Sequence[ProbeResult], _: Tree) -> Evaluation:
    """Judge by what stands at the path in all the files together."""
    (found,) = seen
    like = " that is like what the check looks for" if params.get("like") else ""
    none = f"none of {found.files} files has a value{like} at {params['at']}"
    return evaluate_expectation(params, [_finding(hit) for hit in found.hits], found.omitted, none)


def _finding(hit: Hit) -> Finding:
    message = f'has "{hit.text}" at {hit.value}' if hit.text else f"has {hit.value}"
    return Finding(hit.path, message, hit.line, hit.column, hit.text)


def _text(value: Any) -> str | None:
    """Return a value as text; a table has none, but where it is an element of XML."""
    if isinstance(value, dict):
        return value.get("#text")
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "null"}[value]
    return str(value)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "replace")


def _shown(text: str | None, params: Any) -> str:
    """Return a value in a line, cut, and hidden where it is a secret."""
    if params.get("secret") and text:
        return HIDDEN
    line = " ".join((text or "")[: 2 * SHOWN].split())
    return _bytes(line if len(line) <= SHOWN else line[: SHOWN - 1] + "…").decode()
