"""JSONPath in records, proven to be one when a record is loaded. A path of keys, as they were before, is taken too."""

from importlib.util import find_spec
from typing import Annotated, Any

from vger_guide.matchers.jsonpath import load_filtered
from vger_guide.matchers.jsonpath.key_paths import is_key_path
from vger_guide.matchers.jsonpath.plain import parse_segments
from vger_guide.records.form_error import FormError
from vger_guide.records.kinds import ValueKind

LENGTH = 400
MEANING = "Must be a JSONPath (RFC 9535), such as '$.services[*].image' or '$..image'."
_SCHEMA = {"type": "string", "maxLength": LENGTH, "description": MEANING}


def _require_json_path(text: str) -> None:
    if why := _problem(text):
        raise FormError(f"is not a JSONPath: {why}")


def _problem(text: str) -> str:
    if not text.startswith("$"):
        return "" if is_key_path(text) else "it begins with $, as in '$.services[*].image'"
    if parse_segments(text) is not None or find_spec("jsonpath") is None:  # it is not in a browser
        return ""
    return str(load_filtered().problem(text))


def _to_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


JsonPath = Annotated[str, ValueKind(1, LENGTH, strict=True, prove=_require_json_path, schema=_SCHEMA)]
JsonPaths = Annotated[
    tuple[JsonPath, ...],
    ValueKind(
        1,
        20,
        prepare=_to_list,
        schema={"anyOf": [_SCHEMA, {"type": "array", "items": _SCHEMA, "minItems": 1, "maxItems": 20}]},
    ),
]
