"""`releases`: the releases that a list of changes or a package names have tags."""

from pydantic import Field

from vger_guide.matchers.fields import Globs, Pattern
from vger_guide.records.fields import Record


class Parameters(Record):
    """Which lists of changes, and the share of the newest releases in them that has to have tags."""

    changelogs: Globs
    besides: Pattern | None = Field(default=None, description="Tags of this form are no releases.")
    newest: int = Field(default=10, ge=1, le=100, strict=True, description="How many releases are looked at.")
    percent: int = Field(ge=1, le=100, strict=True, description="How many in a hundred have to have a tag.")
