"""An issue for each unit at the forge: which there are to open or to update, and doing so."""

import hashlib
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from vger_guide.forge.issues import Issue, IssueTracker, format_mark
from vger_guide.portfolio.overview import Overview
from vger_guide.portfolio.reports.issue import write_body, write_title
from vger_guide.portfolio.units import UnitCount

# Seconds between two issues that are written, as GitHub asks for.
PAUSE = 1.0

OPEN, UPDATE, UNCHANGED, NOTHING = "open", "update", "unchanged", "nothing"


@dataclass(frozen=True)
class Draft:
    """What the issue of a unit should say. `action` is one of the four words above; `issue` is what there is of it."""

    unit: str
    title: str
    body: str
    action: str
    issue: Issue | None


def draft_issues(overview: Overview, unit: str, known: Mapping[str, Issue]) -> Iterator[Draft]:
    """Yield what to do for each unit, or for one; `known` are the marked issues by their digests.

    None is opened for a unit in which nothing fails and everything could be checked.
    """
    for each in overview.units:
        if unit in ("", each.name):
            yield _draft(overview, each, known)


def _draft(overview: Overview, unit: UnitCount, known: Mapping[str, Issue]) -> Draft:
    digest = hashlib.sha256(f"{overview.title}\0{unit.name}".encode()).hexdigest()[:32]
    body = f"{write_body(overview, unit.name)}\n{format_mark(digest)}\n"
    issue = known.get(digest)
    if issue:
        action = UNCHANGED if issue.body.strip() == body.strip() else UPDATE
    else:
        action = OPEN if unit.failures or unit.checked < len(unit.lines) else NOTHING
    return Draft(unit.name, write_title(overview, unit.name), body, action, issue)


def write_issues(tracker: IssueTracker, drafts: list[Draft]) -> Iterator[tuple[Draft, Issue | None]]:
    """Open and update issues, and yield each with what there is then. Raises UserError; what is written stays."""
    written = 0
    for draft in drafts:
        if draft.action not in (OPEN, UPDATE):
            yield draft, draft.issue
            continue
        if written:
            time.sleep(PAUSE)
        written += 1
        if draft.issue:
            yield draft, tracker.update_issue(draft.issue.number, draft.body)
        else:
            yield draft, tracker.open_issue(draft.title, draft.body)
