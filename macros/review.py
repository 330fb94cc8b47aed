"""What the page of reviews is told when it is built: labels by code, the forms of files, versions."""

import json
from typing import Any

from vger_guide.exports.contents import formula
from vger_guide.exports.forms import described, form, forms, returning
from vger_guide.reviews import words
from vger_guide.reviews.asking import GENERATOR
from vger_guide.reviews.document import SCHEMA

# Fields of an answer, as a comparison names them.
FIELDS = {"disposition": "what is done about it", "confirm": "to confirm again"}


def review_words(site: str, edition: str) -> str:
    """Return it as JSON that can stand in a script element; `site` is where the guide is published, as `edition`."""
    return json.dumps(_told(site, edition), ensure_ascii=False, sort_keys=True).replace("<", "\\u003c")


def _told(site: str, edition: str) -> dict[str, Any]:
    return {
        "confidences": words.CONFIDENCES,
        "edition": edition,
        "fields": FIELDS,
        "formula": formula(),
        "forms": [_form(name) for name in forms()],
        "generator": GENERATOR.model_dump(mode="json"),
        "not_applicable": words.NOT_APPLICABLE,
        "outcomes": words.OUTCOMES,
        "plans": words.PLANS,
        "reasons": words.REASONS,
        "schema": site + SCHEMA,
        "states": words.STATES,
        "values": words.VALUES,
    }


def _form(name: str) -> dict[str, Any]:
    return {
        "name": name,
        "says": described(name),
        "suffix": form(name).SUFFIX,
        "returns": returning(name) is not None,
    }
