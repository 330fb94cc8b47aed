"""Lays a document out as a PDF with bookmarks and tags (PDF/UA-1, ISO 14289-1) by Typst, which brings its fonts."""

import json
import re
from dataclasses import asdict
from datetime import datetime
from typing import Any

from vger_guide.errors import UserError
from vger_guide.output.html import TEMPLATES
from vger_guide.output.reviews.document.blocks import Paragraph, PrintDocument, TextRun

TEMPLATE = "review.typ"
# What the fonts have no letter for. They have Latin, Greek and Cyrillic letters, signs, arrows and boxes.
UNKNOWN = re.compile(
    "[^ -\u04ff\u1e00-\u2040\u2044-\u2052\u2054-\u211e\u2126-\u2151\u2190-\u23ff\u2460-\u2606\u2610-\u262f]"
)
PLACEHOLDER = "\u25a1"
LACKING = f"{PLACEHOLDER} stands for letters that the fonts of this file lack; the Word and web forms have them."
NOT_INSTALLED = (
    "a PDF is written by Typst, which is not installed; install it by `pip install typst`, or export `docx` or `html`"
)


def write_document(document: PrintDocument, updated: datetime) -> bytes:
    """Return the file. Raises UserError where Typst is not installed.

    What the fonts of Typst have no letter for is looked up in those of the system; where those have none either, a box
    stands for it, and the first page says so.
    """
    data = asdict(document)
    if not UNKNOWN.search(json.dumps(data, ensure_ascii=False)):
        return _compile(data, updated)
    try:
        return _compile(data, updated, with_system_fonts=True)
    except RuntimeError:  # Typst's own: PDF/UA allows no letter that cannot be shown.
        return _compile(_replace_unknown(data), updated)


def _replace_unknown(data: dict[str, Any]) -> dict[str, Any]:
    """Return the document with a box for each letter that has none, and a note of that before all else."""
    known = json.loads(UNKNOWN.sub(PLACEHOLDER, json.dumps(data, ensure_ascii=False)))
    return {**known, "blocks": [asdict(Paragraph([[TextRun(LACKING)]], "note")), *known["blocks"]]}


def _compile(data: dict[str, Any], updated: datetime, *, with_system_fonts: bool = False) -> bytes:
    try:
        import typst  # noqa: PLC0415 - an extra that need not be installed
    except ImportError:
        raise UserError(NOT_INSTALLED) from None
    made: bytes = typst.compile(
        (TEMPLATES / TEMPLATE).read_bytes(),
        format="pdf",
        sys_inputs={"document": json.dumps(data, ensure_ascii=False)},
        ignore_system_fonts=not with_system_fonts,
        pdf_standards="ua-1",
        timestamp=updated,
    )
    return made
