"""The picture of a run: a bar for each chapter, its parts as long as the counts."""

from html import escape

from vger_guide.checks.outcomes import Run
from vger_guide.reports.text import shown
from vger_guide.reports.words import HEADINGS, chapters, counted

ROW = 50
BAR = 20
# A part that is narrower has no room for its number, in percent.
ROOM = 8


def picture(run: Run) -> str:
    """Return inline SVG, whose colours come from the classes of the counts; widths are in percent of its own."""
    parts = chapters(run)
    most = max((len(part.results) for part in parts.values()), default=1)
    bars = "".join(_bar(name, part, most, i * ROW) for i, (name, part) in enumerate(parts.items()))
    words = "; ".join(f"{name}: {counted(part)}" for name, part in parts.items())
    return (
        f'<svg class="picture" width="100%" height="{ROW * len(parts)}" role="img" aria-labelledby="p-title p-desc">'
        f'<title id="p-title">Outcomes by chapter</title><desc id="p-desc">{escape(shown(words))}</desc>{bars}</svg>'
    )


def _bar(name: str, part: Run, most: int, top: int) -> str:
    pieces, start = [f'<text class="name" x="0" y="{top + 18}">{escape(shown(name))}</text>'], 0.0
    for key, count in part.counts.items():
        if count:
            share = 100 * count / most
            pieces.append(_piece(key, count, start, share, top + 25))
            start += share
    return "".join(pieces)


def _piece(key: str, count: int, start: float, share: float, top: int) -> str:
    rect = f'<rect class="{key}" x="{start:.2f}%" y="{top}" width="{share:.2f}%" height="{BAR}"/>'
    if share < ROOM:
        return rect
    return f'{rect}<text class="on" x="{start + share / 2:.2f}%" y="{top + 15}">{count:,}</text>'


def legend() -> str:
    """Return what the colours stand for."""
    items = "".join(f"<li>{_square(key)} {heading}</li>" for key, heading in HEADINGS.items())
    return f'<ul class="legend">{items}</ul>'


def _square(key: str) -> str:
    return f'<svg width="12" height="12" aria-hidden="true"><rect class="{key}" width="12" height="12"/></svg>'
