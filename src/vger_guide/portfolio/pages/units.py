"""The page of units: whose repositories have how many failures."""

from collections.abc import Iterator

from vger_guide.portfolio.overview import Overview
from vger_guide.portfolio.pages import render


def write(overview: Overview) -> Iterator[tuple[str, str]]:
    """Yield the page."""
    yield render("units.html", "units.html", overview)
