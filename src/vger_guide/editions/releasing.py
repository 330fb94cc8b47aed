"""What has to be true before an edition is released, and what the changelog says of it."""

import re
import textwrap
from collections.abc import Iterator
from datetime import date

from vger_guide.catalog import Catalog
from vger_guide.catalog.due import reviews
from vger_guide.catalog.editions import NEXT
from vger_guide.editions.comparing import Difference, compare
from vger_guide.reports.marks import prose

UNRELEASED = "## Unreleased\n"
_TEXT = re.compile(r"(?<=The text of the guide is edition )[0-9]{4}\.[0-9]{2}(?=\.)")
_WIDTH = 118
# A space before what begins a list, or underlines a heading, at the beginning of a line (https://spec.commonmark.org/).
_BEFORE_MARK = re.compile(r" (?=([-+]|-+|=+|\d{1,9}[.)])( |$))")
# Stands for such a space, where no line ends; no record holds it.
_KEPT = "\0"


def obstacles(catalog: Catalog, edition: str, today: date) -> Iterator[str]:
    """Yield what stands between the records and a release: reviews that are due, and rules of another edition."""
    for item in reviews(catalog, today):
        if item.pending:
            yield f"{item.title}: its review is {item.state.value} since {item.due}; review it"
    newest = max(catalog.editions, default="")
    for rule in catalog.known_rules:
        if newest < rule.since != edition:
            yield f"{rule.id}.since: is {rule.since}, and it comes or goes with this edition; write {edition}"


def with_edition(changelog: str, catalog: Catalog, edition: str) -> str:
    """Return a changelog with the changes of the guide as those of an edition, below what is unreleased of the program.

    Raises ValueError where it has no heading for what is unreleased.
    """
    before, heading, after = changelog.partition(UNRELEASED)
    if not heading:
        raise ValueError(f"has no heading '{UNRELEASED.strip()}'")
    unreleased, mark, older = after.partition("\n## ")
    newest = max(catalog.editions, default=NEXT)
    entries = [_entry(each) for each in compare(catalog, newest, NEXT).differences]
    listed = "\n".join(entries) or "Nothing changed."
    parts = [f"{_TEXT.sub(edition, before)}{heading}{unreleased}".rstrip(), f"## Edition {edition}\n\n{listed}"]
    return "\n\n".join([*parts, *([f"{mark.strip()} {older.rstrip()}"] if mark else [])]) + "\n"


def _entry(difference: Difference) -> str:
    reasons = " ".join(step.reason for step in difference.steps)
    text = f"{difference.title} (`{difference.id}`): {', '.join(difference.verbs)}. {reasons}"
    filled = textwrap.fill(
        _BEFORE_MARK.sub(_KEPT, prose(text)),
        _WIDTH,
        initial_indent="- ",
        subsequent_indent="  ",
        break_on_hyphens=False,
        break_long_words=False,
    )
    return filled.replace(_KEPT, " ")
