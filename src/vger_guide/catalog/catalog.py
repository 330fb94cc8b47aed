"""The catalogue: every record of the guide, and the ways to find one."""

from dataclasses import dataclass
from functools import cached_property

from vger_guide.catalog.guide import Guide, Section
from vger_guide.catalog.sources import Source
from vger_guide.catalog.tables import Option, Table


@dataclass(frozen=True)
class Catalog:
    """The guide, its tables by id, and its sources by edition."""

    guide: Guide
    tables: dict[str, Table]
    sources: dict[str, Source]

    @cached_property
    def options(self) -> dict[str, tuple[Table, Option]]:
        """Every row of every table by its id, with its table."""
        return {option.id: (table, option) for table in self.tables.values() for option in table.rows}

    @property
    def source(self) -> Source:
        """The source that the guide was converted from."""
        return self.sources[self.guide.source_edition]

    def section(self, number: str) -> Section:
        """Return a section by number. Raises KeyError for an unknown one."""
        return self.guide.by_number[number]
