"""The page of changes: what is new, what was mended, what was accepted by whom and until when, what was not seen."""

from collections.abc import Iterator

from vger_guide.portfolio.overview import Overview
from vger_guide.portfolio.pages import render
from vger_guide.portfolio.repository_line import RepositoryLine, WaiverOverview

STATES = {"expired": "Expired", "ending": "End soon", "current": "Still hold"}


def write(overview: Overview) -> Iterator[tuple[str, str]]:
    """Yield the page."""
    yield render(
        "changes.html",
        "changes.html",
        overview,
        new=[line for line in overview.checked if line.new],
        mended=[line for line in overview.checked if line.mended],
        waivers={state: found for state in STATES if (found := _list_waivers(overview, state))},
        states=STATES,
        unread=[line for line in overview.checked if line.result["unreadCount"]],
    )


def _list_waivers(overview: Overview, state: str) -> list[tuple[WaiverOverview, RepositoryLine]]:
    found = [(each, line) for line in overview.lines for each in line.waivers if each.state == state]
    return sorted(found, key=lambda pair: (pair[0].until, pair[1].repository.name))
