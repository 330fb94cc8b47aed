"""The picture of the verdicts: half a radar with square rings, so that names can be read.

Its middle is above; each verdict is a ring around the warmer ones. It is drawn twice: wide, with a column a table, and
narrow, for a phone, with the tables of a ring below one another. Options without a verdict, where there are any, stand
apart, on a shelf below the rings.
"""

from collections.abc import Callable
from itertools import groupby

from macros.lettering import wrap
from macros.rings import SMALL, SMALL_LINE, Blip, Chart, Label, Ring, Text, foot, outline, stack
from vger_guide.catalog.catalog import Catalog
from vger_guide.catalog.tables import Option, Table, Verdict

WIDE, NARROW = 1100, 358  # a phone of 390 leaves that to the text
COLUMN = 120  # the least width of a column: a guide of many tables has a wider picture
CAP, STRIP = 206, 42  # the room for a verdict: at the left of a wide ring, at the top of a narrow one
WIDE_ARM, NARROW_ARM = 8, 4  # how much of a ring is seen beside the one that it encloses
INSET = 8  # above and below what stands in a ring
EMPTY = 66  # the least height of a wide ring
SHELF = 14  # the gap above the shelf

Rings = dict[Verdict | None, list[Blip]]


def verdict_picture(catalog: Catalog) -> dict[str, object]:
    """Return the data of radar.html: both drawings, the same by verdict for the text, and the edition of the moves."""
    edition = catalog.guide.source_edition
    blips = [_blip(table, option, edition) for table, option in catalog.options.values()]
    shown = (*Verdict, None) if has_unjudged(catalog) else (*Verdict,)
    rings: Rings = {verdict: [b for b in blips if b.option.verdict == verdict] for verdict in shown}
    charts = [_Wide([*catalog.tables.values()]).chart(rings), _Narrow().chart(rings)]
    return {"charts": charts, "rings": rings, "edition": edition, "without_verdict": None in rings}


def has_unjudged(catalog: Catalog) -> bool:
    """Return whether some row has no verdict."""
    return any(option.verdict is None for _, option in catalog.options.values())


def _blip(table: Table, option: Option, edition: str) -> Blip:
    before = [entry.verdict for entry in option.verdicts if entry.since <= edition.replace(".", "-")]
    return Blip(table, option, option.direction(edition), before[-1] if before else None)


def _around(rings: Rings, top: int, draw: Callable[[Verdict | None, list[Blip], int], Ring]) -> list[Ring]:
    """Return the rings one around the other, and the shelf below them."""
    drawn: list[Ring] = []
    for verdict, blips in rings.items():
        y = drawn[-1].foot if drawn else top
        drawn.append(draw(verdict, blips, y if verdict else y + SHELF))
    return drawn


class _Wide:
    """Lays out the drawing with a column a table."""

    def __init__(self, tables: list[Table]) -> None:
        self.side = WIDE_ARM * (len(Verdict) - 1)
        count = max(len(tables), 1)
        self.column = max(COLUMN, (WIDE - CAP - 2 * self.side) // count)
        self.width = CAP + self.column * count + 2 * self.side
        self.columns = {table.id: self.side + CAP + i * self.column for i, table in enumerate(tables)}
        self.titles = [wrap(table.title, self.column - 2 * INSET, SMALL) for table in tables]
        self.top = SMALL_LINE * max(map(len, self.titles), default=0) + INSET

    def chart(self, rings: Rings) -> Chart:
        columns = [*self.columns.values()]
        heads = [self._head(x, lines) for x, lines in zip(columns, self.titles, strict=True)]
        return Chart("wide", self.width, self.side, _around(rings, self.top, self._ring), columns, heads)

    def _ring(self, verdict: Verdict | None, blips: list[Blip], y: int) -> Ring:
        labels: list[Label] = []
        for table, x in self.columns.items():
            own = [blip for blip in blips if blip.table.id == table]
            labels += stack(own, x, y + INSET, self.column)
        end = max(y + EMPTY, foot(labels, y) + INSET)
        return Ring(verdict, y, end, outline(verdict, self.width, WIDE_ARM, self.top, y, end), labels)

    def _head(self, x: int, lines: list[str]) -> Text:
        """Return the title of a table, which ends just above the first ring."""
        return Text(x + INSET, self.top - INSET - SMALL_LINE * (len(lines) - 1), lines)


class _Narrow:
    """Lays out the drawing for a phone: a ring has its tables below one another, and two names beside one another."""

    side = NARROW_ARM * (len(Verdict) - 1)
    column = (NARROW - 2 * side) // 2

    def chart(self, rings: Rings) -> Chart:
        return Chart("narrow", NARROW, self.side, _around(rings, 0, self._ring))

    def _ring(self, verdict: Verdict | None, blips: list[Blip], y: int) -> Ring:
        labels: list[Label] = []
        titles: list[Text] = []
        end = y + STRIP
        for _, group in groupby(blips, lambda blip: blip.table.id):
            own = list(group)
            titles.append(self._title(own[0].table.title, end + INSET + SMALL))
            labels += self._pairs(own, end + INSET + titles[-1].height)
            end = foot(labels, end)
        end += INSET
        return Ring(verdict, y, end, outline(verdict, NARROW, NARROW_ARM, 0, y, end), labels, titles)

    def _title(self, title: str, y: int) -> Text:
        return Text(self.side + INSET, y, wrap(title, 2 * self.column - 2 * INSET, SMALL))

    def _pairs(self, blips: list[Blip], y: int) -> list[Label]:
        labels: list[Label] = []
        for i in range(0, len(blips), 2):
            top = foot(labels, y)
            labels += [
                Label(blip, self.side + n * self.column, top, self.column) for n, blip in enumerate(blips[i : i + 2])
            ]
        return labels
