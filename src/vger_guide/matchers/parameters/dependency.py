"""`dependency`: a package is among the dependencies that manifests and lock files name, or it is not."""

from pydantic import Field

from vger_guide.matchers.fields import Expectation, NoGlobs, Package, Without
from vger_guide.records.fields import Record


class Parameters(Record):
    """Packages as `ecosystem:name`; one of them is expected, or none of them."""

    packages: list[Package] = Field(
        min_length=1, max_length=60, description="Packages; `*` stands for a part of a name."
    )
    indirect: bool = Field(
        default=False, description="Packages count too that a lock file names for the sake of another package."
    )
    besides: NoGlobs = Field(default_factory=list, description="Manifests that are not looked into.")
    without: Without = Field(default_factory=list)
    expect: Expectation = Field(description="Whether one of them has to be named, or none.")
