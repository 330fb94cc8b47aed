"""`value`: a setting in a structured file has some value, or in none of them."""

from pydantic import Field

from vger_guide.matchers.fields import Expectation, Format, Globs, NoGlobs, Pattern
from vger_guide.matchers.jsonpath.field import JsonPaths
from vger_guide.records.fields import Record


class Parameters(Record):
    """The files, the places in them, and what is expected to stand there in one of them, or in none."""

    which: Globs
    besides: NoGlobs = Field(default_factory=list)
    format: Format = Field(description="What the files are written in.")
    at: JsonPaths
    like: Pattern | None = Field(
        default=None, description="A pattern that the value, written as text, has to hold; without it any value counts."
    )
    expect: Expectation = Field(description="Whether it has to stand in one of the files, or in none.")
    secret: bool = Field(default=False, description="What is found is a secret, and is not shown.")
