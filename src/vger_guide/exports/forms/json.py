"""The review document itself (its schema is published at `schema/review-1.schema.json`)."""

from vger_guide.exports.forms import BadReturn, Filled, Returned
from vger_guide.reviews import storage

SUFFIX = ".json"


def write(filled: Filled) -> bytes:
    """Return the document."""
    return storage.write(filled.review).encode()


def read(data: bytes, _: Filled) -> Returned:
    """Return the review that a document holds. Raises BadReturn."""
    try:
        return Returned(storage.read(data))
    except storage.BadReview as error:
        raise BadReturn(error.problems) from None
