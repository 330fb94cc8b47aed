"""`tags`: the tags of the repository have names of a form."""

from pydantic import Field

from vger_guide.catalog.conditions import Pattern, Quantity
from vger_guide.catalog.fields import Label, Record


class Parameters(Record):
    """The form of a name, and how many tags have to have it; tags like `besides` do not count."""

    like: Pattern
    besides: Pattern | None = None
    what: Label = Field(description="The form in words, such as 'a semantic version'.")
    how_many: Quantity = Field(description="No tags at all are neither all nor some.")
