"""The source of an edition: every claim it makes, where the guide says it, and what was corrected."""

from enum import StrEnum

from pydantic import Field

from vger_guide.records.fields import ClaimId, EditionId, Id, Place, Record, SectionNumber, Text


class Kind(StrEnum):
    """What sort of thing a claim is."""

    STATEMENT = "statement"
    RULE = "rule"
    DECISION = "decision"
    EXAMPLE = "example"
    CALLOUT = "callout"
    TABLE = "table"


class Force(StrEnum):
    """How strongly the source asks for it."""

    HARD = "hard"
    ADVISED = "advised"
    OPTION = "option"


class Claim(Record):
    """One thing a reader of the source learns, and the place of the guide that says it."""

    id: ClaimId
    section: SectionNumber
    kind: Kind
    force: Force | None = None
    text: Text
    table: Id | None = Field(default=None, description="The table that the claim stands for.")
    at: Place = Field(description="The page and anchor where the guide says it.")


class Correction(Record):
    """A fault of the source, and what the guide says instead."""

    where: Text
    source: Text
    guide: Text


class Source(Record):
    """The source of one edition."""

    edition: EditionId
    corrections: list[Correction] = Field(default_factory=list)
    claims: list[Claim] = Field(min_length=1)
