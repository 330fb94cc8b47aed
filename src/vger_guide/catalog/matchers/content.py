"""`content`: a pattern stands in some text file, or in none."""

from pydantic import Field

from vger_guide.catalog.conditions import Expectation, Globs, NoGlobs, Pattern
from vger_guide.catalog.fields import Label, Record


class Parameters(Record):
    """The files to look into, the pattern, and whether it is expected there."""

    which: Globs
    besides: NoGlobs = Field(default_factory=list)
    pattern: Pattern
    what: Label = Field(description="What it finds, in words, such as 'an access key of AWS'.")
    expect: Expectation
    secret: bool = Field(default=False, description="What is found is a secret, and is shown masked.")
