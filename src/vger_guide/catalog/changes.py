"""What changed from one edition to the next, rule by rule and row by row: a verb of a closed list, and the reason."""

from enum import StrEnum
from typing import Literal

from pydantic import Field

from vger_guide.records.fields import Day, EditionId, Id, Prose, Record, RuleId


class RuleVerb(StrEnum):
    """What became of a rule."""

    ADDED = "added"
    REWORDED = "reworded"
    WEAKENED = "weakened"
    STRENGTHENED = "strengthened"
    MOVED = "moved"
    MERGED = "merged"
    SPLIT = "split"
    WITHDRAWN = "withdrawn"


class RowVerb(StrEnum):
    """What became of a row of a table."""

    ADDED = "added"
    IN = "in"
    OUT = "out"
    CHANGED = "changed"
    RENAMED = "renamed"
    MOVED = "moved"
    REMOVED = "removed"


class Change(Record):
    """One change, and why it was made."""

    reason: Prose
    decided: Day = Field(description="When it was decided; the feed has this day.")


class RuleChange(Change):
    """One change of a rule; a rule that moved and was reworded has two."""

    id: RuleId
    verb: RuleVerb = Field(
        description="reworded: it asks the same in other words. weakened: who met it still does. strengthened: who met "
        "it may not. moved: to another section. merged: into one other rule. split: into several."
    )
    into: list[RuleId] = Field(default_factory=list, description="The rules that a merged or split one became.")


class RowChange(Change):
    """One change of a row of a table."""

    id: Id
    verb: RowVerb = Field(
        description="in and out: where its verdict moved. changed: what it says beside the verdict. moved: to another "
        "table."
    )


class Changes(Record):
    """All changes that made an edition out of the one before it."""

    edition: EditionId | Literal["next"]
    rules: list[RuleChange] = Field(default_factory=list)
    rows: list[RowChange] = Field(default_factory=list)

    @property
    def entries(self) -> list[RuleChange | RowChange]:
        """All of them, those of rules first."""
        return [*self.rules, *self.rows]
