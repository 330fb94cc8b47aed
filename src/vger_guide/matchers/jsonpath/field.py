"""JSONPath in records, proven to be one when a record is loaded. A path of keys, as they were before, is taken too."""

from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from vger_guide.matchers.jsonpath.key_paths import is_key_path
from vger_guide.matchers.jsonpath.plain import parse_segments

LENGTH = 400
MEANING = "Must be a JSONPath (RFC 9535), such as '$.services[*].image' or '$..image'."
_SCHEMA = {"type": "string", "maxLength": LENGTH, "description": MEANING}


def _json_path(text: str) -> str:
    if why := _problem(text):
        raise PydanticCustomError("form", "is not a JSONPath: {why}", {"why": why})
    return text


def _problem(text: str) -> str:
    if not text.startswith("$"):
        return "" if is_key_path(text) else "it begins with $, as in '$.services[*].image'"
    if parse_segments(text) is not None:
        return ""
    from vger_guide.matchers.jsonpath.filtered import problem

    return problem(text)


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


JsonPath = Annotated[
    str,
    StringConstraints(strict=True, min_length=1, max_length=LENGTH),
    AfterValidator(_json_path),
    WithJsonSchema(_SCHEMA),
]
JsonPaths = Annotated[
    list[JsonPath],
    Field(min_length=1, max_length=20, description="Where the value stands: a JSONPath, or several."),
    BeforeValidator(_listed),
    WithJsonSchema({"anyOf": [_SCHEMA, {"type": "array", "items": _SCHEMA, "minItems": 1, "maxItems": 20}]}),
]
