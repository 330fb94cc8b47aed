"""`locked`: the versions of dependencies are in the repository, by lock files or by exact versions in manifests."""

from pydantic import Field

from vger_guide.matchers.fields import Without
from vger_guide.records.fields import Record


class Parameters(Record):
    """Which manifests are left out; the package managers are those that the check knows."""

    without: Without = Field(default_factory=list)
