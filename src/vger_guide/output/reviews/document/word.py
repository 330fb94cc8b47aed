"""Lays a document out for Word: Office Open XML, ECMA-376 part 1, WordprocessingML, from the templates of `word/`.

Every text stands in them escaped. The archive has no clock in it.
"""

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from vger_guide.output.html import render
from vger_guide.output.reviews.document.blocks import (
    Block,
    Facts,
    Heading,
    Line,
    Paragraph,
    PrintDocument,
    TableBlock,
    prose,
)

# In twentieths of a point: A4, and its margins at the sides.
PAGE = (11906, 16838)
MARGIN = 1134
# Of a bar: the columns of the table that it is made of.
UNITS = 60
TONES = {"failed": "FBE3E1", "waiting": "FFF1D6", "clear": "E3F1DD"}
COLOURS = {
    "met": {"fill": "2E6B1F", "ink": "FFFFFF"},
    "partial": {"fill": "E0A84E", "ink": "1D1D1F"},
    "not_met": {"fill": "B3261E", "ink": "FFFFFF"},
    "unanswered": {"fill": "C9CCD1", "ink": "1D1D1F"},
    "not_applicable": {"fill": "E9EAEC", "ink": "1D1D1F"},
}
PARTS = {
    "[Content_Types].xml": "content-types.xml",
    "_rels/.rels": "package.rels",
    "docProps/core.xml": "core.xml",
    "word/document.xml": "document.xml",
    "word/_rels/document.xml.rels": "document.rels",
    "word/styles.xml": "styles.xml",
    "word/settings.xml": "settings.xml",
    "word/header.xml": "header.xml",
    "word/footer.xml": "footer.xml",
}


def write_document(document: PrintDocument, updated: datetime) -> bytes:
    """Return the file; `updated` is what it says about its age."""
    page = PAGE[::-1] if document.across else PAGE
    values = {
        "document": document,
        "moment": updated.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "links": {address: f"link{at}" for at, address in enumerate(sorted(set(_list_links(document.blocks))))},
        "page": page,
        "MARGIN": MARGIN,
        "UNITS": UNITS,
        "tones": TONES,
        "colours": COLOURS,
        "prose": prose,
        "share": lambda widths: share(page[0] - 2 * MARGIN, widths),
        "split": split,
    }
    return _zip({name: render(f"word/{template}", **values).strip().encode() for name, template in PARTS.items()})


def share(width: int, parts: Sequence[int]) -> list[int]:
    """Return a width shared among columns in proportion."""
    return [width * part // sum(parts) for part in parts]


def split(counts: Mapping[str, int]) -> list[tuple[str, int, int]]:
    """Return the parts of a bar with their counts and columns; a part that is there has a column at least."""
    shown = {key: count for key, count in counts.items() if count}
    spans = {key: max(1, UNITS * count // sum(shown.values())) for key, count in shown.items()}
    if spans:
        spans[max(spans, key=lambda key: spans[key])] += UNITS - sum(spans.values())
    return [(key, shown[key], span) for key, span in spans.items()]


def _list_links(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        for line in _list_lines(block):
            yield from (run.link for run in line if run.link)


def _list_lines(block: Block) -> Iterator[Line]:
    match block:
        case Heading():
            yield block.line
        case Paragraph():
            yield from block.lines
        case Facts():
            yield from (line for _, lines in block.rows for line in lines)
        case TableBlock():
            yield from (line for row in block.rows for cell in row for line in cell.lines)


def _zip(parts: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
