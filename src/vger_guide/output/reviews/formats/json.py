"""The review document itself (its schema is published at `schema/review-1.schema.json`)."""

from vger_guide.output.reviews.import_result import BadReturn, Returned
from vger_guide.reviews import store
from vger_guide.reviews.context import Filled

SUFFIX = ".json"


def write(filled: Filled) -> bytes:
    """Return the document."""
    return store.write(filled.review).encode()


def read(data: bytes, _: Filled) -> Returned:
    """Return the review that a document holds. Raises BadReturn."""
    try:
        return Returned(store.read(data))
    except store.BadReview as error:
        raise BadReturn(error.problems) from None
