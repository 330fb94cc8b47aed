"""Made-up catalogues of any size, and the picture of the verdicts as the macro draws them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import count, cycle
from types import SimpleNamespace

from selectolax.lexbor import LexborHTMLParser, LexborNode

from macros.links import Links
from macros.radar import verdict_picture
from macros.templates import Templates
from vger_guide.catalog.catalog import Catalog
from vger_guide.catalog.tables import Judgement, Option, Site, Table, Verdict

VERDICTS = [*Verdict, None]
# Names of all kinds: short, of several words, without a place to break, of wide letters, with signs that markup uses.
NAMES = [
    "R",
    "Terraform",
    "GitHub Advanced Security",
    "CDK (AWS, and HashiCorp's for Terraform)",
    "a-name-of-many-parts/with-no-space-in-it-at-all",
    "x " * 39 + "x",
    "W" * 80,
    "QÖGD" * 20,
    "データベース管理システムの名前",
    "R&D < 2",
]


def option(number: int, name: str, *verdicts: tuple[str, Verdict | None]) -> Option:
    """Return an option with a history of verdicts."""
    return Option(
        id=f"option-{number}",
        name=name,
        verdicts=[Judgement(since=since, verdict=verdict) for since, verdict in verdicts],
        sites=[Site(label="Site", address="https://option.example/")],
        reviewed=date(2023, 9, 30),
    )


def catalog_of(catalog: Catalog, *tables: list[Option], title: str = "A table of options with a long title") -> Catalog:
    """Return the catalogue with other tables, given by their rows."""
    made = {
        f"table-{i}": Table(id=f"table-{i}", title=title, section="2.3.1", noun="Option", rows=rows)
        for i, rows in enumerate(tables)
    }
    return replace(catalog, tables=made)


def crowded(catalog: Catalog, rows: int, tables: int) -> Catalog:
    """Return the catalogue with so many rows for each verdict of each table; every third has moved."""
    names, numbers = cycle(NAMES), count()

    def options() -> Iterator[Option]:
        for verdict in VERDICTS:
            for n in range(rows):
                before = Verdict.INVESTIGATE if n % 3 == 2 else verdict
                yield option(next(numbers), next(names), ("2023-09", before), ("2024-01", verdict))

    return catalog_of(catalog, *[list(options()) for _ in range(tables)])


def drawn(catalog: Catalog) -> str:
    """Return what the macro puts into the page."""
    links = Links(SimpleNamespace(page=SimpleNamespace(url="radar/")))
    return Templates(links, catalog).block("radar.html", verdicts=Verdict, **verdict_picture(catalog))


def rings(html: str) -> list[LexborNode]:
    """Return the verdicts of a picture with their options, from the middle outwards, and the shelf."""
    return LexborHTMLParser(html).css(".radar__row")
