"""The picture of a run or a review: a bar for each chapter, its parts as long as the counts."""

from collections.abc import Mapping
from html import escape

from vger_guide.checks.results import Run
from vger_guide.output.runs.summary import HEADINGS, format_counts, split_chapters
from vger_guide.text.sanitize import escape_invisible

ROW = 50
BAR = 20
# A part that is narrower has no room for its number, in percent.
ROOM = 8


def draw_run(run: Run) -> str:
    """Return the outcomes of a run by chapter."""
    parts = split_chapters(run)
    words = "; ".join(f"{name}: {format_counts(part)}" for name, part in parts.items())
    return draw_bars("p", "Outcomes by chapter", words, {name: part.counts for name, part in parts.items()})


def draw_bars(id_: str, title: str, words: str, rows: Mapping[str, Mapping[str, int]]) -> str:
    """Return inline SVG, whose colours come from the classes that the counts of its rows are named by.

    Widths are in percent of its own; `words` say the same, and `id_` begins the ids that it takes in the page.
    """
    most = max((sum(counts.values()) for counts in rows.values()), default=0) or 1
    drawn = "".join(_bar(name, counts, most, i * ROW) for i, (name, counts) in enumerate(rows.items()))
    return (
        f'<svg class="picture" width="100%" height="{ROW * len(rows)}" role="img" '
        f'aria-labelledby="{id_}-title {id_}-desc"><title id="{id_}-title">{escape(escape_invisible(title))}</title>'
        f'<desc id="{id_}-desc">{escape(escape_invisible(words))}</desc>{drawn}</svg>'
    )


def _bar(name: str, counts: Mapping[str, int], most: int, top: int) -> str:
    pieces, start = [f'<text class="name" x="0" y="{top + 18}">{escape(escape_invisible(name))}</text>'], 0.0
    for key, count in counts.items():
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


def draw_legend(headings: Mapping[str, str] = HEADINGS) -> str:
    """Return the legend of the colours: words by classes."""
    items = "".join(f"<li>{_square(key)} {heading}</li>" for key, heading in headings.items())
    return f'<ul class="legend">{items}</ul>'


def _square(key: str) -> str:
    return f'<svg width="12" height="12" aria-hidden="true"><rect class="{key}" width="12" height="12"/></svg>'
