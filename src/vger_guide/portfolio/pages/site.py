"""All pages of the site of a portfolio."""

from collections.abc import Iterator

from vger_guide.portfolio.overview import Overview
from vger_guide.portfolio.pages import changes, matrix, repository, rules, units


def write_pages(overview: Overview) -> Iterator[tuple[str, bytes]]:
    """Yield the pages by their paths; they are linked to each other by relative addresses."""
    for module in (matrix, rules, units, changes, repository):
        for name, text in module.write(overview):
            yield name, text.encode()
