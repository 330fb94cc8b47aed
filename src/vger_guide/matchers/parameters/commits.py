"""`commits`: the messages of the newest commits name something, such as a ticket."""

from pydantic import Field

from vger_guide.matchers.fields import Pattern
from vger_guide.records.fields import Label, Record


class Parameters(Record):
    """What a message has to name, and the share of the newest commits of the branch that have to.

    What a merge brings in counts once, as the merge does: by its message, or by that of a commit in it.
    """

    like: Pattern = Field(description="A pattern that a message has to hold, in its first line or below.")
    unlike: Pattern | None = Field(
        default=None, description="What `like` finds and this holds is none, such as 'UTF-8'."
    )
    besides: Pattern | None = Field(
        default=None, description="Commits whose first line or author holds it do not count."
    )
    what: Label = Field(description="What is named in words, such as 'a ticket'.")
    newest: int = Field(default=50, ge=1, le=1000, strict=True, description="How many commits are looked at.")
    least: int = Field(default=1, ge=1, le=100, strict=True, description="Fewer commits that count say nothing.")
    percent: int = Field(ge=1, le=100, strict=True, description="How many in a hundred have to name it.")
