"""The picture of a run or a review: a bar for each chapter, its parts as long as the counts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

ROW = 50
# A part that is narrower has no room for its number, in percent.
ROOM = 8


@dataclass(frozen=True)
class BarPart:
    """A part of a bar: where it begins and how long it is, in percent of the picture. `key` names its colour."""

    key: str
    count: int
    start: float
    share: float

    @property
    def has_room(self) -> bool:
        """Whether its number fits into it."""
        return self.share >= ROOM


@dataclass(frozen=True)
class BarChart:
    """A bar for each row of counts, of `templates/bars.html`.

    `words` say the same as the picture, and `id` begins the ids that it takes in the page.
    """

    id: str
    title: str
    words: str
    rows: Mapping[str, Mapping[str, int]]

    @property
    def height(self) -> int:
        """The height in pixels."""
        return ROW * len(self.rows)

    @property
    def bars(self) -> list["Bar"]:
        """The bars from above to below."""
        most = max((sum(counts.values()) for counts in self.rows.values()), default=0) or 1
        return [Bar(name, i * ROW, list(_parts(counts, most))) for i, (name, counts) in enumerate(self.rows.items())]


@dataclass(frozen=True)
class Bar:
    """A row: `top` is its distance from the upper edge in pixels."""

    name: str
    top: int
    parts: list[BarPart]


def _parts(counts: Mapping[str, int], most: int) -> Iterator[BarPart]:
    start = 0.0
    for key, count in counts.items():
        if count:
            share = 100 * count / most
            yield BarPart(key, count, start, share)
            start += share
