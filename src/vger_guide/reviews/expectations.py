"""What each place of a review takes, in words, and what stands there instead.

The words stand in the published schema, so that the page of reviews says what the commands say
(core/validation.js does what stands below in JavaScript).
"""

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from vger_guide.text.plural import pluralise
from vger_guide.text.sanitize import escape_invisible, truncate

Schema = dict[str, Any]
Place = tuple[str | int, ...]

# Beside the keywords of a schema: what its value is, and what its keys are.
EXPECTED, EXPECTED_KEYS = "x-expected", "x-expected-keys"
_SHOWN = 80
# Of whole numbers, which JavaScript has exactly below it.
LARGEST = 2**53

_BY_PATTERN = {
    r"^[A-Z]{3}[0-9]{3}$": "the id of a rule, such as SES004",
    r"^[a-z0-9]+(-[a-z0-9]+)*$": "an id of at most 80 small letters, digits and single hyphens, such as web-shop",
    r"^[0-9a-f]{16}$": "16 hexadecimal digits",
    r"^([0-9a-f]{64})?$": "64 hexadecimal digits, or empty",
    r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$": "a UUID in small letters",
    r"^(next|[0-9]{4}\.[0-9]{2})$": "next, or an edition such as 2023.09",
    r"^[1-9][0-9]*$": "the number of a chapter, such as 2",
    r"^(https?://|$)": "a web address of at most 2,000 characters that begins with https://",
    r"\S": "a text of 1 to 400 characters that is not blank",
}
_BY_FORMAT = {
    "date": "a day, such as 2026-03-02",
    "date-time": "a time with its zone, such as 2026-03-02T09:30:00Z",
}
_BY_TYPE = {"boolean": "true or false", "null": "null"}


def add_expectations(schema: Schema) -> None:
    """Write into a schema and all that it holds what is expected there."""
    for node in _nodes(schema):
        if "$ref" not in node:
            node[EXPECTED] = _describe(schema, node)
        for pattern in node.get("patternProperties", {}):
            node[EXPECTED_KEYS] = _BY_PATTERN[pattern]


def _nodes(schema: Schema) -> Iterator[Schema]:
    """Yield a schema and each that it holds for a value."""
    yield schema
    for keyword in ("$defs", "properties", "patternProperties"):
        for below in schema.get(keyword, {}).values():
            yield from _nodes(below)
    for below in [*schema.get("anyOf", ()), *([schema["items"]] if "items" in schema else ())]:
        yield from _nodes(below)


def _describe(root: Schema, node: Schema) -> str:
    if "$ref" in node:
        return _describe(root, _resolve(root, node))
    if "anyOf" in node:
        first, other = (_describe(root, each) for each in node["anyOf"])
        return f"{first}, or {other}"
    if "enum" in node:
        return f"one of {', '.join(node['enum'])}"
    if "const" in node:
        return str(node["const"]) or "empty"
    kind = node.get("type", "")
    return {"string": _text, "integer": _number, "array": _list, "object": _object}.get(kind, _other)(node)


def _text(node: Schema) -> str:
    if known := _BY_FORMAT.get(node.get("format", "")):
        return known
    if "pattern" in node:
        return _BY_PATTERN[node["pattern"]]
    return f"a text of {_bounds(node, 'Length')} characters"


def _number(node: Schema) -> str:
    return f"a whole number of at least {node['minimum']}"


def _list(node: Schema) -> str:
    return f"a list of {_bounds(node, 'Items')} values" if "maxItems" in node else "a list"


def _object(node: Schema) -> str:
    return f"an object of {_bounds(node, 'Properties')} keys" if "maxProperties" in node else "an object"


def _bounds(node: Schema, what: str) -> str:
    least, most = node.get(f"min{what}", 0), node[f"max{what}"]
    return f"{least} to {most:,}" if least else f"at most {most:,}"


def _other(node: Schema) -> str:
    return _BY_TYPE.get(node.get("type", ""), "anything")


def _resolve(root: Schema, node: Schema) -> Schema:
    name = node.get("$ref", "").removeprefix("#/$defs/")
    resolved: Schema = root["$defs"][name] if name else node
    return resolved


def find_place(schema: Schema, keys: Sequence[str | int]) -> tuple[Place, Schema]:
    """Return the part of some keys that leads to a value which the schema knows, and what it says of that value."""
    node = schema
    for n, key in enumerate(keys):
        below = _step(_unfold(schema, node), key)
        if below is None:  # what follows is Pydantic's, such as the member of a union
            keys = keys[:n]
            break
        node = below
    return tuple(keys), node if EXPECTED in node else _resolve(schema, node)


def _unfold(root: Schema, node: Schema) -> Schema:
    return _resolve(root, node["anyOf"][0] if "anyOf" in node else node)


def _step(node: Schema, key: str | int) -> Schema | None:
    found: Schema | None = node.get("items") if isinstance(key, int) else node.get("properties", {}).get(key)
    matching = (below for pattern, below in node.get("patternProperties", {}).items() if re.search(pattern, str(key)))
    return next(matching, None) if found is None else found


def describe_value(value: Any) -> str:
    """Return what a value is, such as `it is "done"`."""
    if isinstance(value, str):
        long = len(value) > _SHOWN
        return f"it has {len(value):,} characters" if long else f'it is "{escape_invisible(value)}"'
    if isinstance(value, dict | list):
        kind, part = ("an object", "key") if isinstance(value, dict) else ("a list", "value")
        return f"it is {kind} of {pluralise(len(value), part)}"
    if isinstance(value, float) or (isinstance(value, int) and abs(value) >= LARGEST):
        return "it is a number"
    return f"it is {json.dumps(value)}"


def format_place(keys: Place, limit: int, words: str) -> str:
    """Return the words of a problem behind its place, at most so many characters."""
    return truncate(f"{escape_invisible('.'.join(map(str, keys))) or 'the document'}: {words}", limit)
