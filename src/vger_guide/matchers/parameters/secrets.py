"""`secrets`: a credential stands in some file, or in none."""

from pydantic import Field

from vger_guide.matchers.fields import Expectation, Globs, NoGlobs, Without
from vger_guide.records.fields import Record


class Parameters(Record):
    """The files to look into, and whether a credential is expected there.

    It knows the tokens of a hundred services, private keys, passwords in addresses and settings, and files that are
    kept for credentials. Placeholders and references are none. What is found is shown masked.
    """

    which: Globs
    besides: NoGlobs = Field(default_factory=list)
    without: Without = Field(default_factory=list)
    expect: Expectation = Field(description="Whether one has to stand in some file, or in none.")
