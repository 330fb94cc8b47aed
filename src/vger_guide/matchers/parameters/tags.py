"""`tags`: the tags of the repository have names of a form."""

from pydantic import Field

from vger_guide.matchers.fields import Pattern
from vger_guide.records.fields import Label, Record


class Parameters(Record):
    """The form of a name, and the share of the tags that has to have it."""

    like: Pattern = Field(description="A pattern that a name has to hold.")
    unlike: Pattern | None = Field(default=None, description="A name that holds this does not have the form.")
    among: Pattern | None = Field(default=None, description="Only tags of this form count; left out: all.")
    besides: Pattern | None = Field(default=None, description="Tags of this form do not count.")
    aliases: bool = Field(default=False, description="A tag such as `v1` beside `v1.2.0` does not count: it moves.")
    newest: int | None = Field(default=None, ge=1, le=1000, strict=True, description="Only so many count, the newest.")
    what: Label = Field(description="The form in words, such as 'a semantic version'.")
    percent: int = Field(
        ge=1,
        le=100,
        strict=True,
        description="How many in a hundred have to have the form; no tags at all are never enough.",
    )
