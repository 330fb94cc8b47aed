"""What a report of a tool says, in the words that all formats share."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from vger_guide.evidence.mappings import Tool

# Findings of one run of a tool that are kept; of more than these, only the number is.
KEPT = 20_000
# Files that a run is remembered to have looked at.
LOOKED_AT = 100_000
# A line number beyond it is none.
LAST_LINE = 10_000_000


def line_number(value: object) -> int:
    """Return a line number as a report gives it, or 0 for what is none."""
    return value if isinstance(value, int) and 0 < value < LAST_LINE else 0


def to_text(value: object) -> str:
    """Return a text as a report gives it, or nothing for what is none."""
    return value if isinstance(value, str) else ""


def to_table(value: object) -> dict[str, Any]:
    """Return an object as a report gives it, or an empty one for what is none."""
    return value if isinstance(value, dict) else {}


def to_list(value: object) -> list[Any]:
    """Return a list as a report gives it, or an empty one for what is none."""
    return value if isinstance(value, list) else []


class Sighting(NamedTuple):
    """A finding of a tool that means something for a rule.

    `entries` are the indexes of what it means in the mapping of the tool. `path` is relative to the root of the tree,
    or empty for the repository as a whole; `line` and `end` count from 1, and 0 is none. `says` is the tool's message.
    `suppressed` tells that the tool was told to leave it, and `open` that the tool itself leaves it to a person.
    `commit` is the id of what it was found in, where the findings of a run are of several.
    """

    id: str
    entries: tuple[int, ...]
    path: str = ""
    line: int = 0
    end: int = 0
    says: str = ""
    suppressed: bool = False
    open: bool = False
    commit: str = ""


@dataclass
class ToolRun:
    """One run of a tool, as a report tells it.

    `tool` is None where nothing is known of a tool of this name. `commit` is the id of what it looked at, or empty.
    `succeeded` tells that it says so, and that it met no error in parsing. `ran` has the ids with the paths that it
    says they ran on; `ran_ids` and `looked_at` the same where it says the two apart. Of what was left out, `outside`
    counts places that lead out of the tree, `absent` those in files that are not in it, `left_out` those in files of a
    kind that does not count, `vague` those that only a weakness or a tag tells of, and `cut` those that are too many.
    """

    file: str
    name: str
    tool: Tool | None
    version: str = ""
    commit: str = ""
    succeeded: bool = False
    sightings: list[Sighting] = field(default_factory=list)
    ran: set[tuple[str, str]] = field(default_factory=set)
    ran_ids: set[str] = field(default_factory=set)
    looked_at: set[str] = field(default_factory=set)
    results: int = 0
    outside: int = 0
    absent: int = 0
    left_out: int = 0
    vague: int = 0
    cut: int = 0

    def add(self, sighting: Sighting) -> None:
        """Keep a finding, or count it where there are too many."""
        if len(self.sightings) < KEPT:
            self.sightings.append(sighting)
        else:
            self.cut += 1

    def note_ran(self, id_: str, path: str) -> None:
        """Remember that an id ran on a file, where its silence may say something."""
        if self.tool and id_ in self.tool.silent_ids and path and len(self.ran) < LOOKED_AT:
            self.ran.add((id_, path))

    def list_looked_at(self, id_: str) -> list[str]:
        """Return the files that the run says an id ran on, in order."""
        found = {path for ran, path in self.ran if ran == id_}
        return sorted(found | self.looked_at if id_ in self.ran_ids else found)
