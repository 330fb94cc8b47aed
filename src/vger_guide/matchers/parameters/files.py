"""`files`: there is a file of some size or kind, or there is none."""

from pydantic import Field

from vger_guide.matchers.fields import EntryKind, Expectation, Globs, NoGlobs, Without
from vger_guide.records.fields import Label, Record


class Parameters(Record):
    """Which entries; those count that are of the kind, where one is given, and larger, where a size is."""

    which: Globs
    besides: NoGlobs = Field(default_factory=list)
    without: Without = Field(default_factory=list)
    kind: EntryKind | None = Field(default=None, description="Only those of this kind.")
    larger_than: int | None = Field(default=None, ge=0, strict=True, description="Only those of more bytes.")
    what: Label | None = Field(default=None, description="What they are in words, such as 'lock file'.")
    expect: Expectation = Field(description="Whether one of them has to be there, or none.")
