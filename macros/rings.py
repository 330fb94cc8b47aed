"""What the picture of the verdicts is made of: rings, and labels as high as their names need.

Lengths are in units of the view box: CSS pixels, where a drawing is shown in its own size.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from macros.lettering import wrap
from vger_guide.catalog.tables import Direction, Option, Table, Verdict

NAME, SMALL = 15, 13  # sizes of type
LINE, SMALL_LINE = 18, 16  # from one line to the next
MARK = 20  # the shape before a name, with the space behind it
PAD = 6  # on each side of a name: what can be hit is at least 30 high


@dataclass(frozen=True)
class Blip:
    """An option of a table, where it moved since an edition, and the verdict it had then."""

    table: Table
    option: Option
    direction: Direction
    before: Verdict | None

    @property
    def moves(self) -> list[str]:
        """The move in words, and what the verdict was; empty where there was no move."""
        if self.direction is Direction.SAME:
            return []
        if self.direction is Direction.NEW:
            return [self.direction.value]
        return [self.direction.value, f"was {self.before.word}" if self.before else "had no verdict"]


@dataclass(frozen=True)
class Text:
    """Lines of text; `x` and `y` are where the base line of the first begins, `step` leads from one to the next."""

    x: int
    y: int
    lines: list[str]
    step: int = SMALL_LINE

    @property
    def height(self) -> int:
        """The height of the lines."""
        return self.step * len(self.lines)


@dataclass(frozen=True)
class Label:
    """A blip in its place; `x` and `y` are the top left of what can be hit."""

    blip: Blip
    x: int
    y: int
    width: int

    @cached_property
    def name(self) -> Text:
        """The name as it breaks."""
        lines = wrap(self.blip.option.name, self.width - MARK - 2 * PAD, NAME)
        return Text(self.x + PAD + MARK, self.y + PAD + LINE - 4, lines, LINE)

    @cached_property
    def remark(self) -> Text:
        """The move as it breaks, below the name."""
        lines = [line for words in self.blip.moves for line in wrap(words, self.width - MARK - 2 * PAD, SMALL)]
        return Text(self.name.x, self.name.y + self.name.height - 1, lines)

    @property
    def foot(self) -> int:
        """Where the next label may begin."""
        return self.y + 2 * PAD + self.name.height + self.remark.height


def stack(blips: Iterable[Blip], x: int, y: int, width: int) -> list[Label]:
    """Return labels one below the other."""
    labels: list[Label] = []
    for blip in blips:
        labels.append(Label(blip, x, foot(labels[-1:], y), width))
    return labels


def foot(labels: Iterable[Label], top: int) -> int:
    """Return where the lowest of some labels ends: at `top` where there are none."""
    return max((label.foot for label in labels), default=top)


@dataclass(frozen=True)
class Ring:
    """A verdict, or none, with its labels between `y` and `foot`; `shape` is the outline of all that it encloses."""

    verdict: Verdict | None
    y: int
    foot: int
    shape: str
    labels: list[Label]
    titles: list[Text] = field(default_factory=list)


@dataclass(frozen=True)
class Chart:
    """One drawing: its rings from the middle outwards; one with columns has their left edges and their heads."""

    name: str
    width: int
    side: int
    rings: list[Ring]
    columns: list[int] = field(default_factory=list)
    heads: list[Text] = field(default_factory=list)

    @property
    def height(self) -> int:
        """The height of the drawing."""
        return self.rings[-1].foot + 1


def outline(verdict: Verdict | None, width: int, arm: int, top: int, y: int, foot: int) -> str:
    """Return the path of a ring, `arm` around the one before it and open above; of the shelf, where there is none."""
    if verdict is None:
        return _box(0, width, y, foot, 8)
    inner = [*Verdict].index(verdict)
    side = arm * (len(Verdict) - 1 - inner)
    return _box(side, width - side, top, foot, 8 + arm * inner)


def _box(left: int, right: int, top: int, foot: int, radius: int) -> str:
    turn = f"a{radius} {radius} 0 0 1"
    return f"M{left} {top}H{right}V{foot - radius}{turn} {-radius} {radius}H{left + radius}{turn} {-radius} {-radius}Z"
