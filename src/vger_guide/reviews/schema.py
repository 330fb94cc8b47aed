"""The JSON Schema of the review document, for other programs and for the page of reviews."""

from typing import Any

from vger_guide.reviews.expectations import add_expectations
from vger_guide.reviews.models import VERSION, Review

SCHEMA = f"schema/review-{VERSION}.schema.json"


def schema(site: str) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of the document, known by its address below `site`."""
    body = Review.model_json_schema(by_alias=True)
    for part in (body, *body["$defs"].values()):
        for field in part.get("properties", {}).values():
            _close(field)
    add_expectations(body)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": site + SCHEMA, **body}


def _close(field: dict[str, Any]) -> None:
    """Let a schema refuse the keys of answers that are no ids, as the models do."""
    for below in field.get("patternProperties", {}).values():
        field["additionalProperties"] = False
        _close(below)
