"""The review document itself (its schema is published at `schema/review-1.schema.json`)."""

from vger_guide.output.reviews.import_result import Imported, ImportRejectedError
from vger_guide.reviews import store
from vger_guide.reviews.context import ReviewContext

SUFFIX = ".json"


def write(context: ReviewContext) -> bytes:
    """Return the document."""
    return store.write(context.review).encode()


def read(data: bytes, _: ReviewContext) -> Imported:
    """Return the review that a document holds. Raises ImportRejectedError."""
    try:
        return Imported(store.read(data))
    except store.InvalidReviewError as error:
        raise ImportRejectedError(error.problems) from None
