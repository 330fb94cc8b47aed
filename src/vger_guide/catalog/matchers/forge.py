"""`forge`: a setting of the service that hosts the repository has some value, or has not."""

from pydantic import Field

from vger_guide.catalog.conditions import Expectation, ForgePath, Pattern
from vger_guide.catalog.fields import Label, Record


class Parameters(Record):
    """The place of a setting, and whether it is expected to be there; a part that is not given makes no judgement."""

    at: ForgePath
    like: Pattern | None = Field(
        default=None, description="A pattern that the value, written as text, has to hold; without it any value counts."
    )
    what: Label = Field(description="What is there then, to stand behind 'there is' and 'there is no'.")
    expect: Expectation
