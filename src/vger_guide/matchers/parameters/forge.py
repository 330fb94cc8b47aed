"""`forge`: a setting of the service that hosts the repository has some value, or has not."""

from pydantic import Field

from vger_guide.matchers.fields import Expectation, ForgePath, Pattern
from vger_guide.records.fields import Label, Record


class Parameters(Record):
    """Where a setting stands, and whether it is expected there; without that part of the settings nothing is judged."""

    at: ForgePath = Field(description="Where the setting stands: a JSONPath that begins with a part of the settings.")
    like: Pattern | None = Field(
        default=None, description="A pattern that the value, written as text, has to hold; without it any value counts."
    )
    what: Label = Field(description="What is there then, to stand behind 'there is' and 'there is no'.")
    expect: Expectation = Field(description="Whether it has to be there, or must not.")
