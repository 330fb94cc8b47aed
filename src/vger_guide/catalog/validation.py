"""From plain data to a model: what Pydantic refuses becomes a problem in our words."""

import difflib
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from vger_guide.catalog.fields import Record
from vger_guide.catalog.problems import CatalogError, Problem, shown
from vger_guide.catalog.reading import Document, Keys

R = TypeVar("R", bound=Record)


def validate(model: type[R], doc: Document) -> R:
    """Return the record that a document holds.

    Raises CatalogError with a problem for each value that the model refuses.
    """
    try:
        return model.model_validate(doc.data)
    except ValidationError as error:
        details = error.errors(include_url=False)
        raise CatalogError([_problem(model, doc, detail) for detail in details]) from None


def _problem(model: type[Record], doc: Document, detail: ErrorDetails) -> Problem:
    keys: Keys = tuple(key for key in detail["loc"] if key != "[key]")
    return doc.problem(keys, _message(model, keys, detail))


def _message(model: type[Record], keys: Keys, detail: ErrorDetails) -> str:
    value, context = shown(detail["input"]), detail.get("ctx", {})
    match detail["type"]:
        case "missing":
            return f"is missing; add '{keys[-1]}:'"
        case "extra_forbidden":
            return _unknown_key(model, keys)
        case "enum":
            return f"is {value}; allowed: {context['expected']}"
        case "string_type":
            return f"is {value}, not a text; put it in quotes" if _is_scalar(detail["input"]) else "is not a text"
        case "string_too_short" | "too_short":
            return "is empty; write it or remove the key"
        case "string_too_long":
            return f"has {len(detail['input'])} characters; allowed: {context['max_length']}"
        case "list_type":
            return f"is {value}; write a list, an item a line behind '- '"
        case "dict_type" | "model_type":
            return f"is {value}; write keys and values"
        case "bool_type" | "bool_parsing":
            return f"is {value}; allowed: true, false"
        case "form" | "address" | "plain":
            return f"{value} {detail['msg']}"
        case _:
            return f"{value}: {detail['msg']}"


def _is_scalar(value: Any) -> bool:
    return isinstance(value, int | float | bool)


def _unknown_key(model: type[Record], keys: Keys) -> str:
    allowed = sorted(_fields_at(model, keys[:-1]))
    near = difflib.get_close_matches(str(keys[-1]), allowed, n=1)
    hint = f"did you mean '{near[0]}'? allowed: " if near else "allowed: "
    return f"is not a key here; {hint}{', '.join(allowed)}"


def _fields_at(model: type[Record], keys: Keys) -> list[str]:
    """Return the keys that the record at `keys` may have."""
    for key in keys:
        if isinstance(key, int):
            continue
        annotation = model.model_fields[key].annotation
        inner = [a for a in getattr(annotation, "__args__", (annotation,)) if _is_record(a)]
        if inner:
            model = inner[0]
    return list(model.model_fields)


def _is_record(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, Record)
