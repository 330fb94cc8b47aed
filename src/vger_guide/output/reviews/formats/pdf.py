"""A document as a PDF, for a board: ISO 32000, with tags that a screen reader can follow (PDF/UA-1, ISO 14289-1).

It says the same as the document for Word. Typst writes it, which has to be installed beside the command.
"""

from vger_guide.output.reviews.document.content import compose
from vger_guide.output.reviews.document.pdf import write_document
from vger_guide.reviews.context import ReviewContext

SUFFIX = ".pdf"


def write(context: ReviewContext) -> bytes:
    """Return the document. Raises UserError where Typst is not installed."""
    return write_document(compose(context), context.review.updated)
