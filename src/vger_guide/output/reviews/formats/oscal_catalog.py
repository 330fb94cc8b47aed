"""The rules that are asked as a catalogue of OSCAL 1.2, the controls of NIST's language for assessments.

The form is that of https://pages.nist.gov/OSCAL-Reference/models/v1.2.1/catalog/json-reference/. Answers are not in it.
A withdrawn rule stands beside the rules of its section that are asked. The version is the edition and what tells the
selection from another; the document was last modified on the day that the last of its rules was looked over.
"""

from vger_guide.output.reviews.oscal.controls import groups, resources
from vger_guide.output.reviews.oscal.parts import VERSION, document
from vger_guide.output.reviews.oscal.text import record
from vger_guide.reviews.context import ReviewContext
from vger_guide.reviews.selection import content_hash
from vger_guide.text.json_objects import format_midnight, without_empty

SUFFIX = ".oscal-catalog.json"


def write(context: ReviewContext) -> bytes:
    """Return the catalogue."""
    guide, review = context.catalog.guide, context.review
    looked_over = max((rule.reviewed for rule in context.rules), default=review.created.date())
    metadata = {
        "title": record(guide.title),
        "last-modified": format_midnight(looked_over),
        "version": f"{review.edition}+{content_hash(context.rules)}",
        "oscal-version": VERSION,
        "links": [{"href": context.site, "rel": "canonical"}],
    }
    back = without_empty(resources=resources(context))
    return document("catalog", context.site, without_empty(metadata=metadata, groups=groups(context), back_matter=back))
