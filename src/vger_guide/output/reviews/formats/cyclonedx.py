"""A review as standards and declarations of CycloneDX 1.6 (ECMA-424): the rules that are asked, and what was answered.

The form is that of https://cyclonedx.org/docs/1.6/json/. A target has an attestation. A rule that is met counts 1, one
that is met in part 0.5, one that is not met 0, and is a counter claim; what does not apply has a claim and no number.
Rules that nobody has answered are requirements and no more, whatever a check says of them. Plans and accepted risks are
mitigation strategies that expire on their last day. The serial number changes with the content.
"""

import json

from vger_guide.output.reviews.cyclonedx.declarations import declarations
from vger_guide.output.reviews.cyclonedx.parts import text
from vger_guide.output.reviews.cyclonedx.standard import standard
from vger_guide.output.reviews.uuids import content_uuid
from vger_guide.reviews.context import ReviewContext
from vger_guide.reviews.models import Generator
from vger_guide.text.json_objects import format_moment

SUFFIX = ".cdx.json"


def write(context: ReviewContext) -> bytes:
    """Return the document."""
    body = {
        "metadata": {"timestamp": format_moment(context.review.updated), "tools": _tools(context.review.generator)},
        "definitions": {"standards": [standard(context)]},
        "declarations": declarations(context),
    }
    head = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{content_uuid(context.site, 'cyclonedx', body)}",
        "version": 1,
    }
    return (json.dumps({**head, **body}, indent=1, ensure_ascii=False) + "\n").encode()


def _tools(generator: Generator) -> dict[str, list[dict[str, str]]]:
    return {"components": [{"type": "application", "name": text(generator.name), "version": text(generator.version)}]}
