"""What the forms for people share: the lines of what people typed, and names, plans, outcomes and evidence in words."""

import re
from collections.abc import Iterator

from vger_guide.reviews.context import Filled, person
from vger_guide.reviews.labels import OUTCOMES, PLANS
from vger_guide.reviews.models import Disposition, Evidence, Outcome, Target
from vger_guide.text.sanitize import shown

_ENDS = re.compile(r"\r\n|[\n\r\x85\u2028\u2029]")


def lines(text: str) -> list[str]:
    r"""Return the lines of a text that hold anything, without spaces at their ends; what has no shape as its escape."""
    parts = (shown(part.replace("\t", " ")).strip() for part in _ENDS.split(text))
    return [part for part in parts if part]


def line(text: str) -> str:
    """Return a text on one line."""
    return " ".join(lines(text))


def title_of(filled: Filled) -> str:
    """Return the title of the review on one line."""
    return line(filled.review.title) or "Review"


def name_of(target: Target) -> str:
    """Return the name of a target on one line, or its id where nothing of the name can be seen."""
    return line(target.name) or target.id


def described(target: Target) -> list[str]:
    """Return what is known of a target, such as `What customers see.` and `Repository: shop`."""
    texts = (target.description, f"Repository: {target.repository}" if line(target.repository) else "")
    return [text for text in texts if lines(text)]


def disposition(filled: Filled, given: Disposition) -> str:
    """Return what is done about a rule, such as `Planned, until 2026-09-30, owner Bo, ticket SHOP-12`."""
    told = {
        "until": given.until.isoformat() if given.until else "",
        "owner": line(person(filled, given.owner)),
        "approved by": line(person(filled, given.approver)),
        "ticket": line(given.ticket),
    }
    return ", ".join([PLANS[given.plan], *(f"{word} {text}" for word, text in told.items() if text)])


def checked(outcome: Outcome) -> str:
    """Return what a check said as a label, such as `Failed, accepted in the repository`."""
    return OUTCOMES[outcome.outcome] + (", accepted in the repository" if outcome.waived else "")


def place(evidence: Evidence) -> str:
    """Return where evidence is, such as `shop/settings.py:3 at 0123456789, seen 2026-03-01`, or nothing."""
    return "".join(_place(evidence))


def _place(evidence: Evidence) -> Iterator[str]:
    if evidence.path:
        yield line(evidence.path) + (f":{evidence.line}" if evidence.line else "")
    if evidence.commit:
        yield f"{' at ' if evidence.path else 'Commit '}{line(evidence.commit)[:40]}"
    if evidence.seen:
        yield f"{', seen' if evidence.path or evidence.commit else 'Seen'} {evidence.seen.isoformat()}"
