"""`commits`: the first lines of commit messages have a form."""

from pydantic import Field

from vger_guide.matchers.fields import Pattern
from vger_guide.records.fields import Label, Record


class Parameters(Record):
    """The form of a first line, and the share of the newest commits that has to have it; merges do not count."""

    like: Pattern = Field(description="A pattern that a first line has to hold.")
    what: Label = Field(description="The form in words, such as 'the key of a ticket'.")
    newest: int = Field(default=50, ge=1, le=1000, strict=True, description="How many commits are looked at.")
    percent: int = Field(ge=1, le=100, strict=True, description="How many in a hundred have to have the form.")
