"""`ignored`: git would ignore files of these names if they were there."""

from pydantic import Field

from vger_guide.matchers.fields import Path
from vger_guide.records.fields import Record


class Parameters(Record):
    """Paths to try, such as `.env`: each has to be ignored."""

    paths: list[Path] = Field(min_length=1, max_length=20, description="Paths to try; each has to be ignored.")
    everywhere: bool = Field(
        default=False, description="They are tried in every folder that holds files, not at the root alone."
    )
