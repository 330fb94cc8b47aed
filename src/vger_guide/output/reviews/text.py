"""What the forms for people share: the lines of what people typed, and names, plans, outcomes and evidence in words."""

import re
from collections.abc import Iterator

from vger_guide.reviews.context import ReviewContext, person_name
from vger_guide.reviews.labels import OUTCOMES, PLANS
from vger_guide.reviews.models import Disposition, Evidence, Outcome, Target
from vger_guide.text.sanitize import escape_invisible

_ENDS = re.compile(r"\r\n|[\n\r\x85\u2028\u2029]")


def to_lines(text: str) -> list[str]:
    r"""Return the lines of a text that hold anything, without spaces at their ends; what has no shape as its escape."""
    parts = (escape_invisible(part.replace("\t", " ")).strip() for part in _ENDS.split(text))
    return [part for part in parts if part]


def to_line(text: str) -> str:
    """Return a text on one line."""
    return " ".join(to_lines(text))


def title_of(context: ReviewContext) -> str:
    """Return the title of the review on one line."""
    return to_line(context.review.title) or "Review"


def target_name(target: Target) -> str:
    """Return the name of a target on one line, or its id where nothing of the name can be seen."""
    return to_line(target.name) or target.id


def describe_target(target: Target) -> list[str]:
    """Return the lines that describe a target, such as `What customers see.` and `Repository: shop`."""
    texts = (target.description, f"Repository: {target.repository}" if to_line(target.repository) else "")
    return [text for text in texts if to_lines(text)]


def describe_disposition(context: ReviewContext, given: Disposition) -> str:
    """Return a plan or an accepted risk as a line, such as `Planned, until 2026-09-30, owner Bo, ticket SHOP-12`."""
    told = {
        "until": given.until.isoformat() if given.until else "",
        "owner": to_line(person_name(context, given.owner)),
        "approved by": to_line(person_name(context, given.approver)),
        "ticket": to_line(given.ticket),
    }
    return ", ".join([PLANS[given.plan], *(f"{word} {text}" for word, text in told.items() if text)])


def outcome_label(outcome: Outcome) -> str:
    """Return the outcome of a check as a label, such as `Failed, accepted in the repository`."""
    return OUTCOMES[outcome.outcome] + (", accepted in the repository" if outcome.waived else "")


def describe_place(evidence: Evidence) -> str:
    """Return where evidence is, such as `shop/settings.py:3 at 0123456789, seen 2026-03-01`, or nothing."""
    return "".join(_place(evidence))


def _place(evidence: Evidence) -> Iterator[str]:
    if evidence.path:
        yield to_line(evidence.path) + (f":{evidence.line}" if evidence.line else "")
    if evidence.commit:
        yield f"{' at ' if evidence.path else 'Commit '}{to_line(evidence.commit)[:40]}"
    if evidence.seen:
        yield f"{', seen' if evidence.path or evidence.commit else 'Seen'} {evidence.seen.isoformat()}"
