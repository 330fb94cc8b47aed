"""Tables on a terminal, drawn by Rich."""

from collections.abc import Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from vger_guide.text.sanitize import escape_controls

NARROW = 24  # of a column, so that the last one has room for text; and the least of that one
GAP = 3  # between two columns
# How words look where colours are wanted. They are always words too.
STYLES = {
    "must": "bold",
    "critical": "bold red",
    "high": "red",
    "avoid": "red",
    "overdue": "bold red",
    "due": "yellow",
    "use": "green",
    "recommended": "green",
    "start-using": "green",
    "with-reservations": "yellow",
}


def draw_table(title: str, heads: Sequence[str], lines: Sequence[Sequence[str]], widths: Sequence[int]) -> bool:
    """Draw a table of lines of such widths, and return whether the terminal was wide enough; else nothing is drawn."""
    console = Console(highlight=False)
    taken = sum(max(len(head), min(width, NARROW)) + GAP for head, width in zip(heads[:-1], widths, strict=False))
    if console.width - taken < min(widths[-1], NARROW):
        return False
    drawn = Table(title=Text(escape_controls(title)), title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
    for head, width in zip(heads[:-1], widths, strict=False):
        drawn.add_column(Text(head), no_wrap=width <= NARROW, max_width=NARROW, overflow="fold")
    drawn.add_column(Text(heads[-1]), overflow="fold")
    for line in lines:
        drawn.add_row(*(Text(cell, style=STYLES.get(cell, "")) for cell in line))
    console.print(drawn)
    return True
