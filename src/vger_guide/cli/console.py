"""How results are written: tables for people at a terminal, plain lines elsewhere, JSON and CSV for programs."""

import io
import json
import os
import sys
import textwrap
from collections.abc import Sequence
from typing import Any

import click

from vger_guide.text.sanitize import escape_commands, escape_controls

WIDTH = 80  # characters of a line of running text
MIN_WIDTH = 20
MAX_WIDTH = 100  # on a terminal that is wider: longer lines are hard to read


def prepare() -> None:
    """Make the standard streams safe to write any text to: what they have no code for is written as an escape."""
    if sys.stdout is None:  # closed by the caller
        sys.stdout = io.TextIOWrapper(io.BytesIO())
    if sys.stderr is None:
        sys.stderr = sys.stdout
    for stream in (sys.stdout, sys.stderr):
        if not stream.isatty():
            # The same bytes on every machine, whatever its locale.
            stream.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]


def is_decorated() -> bool:
    """Return whether colours and the like are wanted: on a terminal, without NO_COLOR (https://no-color.org)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def say(text: str) -> None:
    """Write lines of text to the standard output."""
    write(escape_controls(text))


def write(text: str) -> None:
    """Write lines that hold no foreign control characters, such as those of `fold`; none becomes a log's command."""
    sys.stdout.write(escape_commands(text) + "\n")


def write_document(text: str) -> None:
    """Write a text of a format that programs read, as it is."""
    sys.stdout.write(text)


def complain(text: str) -> None:
    """Write lines of text to the standard error; where it cannot be written to, the exit code has to say it."""
    try:
        sys.stderr.write(escape_commands(escape_controls(text)) + "\n")
        sys.stderr.flush()
    except OSError:
        # Python writes what is left at the end of the process, and would fail again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)


def format_heading(text: str) -> str:
    """Return a line that stands out where it can."""
    return click.style(escape_controls(text), bold=True) if is_decorated() else escape_controls(text)


def format_styled(text: str, colour: str) -> str:
    """Return a word in a colour where colours are wanted."""
    return click.style(escape_controls(text), fg=colour, bold=True) if is_decorated() else escape_controls(text)


def format_link(text: str, address: str) -> str:
    """Return a text that leads to a web address, on terminals that know OSC 8 (and others pass over it)."""
    if not is_decorated() or not address.isascii() or not address.isprintable():
        return escape_controls(text)
    return f"\x1b]8;;{address}\x1b\\{escape_controls(text)}\x1b]8;;\x1b\\"


def fold(text: str, first: str = "", rest: str = "") -> str:
    """Return running text in lines, the first of them behind `first` and the others behind `rest`."""
    return textwrap.fill(
        escape_controls(text),
        _columns(),
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _columns() -> int:
    if not is_decorated():
        return WIDTH
    return max(MIN_WIDTH, min(os.get_terminal_size().columns or WIDTH, MAX_WIDTH))


def write_table(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Write rows as a table; into a pipe without title and heads, so that every line is a row."""
    lines = [[escape_controls(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    if is_decorated() and lines:
        from vger_guide.cli.rich_table import draw_table  # noqa: PLC0415 - it imports Rich

        if not draw_table(title, heads, lines, widths):
            _blocks(title, lines)
        return
    for line in lines:
        write("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


def _blocks(title: str, lines: list[list[str]]) -> None:
    """Write rows below one another, for a terminal that is too narrow for columns: no text is cut there."""
    write(format_heading(fold(title)))
    for *cells, last in lines:
        write("")
        write(format_heading(fold("  ".join(cells))))
        if last:
            write(fold(last, "  ", "  "))


def write_json(data: Any) -> None:
    """Write data as JSON, its keys in their own order."""
    write_document(json.dumps(data, indent=2, ensure_ascii=False) + "\n")
