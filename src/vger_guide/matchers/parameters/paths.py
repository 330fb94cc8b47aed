"""`paths`: there is an entry of some name, or there is none."""

from pydantic import Field

from vger_guide.matchers.fields import Expectation, Globs, NoGlobs, Without
from vger_guide.records.fields import Label, Record


class Parameters(Record):
    """Which entries, files and links alike, are expected to be there or not."""

    which: Globs
    besides: NoGlobs = Field(default_factory=list)
    without: Without = Field(default_factory=list)
    what: Label | None = Field(default=None, description="What they are in words, such as 'lock file'.")
    expect: Expectation = Field(description="Whether one of them has to be there, or none.")
