"""The review document itself (its schema is published at `schema/review-1.schema.json`)."""

from vger_guide.output.reviews.import_result import Importer, ImportRejectedError, Returned
from vger_guide.reviews import store
from vger_guide.reviews.context import ReviewContext
from vger_guide.reviews.models import Review
from vger_guide.reviews.status import describe_unknown

SUFFIX = ".json"


def write(context: ReviewContext) -> bytes:
    """Return the document."""
    return store.write(context.review).encode()


def read(data: bytes, context: ReviewContext, _: Importer) -> Returned:
    """Return the review that a document holds, which says nothing of what it was copied from.

    Raises ImportRejectedError.
    """
    review = extract(data)
    return Returned(None, review, describe_unknown(review, context.catalog))


def extract(data: bytes) -> Review:
    """Return the review that a document holds. Raises ImportRejectedError."""
    try:
        return store.read(data)
    except store.InvalidReviewError as error:
        raise ImportRejectedError(error.problems) from None
