"""The blocks that a document is made of, without a word of how any program lays them out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vger_guide.text.sanitize import escape_invisible, split_code


@dataclass(frozen=True)
class TextRun:
    """A piece of a line in one style, `code` or `strong` or none; with `link` it leads to a web address."""

    text: str
    style: str = ""
    link: str = ""


Line = Sequence[TextRun]


@dataclass(frozen=True)
class Cell:
    """A cell of a table. The tone is how it looks, such as `failed`; its words say the same."""

    lines: Sequence[Line]
    tone: str = ""


@dataclass(frozen=True)
class Heading:
    """A heading of a level from 1 to 3; a new page begins with those that say so."""

    level: int
    line: Line
    breaks: bool = False
    kind: str = "heading"


@dataclass(frozen=True)
class Paragraph:
    """A paragraph: plain, `lead` for what is to be read first, or `note` for what stands in small letters."""

    lines: Sequence[Line]
    style: str = ""
    kind: str = "paragraph"


@dataclass(frozen=True)
class Facts:
    """Names and what is said of each."""

    rows: Sequence[tuple[str, Sequence[Line]]]
    kind: str = "facts"


@dataclass(frozen=True)
class TableBlock:
    """A table; `widths` are relative. Its headings stand again at the head of each page."""

    headings: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    widths: Sequence[int]
    kind: str = "table"


@dataclass(frozen=True)
class Bars:
    """A bar for each name: counts by tone, whose words are in `legend`."""

    rows: Mapping[str, Mapping[str, int]]
    legend: Mapping[str, str]
    kind: str = "bars"


Block = Heading | Paragraph | Facts | TableBlock | Bars


@dataclass(frozen=True)
class PrintDocument:
    """A document: its title, what stands at the head of each page, and its blocks; across where tables are wide."""

    title: str
    subtitle: str
    head: str
    across: bool
    blocks: Sequence[Block]


def prose(text: str, style: str = "") -> list[TextRun]:
    """Return a text on one line, with `code` between backticks as code."""
    parts = enumerate(split_code(escape_invisible(text)))
    return [TextRun(part, "code" if at % 2 else style) for at, part in parts if part]
