"""A document for Word and its like, for a board: Office Open XML, ECMA-376 part 1, WordprocessingML.

It begins with the conclusion, what is open and the actions; the answers follow, those that are not met first.
"""

from vger_guide.output.reviews.document.content import compose
from vger_guide.output.reviews.document.word import write_document
from vger_guide.reviews.context import ReviewContext

SUFFIX = ".docx"


def write(context: ReviewContext) -> bytes:
    """Return the document."""
    return write_document(compose(context), context.review.updated)
