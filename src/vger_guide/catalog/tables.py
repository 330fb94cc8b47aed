"""Recommendation tables: options in rows, each with a verdict and the reason for it."""

from enum import StrEnum

from pydantic import Field

from vger_guide.catalog.fields import Address, Id, Label, Record, SectionNumber, Text


class Verdict(StrEnum):
    """What the guide says of an option, from the warmest to the coldest."""

    USE = "use"
    START_USING = "start-using"
    WATCH = "watch"
    INVESTIGATE = "investigate"
    AVOID = "avoid"

    @property
    def word(self) -> str:
        """The verdict as people read it."""
        return self.value.replace("-", " ").capitalize()


class Site(Record):
    """Where an option's makers describe it."""

    label: Label
    address: Address


class Column(Record):
    """A column of a table that only this table has."""

    id: Id
    label: Label


class Ability(Record):
    """Something that options of a table may provide."""

    id: Id
    label: Label


class Option(Record):
    """One row: a product or a pairing of products."""

    id: Id = Field(description="Unique over all tables and never reused: it is the row's permalink.")
    name: Label
    verdict: Verdict | None = Field(description="The guide's verdict; null where it gives none.")
    reason: Text | None = Field(default=None, description="Why, or what to mind.")
    facts: dict[Id, Text] = Field(default_factory=dict, description="A text for each of the table's own columns.")
    provides: list[Id] = Field(default_factory=list, description="Which of the table's abilities it provides.")
    sites: list[Site] = Field(min_length=1)


class Table(Record):
    """A recommendation table of one section."""

    id: Id
    title: Label
    section: SectionNumber
    noun: Label = Field(description="What a row is: the head of the first column.")
    columns: list[Column] = Field(default_factory=list)
    abilities: list[Ability] = Field(default_factory=list)
    reason_label: Label = Field(default="Reason", description="The head of the column with the reasons.")
    has_verdicts: bool = Field(default=True, description="False where the rows are pairings that carry no verdict.")
    rows: list[Option] = Field(min_length=1)
