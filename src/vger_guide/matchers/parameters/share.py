"""`share`: of some files, enough are of a form."""

from pydantic import Field

from vger_guide.matchers.fields import Globs, NoGlobs, Without
from vger_guide.records.fields import Label, Record


class Parameters(Record):
    """The files that count, those of them that have the form, and the share that has to."""

    which: Globs
    among: Globs
    besides: NoGlobs = Field(default_factory=list)
    without: Without = Field(default_factory=list)
    what: Label = Field(description="Those of the form in words, such as 'pages in Markdown'.")
    percent: int = Field(ge=1, le=100, strict=True, description="How many in a hundred have to have the form.")
