"""The reference of the matchers, from their parameters."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from vger_guide.matchers import load_matcher, matcher_names
from vger_guide.matchers.findings import Need
from vger_guide.records.derive import describe

Schema = dict[str, Any]


@dataclass(frozen=True)
class Parameter:
    """A key of a condition: what it takes in words, what it means, and what stands for it where it is left out."""

    key: str
    takes: str
    meaning: str
    needed: bool
    default: Any


@dataclass(frozen=True)
class Reference:
    """A matcher: what it asks in a line, more of it, and its parameters."""

    name: str
    asks: str
    more: str
    need: Need
    parameters: list[Parameter]


def references() -> list[Reference]:
    """Return the reference of every matcher, in the order of their names."""
    return [_reference(name) for name in matcher_names()]


def _reference(name: str) -> Reference:
    matcher = load_matcher(name)
    first = (matcher.__doc__ or "").partition("\n")[0]
    asks = first.removeprefix(f"`{name}`:").strip()
    more = " ".join((matcher.Parameters.__doc__ or "").split())
    schema = describe(matcher.Parameters)
    return Reference(name, asks, more, matcher.REQUIRES, list(_parameters(schema, schema.get("$defs", {}))))


def _parameters(schema: Schema, known: Schema, prefix: str = "") -> Iterator[Parameter]:
    """Yield the keys of a model; behind one that takes records, the keys of those."""
    for key, given in schema["properties"].items():
        takes = _one(given)
        needed = key in schema.get("required", ())
        meaning = given.get("description", "")
        yield Parameter(prefix + key, _takes(takes, known), meaning, needed, given.get("default"))
        inner = _resolved(takes.get("items", takes), known)
        if "properties" in inner:
            yield from _parameters(inner, known, f"{prefix}{key}.")


def _one(given: Schema) -> Schema:
    """Return the schema of a key's value, nothing at all left out."""
    kinds: list[Schema] = [each for each in given.get("anyOf", [given]) if each.get("type") != "null"]
    return kinds[0]


def _resolved(given: Schema, known: Schema) -> Schema:
    name = given.get("$ref", "").rpartition("/")[2]
    return {**known[name], **given} if name else given


def _takes(given: Schema, known: Schema) -> str:
    """Return in words what is allowed, code between backticks."""
    given = _resolved(given, known)
    if "enum" in given:
        return _alternatives(given["enum"])
    if "properties" in given:
        return "`" + "`, `".join(given["properties"]) + "`"
    match given["type"]:
        case "array":
            return f"up to {given['maxItems']} of these: {_takes(given['items'], known)}"
        case "integer":
            top = f" to {given['maximum']}" if "maximum" in given else " or more"
            return f"a number, {given['minimum']}{top}"
        case "boolean":
            return "`true` or `false`"
    form = given.get("description", "")
    return form.removeprefix("Must be ").removesuffix(".") if form.startswith("Must be ") else _text(given)


def _alternatives(values: list[str]) -> str:
    quoted = [f"`{value}`" for value in values]
    return f"{', '.join(quoted[:-1])} or {quoted[-1]}"


def _text(given: Schema) -> str:
    return f"a text of up to {given['maxLength']} characters" if "maxLength" in given else "a text"
