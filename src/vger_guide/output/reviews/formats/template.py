"""A template as JSON, to begin other reviews from: the rules, targets, people and answers, without the course.

The schema of the review document describes it. In the browser, import it; at the command line, give it to
`vger review new --template`.
"""

from vger_guide.reviews import store
from vger_guide.reviews.context import ReviewContext
from vger_guide.reviews.template import make_template

SUFFIX = ".template.json"


def write(context: ReviewContext) -> bytes:
    """Return the document."""
    return store.write(make_template(context.review)).encode()
