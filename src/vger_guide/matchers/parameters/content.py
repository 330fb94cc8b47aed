"""`content`: a pattern stands in some text file, or in none."""

from pydantic import Field

from vger_guide.matchers.fields import Expectation, Globs, NoGlobs, Pattern, Without
from vger_guide.records.fields import Label, Record


class Sought(Record):
    """A pattern, and what it finds."""

    what: Label = Field(description="What it finds, such as 'an access key of AWS'.")
    pattern: Pattern = Field(description="What stands there: a pattern, searched in the whole text of a file.")


class Parameters(Record):
    """The files to look into, what to find, and whether one of it is expected there, or none."""

    which: Globs
    besides: NoGlobs = Field(default_factory=list)
    without: Without = Field(default_factory=list)
    find: list[Sought] = Field(min_length=1, max_length=40, description="What to find; one of it is enough.")
    expect: Expectation = Field(description="Whether one of it has to be there, or none.")
    secret: bool = Field(default=False, description="What is found is a secret, and is shown masked.")
