"""`ignored`: git would ignore files of these names if they were there."""

from pydantic import Field

from vger_guide.matchers.fields import NoGlobs, Path
from vger_guide.records.fields import Record


class Parameters(Record):
    """Paths to try, such as `.env`: each has to be ignored, at the root or in each folder with a file of some name."""

    paths: list[Path] = Field(min_length=1, max_length=20, description="Paths to try; each has to be ignored.")
    beside: NoGlobs = Field(
        default_factory=list,
        description="Files, by globs, in whose folders the paths are tried; at the root where there are none.",
    )
