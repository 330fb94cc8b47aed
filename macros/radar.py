"""The picture of the verdicts: half a radar with square rings, so that names can be read.

Its middle is above; each verdict is a ring around the warmer ones. A ring has a cell for each table: columns on a wide
screen, and lists below one another on a phone, by styles alone. Options without a verdict, where there are any, stand
apart, on a shelf below the rings.
"""

from dataclasses import dataclass

from vger_guide.catalog.catalog import Catalog
from vger_guide.catalog.tables import Direction, Option, Table, Verdict

# With more tables than that, no column has room for a name: they stand below one another on every screen.
MAX_COLUMNS = 7


@dataclass(frozen=True)
class Blip:
    """An option of a table, where it moved since an edition, and the verdict it had then."""

    table: Table
    option: Option
    direction: Direction
    before: Verdict | None

    @property
    def moves(self) -> list[str]:
        """The move in words, and what the verdict was; empty where there was no move."""
        if self.direction is Direction.SAME:
            return []
        if self.direction is Direction.NEW:
            return [self.direction.value]
        return [self.direction.value, f"was {self.before.word}" if self.before else "had no verdict"]


@dataclass(frozen=True)
class Ring:
    """A verdict, or none, with the blips of each table."""

    verdict: Verdict | None
    cells: list[tuple[Table, list[Blip]]]

    @property
    def count(self) -> int:
        """How many blips it has."""
        return sum(len(blips) for _, blips in self.cells)


def verdict_picture(catalog: Catalog) -> dict[str, object]:
    """Return the data of radar.html: the rings from the middle outwards, the shelf, and the edition of the moves."""
    edition = catalog.guide.source_edition
    blips = [_blip(table, option, edition) for table, option in catalog.options.values()]
    tables = list(catalog.tables.values())
    return {
        "tables": tables,
        "has_columns": len(tables) <= MAX_COLUMNS,
        "rings": [_ring(verdict, tables, blips) for verdict in Verdict],
        "shelf": _ring(None, tables, blips) if has_unjudged(catalog) else None,
        "without_verdict": has_unjudged(catalog),
        "edition": edition,
    }


def has_unjudged(catalog: Catalog) -> bool:
    """Return whether some row has no verdict."""
    return any(option.verdict is None for _, option in catalog.options.values())


def _blip(table: Table, option: Option, edition: str) -> Blip:
    before = [entry.verdict for entry in option.verdicts if entry.since <= edition.replace(".", "-")]
    return Blip(table, option, option.direction(edition), before[-1] if before else None)


def _ring(verdict: Verdict | None, tables: list[Table], blips: list[Blip]) -> Ring:
    own = [blip for blip in blips if blip.option.verdict == verdict]
    return Ring(verdict, [(table, [blip for blip in own if blip.table.id == table.id]) for table in tables])
