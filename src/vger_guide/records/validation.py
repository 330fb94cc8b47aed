"""From plain data to a model: what Pydantic refuses becomes a problem in our words."""

import difflib
from typing import TypeVar, get_args

from pydantic import ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from vger_guide.records.fields import Record
from vger_guide.records.problems import CatalogError, Problem, bounded, shown
from vger_guide.records.yaml_reader import Keys, YamlDocument

R = TypeVar("R", bound=Record)


def validate(model: type[R], doc: YamlDocument) -> R:
    """Return the record that a document holds.

    Raises CatalogError with a problem for each value that the model refuses, up to a bound.
    """
    try:
        return model.model_validate(doc.data)
    except ValidationError as error:
        details = error.errors(include_url=False)
        raise CatalogError(bounded(_problem(model, doc, detail) for detail in details)) from None


# What we say to the kinds of error that Pydantic has (https://docs.pydantic.dev/latest/errors/validation_errors/),
# and to those of fields.py, whose own words follow the value.
MESSAGES = {
    "missing": "is missing; add '{key}:'",
    "enum": "is {value}; allowed: {expected}",
    "string_type": "is {value}, not a text; put it in quotes",
    "string_too_short": "is empty; write it or remove the key",
    "too_short": "is empty; write it or remove the key",
    "string_too_long": "has {length} characters; allowed: {max_length}",
    "list_type": "is {value}; write a list, an item a line behind '- '",
    "tuple_type": "is {value}; write a list, an item a line behind '- '",
    "dict_type": "is {value}; write keys and values",
    "model_type": "is {value}; write keys and values",
    "bool_type": "is {value}; allowed: true, false",
    "bool_parsing": "is {value}; allowed: true, false",
    "date": "{value} {words}",
    "date_from_datetime_parsing": 'is {value}; write a day in quotes, such as "2026-11-23"',
    "date_type": 'is {value}; write a day in quotes, such as "2026-11-23"',
    "form": "{value} {words}",
    "greater_than_equal": "is {value}; the least is {ge}",
    "int_type": "is {value}; write a whole number",
    "too_long": "has more than {max_length} entries; keep the most useful ones",
    "address": "{value} {words}",
    "whole": "{words}",  # the value is not shown: it is long, or a secret
}
OTHERWISE = "{value}: {words}"


def _problem(model: type[Record], doc: YamlDocument, detail: ErrorDetails) -> Problem:
    keys = _without_mark(doc, detail["loc"])
    return doc.problem(keys, _message(model, keys, detail))


def _without_mark(doc: YamlDocument, keys: Keys) -> Keys:
    """Return a location without the mark behind a key that is itself refused: it is no key of the data.

    Where the data have a key of that name, it is theirs.
    """
    return keys[:-1] if keys[-1:] == ("[key]",) and not doc.has(keys) else keys


def _message(model: type[Record], keys: Keys, detail: ErrorDetails) -> str:
    if detail["type"] == "extra_forbidden":
        return _unknown_key(model, keys)
    given = detail["input"]
    facts = {
        **detail.get("ctx", {}),
        "key": keys[-1] if keys else "",
        "length": len(given) if isinstance(given, str) else 0,
        "value": shown(given),
        "words": detail["msg"],
    }
    return MESSAGES.get(detail["type"], OTHERWISE).format(**facts)


def _unknown_key(model: type[Record], keys: Keys) -> str:
    allowed = sorted(_fields_at(model, keys[:-1]))
    near = difflib.get_close_matches(str(keys[-1]), allowed, n=1)
    hint = f"did you mean '{near[0]}'? allowed: " if near else "allowed: "
    return f"is not a key here; {hint}{', '.join(allowed)}"


def _fields_at(model: type[Record], keys: Keys) -> list[str]:
    """Return the keys that the record at `keys` may have."""
    for key in keys:
        # The number of an item and the key of a mapping lead to no other model.
        field = _by_key(model).get(key) if isinstance(key, str) else None
        if field:
            outer = get_args(field.annotation)
            parts = (field.annotation, *outer, *(inner for part in outer for inner in get_args(part)))
            model = next((part for part in parts if isinstance(part, type) and issubclass(part, Record)), model)
    return list(_by_key(model))


def _by_key(model: type[Record]) -> dict[str, FieldInfo]:
    """Return the fields by their keys in a file."""
    return {field.alias or name: field for name, field in model.model_fields.items()}
