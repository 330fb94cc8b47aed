"""The rules that are asked as a catalogue of OSCAL 1.2, the controls of NIST's language for assessments.

The form is that of https://pages.nist.gov/OSCAL-Reference/models/v1.2.1/catalog/json-reference/. Answers are not in it.
A withdrawn rule stands beside the rules of its section that are asked. The version is the edition and what tells the
selection from another; the document was last modified on the day that the last of its rules was looked over.
"""

from vger_guide.output.reviews.oscal.controls import groups, resources
from vger_guide.output.reviews.oscal.parts import VERSION, document
from vger_guide.output.reviews.oscal.text import record
from vger_guide.reviews.context import Filled
from vger_guide.reviews.selection import content_hash
from vger_guide.text.json_objects import midnight, some

SUFFIX = ".oscal-catalog.json"


def write(filled: Filled) -> bytes:
    """Return the catalogue."""
    guide, review = filled.catalog.guide, filled.review
    looked_over = max((rule.reviewed for rule in filled.rules), default=review.created.date())
    metadata = {
        "title": record(guide.title),
        "last-modified": midnight(looked_over),
        "version": f"{review.edition}+{content_hash(filled.rules)}",
        "oscal-version": VERSION,
        "links": [{"href": filled.site, "rel": "canonical"}],
    }
    back = some(resources=resources(filled))
    return document("catalog", filled.site, some(metadata=metadata, groups=groups(filled), back_matter=back))
