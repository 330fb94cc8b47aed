"""Problems in the data: each says where it is, what is wrong and how to mend it."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

SHOWN_CHARACTERS = 60
# More at once are no help, and a hostile file may have as many as it has characters.
SHOWN_PROBLEMS = 200
# Of all files together.
REPORTED = 200


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong in one place of a data file.

    `file` is as the user would type it, `line` counts from 1 (0: the whole file),
    `item` is the record and field, such as `terraform.verdict`.
    """

    file: str
    line: int
    item: str
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return ": ".join(part for part in (place, self.item, self.message) if part)


class CatalogError(Exception):
    """The data cannot be used. `problems` holds every problem found, in the order of files and lines."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__(self.report())

    def report(self) -> str:
        """Return the problems, a line each, under a line that counts them; of very many the first ones."""
        count = len(self.problems)
        head = f"{count:,} problem{'s' if count != 1 else ''} in the data:"
        more = count - REPORTED
        rest = [f"and {more:,} more; mend these first"] if more > 0 else []
        return "\n".join([head, *map(str, self.problems[:REPORTED]), *rest])


def bounded(problems: Iterable[Problem]) -> list[Problem]:
    """Return the first problems, no more than a person will read, and then that there are more."""
    found = list(islice(problems, SHOWN_PROBLEMS + 1))
    if len(found) > SHOWN_PROBLEMS:
        found[-1] = Problem(found[-1].file, 0, "", "has more problems than are listed here; fix these first")
    return found


def shown(value: object) -> str:
    """Return a value as a message may show it: short, quoted, and with no control characters."""
    text = value if isinstance(value, str) else repr(value)
    if len(text) > SHOWN_CHARACTERS:
        text = text[:SHOWN_CHARACTERS] + "…"
    return f"'{printable(text)}'"


def printable(text: str) -> str:
    """Return a text with every other character as its escape."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)


def named(path: Path) -> str:
    """Return a path as messages name it: below the working folder where it is, whole elsewhere."""
    try:
        return printable(path.resolve().relative_to(Path.cwd()).as_posix())
    except (OSError, ValueError):  # the working folder is gone, or elsewhere
        return printable(path.as_posix())
