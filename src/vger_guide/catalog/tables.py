"""Recommendation tables: options in rows, each with a verdict and the reason for it."""

from enum import StrEnum

from pydantic import Field

from vger_guide.catalog.notes import Note, web_address
from vger_guide.records.fields import Address, Day, Id, Label, Moment, Origin, Record, SectionNumber, Text


class Verdict(StrEnum):
    """What the guide says of an option, from the warmest to the coldest."""

    USE = "use"
    RECOMMENDED = "recommended"
    START_USING = "start-using"
    WITH_RESERVATIONS = "with-reservations"
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


class Judgement(Record):
    """A verdict, since when it has stood, and why."""

    since: Moment = Field(description="When it was given: the month of an edition or of a review.")
    verdict: Verdict | None = Field(description="Null where the guide gives none.")
    reason: Text | None = Field(default=None, description="Why, or what to mind.")
    source: Origin | None = Field(default=None, description="What it rests on, for a verdict that came later.")

    @property
    def address(self) -> str | None:
        """Where a reader can look the source up."""
        return web_address(self.source) if self.source else None


class Direction(StrEnum):
    """Where an option moved from one verdict to a later one; new where it had none of an edition."""

    SAME = "no change"
    IN = "moved in"
    OUT = "moved out"
    NEW = "new"


def moved(old: Verdict | None, new: Verdict | None) -> Direction:
    """Return where a row moves by a verdict after another."""
    if old == new:
        return Direction.SAME
    # A first verdict on a row that had none moves it in, unless it says to keep away.
    order = [*Verdict]
    rank = order.index(Verdict.WATCH) if old is None else order.index(old)
    return Direction.OUT if new is None or order.index(new) > rank else Direction.IN


class Option(Record):
    """One row: a product or a pairing of products."""

    id: Id = Field(description="Unique over all tables and never reused: it is the row's permalink.")
    name: Label
    verdicts: list[Judgement] = Field(min_length=1, description="The history of the verdict, oldest first.")
    facts: dict[Id, Text] = Field(default_factory=dict, description="A text for each of the table's own columns.")
    provides: list[Id] = Field(default_factory=list, description="Which of the table's abilities it provides.")
    sites: list[Site] = Field(min_length=1)
    notes: list[Note] = Field(default_factory=list, description="What has happened since, oldest first.")
    looked_up: Day | None = Field(
        default=None, description="When somebody last looked for news of it; without notes there was nothing new."
    )
    reviewed: Day = Field(description="When somebody last asked whether the advice still holds.")

    @property
    def verdict(self) -> Verdict | None:
        """The verdict that stands."""
        return self.verdicts[-1].verdict

    @property
    def reason(self) -> str | None:
        """The reason for the verdict that stands."""
        return self.verdicts[-1].reason

    @property
    def events(self) -> list[Note]:
        """The notes of what has happened to the product itself, which a reader has to see at once."""
        return [note for note in self.notes if note.event]

    def direction(self, edition: str) -> Direction:
        """Return where the option moved since an edition such as `2023.09`."""
        before = [entry for entry in self.verdicts if entry.since <= edition.replace(".", "-")]
        if not before:
            return Direction.NEW
        return moved(before[-1].verdict, self.verdict)


class Table(Record):
    """A recommendation table of one section."""

    id: Id
    title: Label
    section: SectionNumber
    noun: Label = Field(description="What a row is: the head of the first column.")
    columns: list[Column] = Field(default_factory=list)
    abilities: list[Ability] = Field(default_factory=list)
    reason_label: Label = Field(default="Reason", description="The head of the column with the reasons.")
    rows: list[Option] = Field(min_length=1)
