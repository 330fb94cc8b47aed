"""What changed between editions, as pages show it: each pair of editions, the history of a rule, moves of verdicts."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from vger_guide.catalog.catalog import Catalog
from vger_guide.catalog.changes import RuleChange
from vger_guide.catalog.tables import Verdict
from vger_guide.editions.compare import Comparison, compare, pairs

PAGE = "about/changes.md"
# Of the picture of a move, in its own unit: between the verdicts, and the height of its arrow.
GAP = 26
ARROW = 24
# A place for rows without a verdict, then the verdicts from the coldest to the warmest.
SCALE: list[Verdict | None] = [None, *reversed(Verdict)]


@dataclass(frozen=True)
class Event:
    """Something that happened to a rule: the edition it came with, where that is told, and the change."""

    edition: str
    place: str
    change: RuleChange


def comparisons(catalog: Catalog) -> list[Comparison]:
    """Return the comparison of every two editions, the newest first."""
    return [compare(catalog, old, new) for old, new in pairs(catalog)]


def anchor(old: str, new: str, id_: str = "") -> str:
    """Return the anchor of a comparison on the page, or of what it says of a rule or a row."""
    pair = f"from-{old}-to-{new}".replace(".", "-")
    return f"{pair}-{id_.lower()}" if id_ else pair


def events(catalog: Catalog, rule_id: str) -> list[Event]:
    """Return the events of a rule since the first edition, and of others that came into it, newest first."""
    return list(_events(catalog, rule_id))[::-1]


def _events(catalog: Catalog, rule_id: str) -> Iterator[Event]:
    for old, new in pairwise(catalog.timeline):
        for change in catalog.changes_to(new).rules:
            if rule_id in (change.id, *change.into):
                yield Event(new, f"{PAGE}#{anchor(old, new, change.id)}", change)


@dataclass(frozen=True)
class Spot:
    """A verdict on the scale of a picture, by its distance from the left."""

    verdict: Verdict | None
    x: int


@dataclass(frozen=True)
class Move:
    """A picture of a move from one verdict to another: the scale, and an arc between two of its places."""

    spots: list[Spot]
    start: int
    end: int

    @property
    def width(self) -> int:
        """The width of the picture."""
        return GAP * len(self.spots)

    @property
    def arc(self) -> str:
        """The path of the arrow, above the scale."""
        return f"M{self.start} {ARROW}Q{(self.start + self.end) // 2} -6 {self.end} {ARROW - 2}"

    @property
    def head(self) -> str:
        """The path of the arrow's head."""
        side = 1 if self.end > self.start else -1
        return f"M{self.end - 6 * side} {ARROW - 7}L{self.end} {ARROW - 2}L{self.end + 1 * side} {ARROW - 10}"


def move(old: Verdict | None, new: Verdict | None) -> Move:
    """Return the picture of a move."""
    spots = [Spot(verdict, GAP // 2 + GAP * i) for i, verdict in enumerate(SCALE)]
    at = {spot.verdict: spot.x for spot in spots}
    return Move(spots, at[old], at[new])
