"""The review as GitHub's task lists (https://github.github.com/gfm/#task-list-items-extension-), which come back.

GitHub takes 65,536 characters in an issue or a comment: a longer list is in several parts, and in the file a line that
says so stands between them. The parts come back one at a time or all together, in any order, and so do their boxes.
A tick makes a rule met, and a tick that is taken away makes it unanswered again. A box that never had one leaves the
answer as it is, so that an old list takes nothing away.
"""

from vger_guide.output.reviews.checkboxes import import_checkboxes
from vger_guide.output.reviews.import_result import Imported
from vger_guide.output.reviews.task_list import HEAD, LIMIT, NAME, fit_items, list_items
from vger_guide.output.reviews.text import title_of
from vger_guide.reviews.context import ReviewContext
from vger_guide.text.markdown import escape_prose
from vger_guide.text.sanitize import truncate

SUFFIX = ".tasks.md"
CUT = "\n<!-- vger: cut here, the next part begins below -->\n\n"


def write(context: ReviewContext) -> bytes:
    """Return all parts, with CUT between them."""
    return CUT.join(parts(context)).encode()


def parts(context: ReviewContext, limit: int = LIMIT) -> list[str]:
    """Return the parts, each of at most `limit` characters as the host counts them."""
    bodies = fit_items(list(list_items(context)), limit - HEAD) or ["\nNo rule is asked.\n"]
    return [_head(context, number, len(bodies)) + body for number, body in enumerate(bodies, 1)]


def _head(context: ReviewContext, number: int, count: int) -> str:
    review = context.review
    part = f" (part {number} of {count})" if count > 1 else ""
    return (
        f"# {escape_prose(truncate(title_of(context), NAME))}{part}\n\n"
        f"[{escape_prose(context.catalog.guide.title)}](<{context.site}>), edition {review.edition}. "
        "Tick what is met, and leave the comment behind each question: `vger review import` knows the rule by it.\n"
    )


def read(data: bytes, context: ReviewContext) -> Imported:
    """Return the review with the ticks of a text that holds any of the parts. Raises ImportRejectedError."""
    return Imported(import_checkboxes(data, context))
