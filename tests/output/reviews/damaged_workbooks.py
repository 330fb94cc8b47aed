"""Workbooks that are damaged or made to do harm: good ones of which parts were changed. Command and page get them."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator

from tests.soak import often

SHEET = "xl/worksheets/sheet2.xml"
STRINGS = "xl/sharedStrings.xml"
STYLES = "xl/styles.xml"
DOCTYPE = b'<!DOCTYPE a [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;">]>'
OUTSIDE = b'<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
Change = Callable[[bytes], bytes]


def change_parts(data: bytes, changes: dict[str, Change]) -> bytes:
    """Return the workbook with some of its parts changed, or added where it has none of the name."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        parts = {part.filename: old.read(part) for part in old.infolist()}
        for name in [*parts, *(changes.keys() - parts.keys())]:
            new.writestr(name, changes.get(name, bytes)(parts.get(name, b"")))
    return file.getvalue()


def _in(mark: bytes, more: bytes) -> Change:
    return lambda part: part.replace(mark, mark + more, 1)


def _rows(first: int, last: int) -> bytes:
    return b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(first, last))


def _tags(tag: bytes, times: int) -> Change:
    return lambda _: b'<a xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' + tag * times + b"</a>"


FORMULA = b'<row><c r="A1"><f t="shared" si="0" ref="A1:A9">' + b"A1+" * 2_600 + b"1</f></c></row>"
HARM: dict[str, tuple[dict[str, Change], str]] = {
    "entities": ({SHEET: _in(b'standalone="yes"?>', DOCTYPE)}, "a document type"),
    "entities in the strings": ({STRINGS: _in(b'standalone="yes"?>', DOCTYPE)}, "a document type"),
    "entities in a part of another name": ({"xl/a.bin": lambda _: OUTSIDE + b"<a>&a;</a>"}, "a document type"),
    "entities in UTF-16": ({"xl/a.xml": lambda _: (OUTSIDE + b"<a/>").decode().encode("utf-16")}, "a document type"),
    "more unpacked than is allowed": ({"xl/media/a.png": lambda _: bytes(110_000_000)}, "bytes packed in it"),
    "more parts than are allowed": ({f"xl/{n}.xml": bytes for n in range(2_001)}, "parts or"),
    "rows beyond the end": ({SHEET: _in(b"<sheetData>", _rows(1_048_000, 1_048_576))}, "A1048000, beyond row 20,000"),
    "millions of cells": ({SHEET: _tags(b"<row><c/><c/><c/></row>", 600_000)}, "too many cells"),
    "millions of strings": ({STRINGS: _tags(b"<si><t>a</t></si>", 900_000)}, "too many cells"),
    "many styles": ({STYLES: _tags(b"<xf/>", 200_000)}, "too many cells or other parts"),
    "elements in one another": ({SHEET: lambda _: b"<a>" * 2_000_000}, "too many"),
    "a long text": ({STRINGS: _tags(b"<si><t>" + b"\n" * 1_100_000 + b"</t></si>", 1)}, "a text of more than"),
    "a long formula": ({SHEET: _in(b"<sheetData>", FORMULA.replace(b"A1+", b"A1+A1+"))}, "a formula of more than"),
    "a formula many times": (
        {SHEET: _in(b"<sheetData>", FORMULA + b'<row><c><f t="shared" si="0"/></c></row>' * 400)},
        "too many formulas",
    ),
    "a long tag": ({SHEET: lambda _: b"<a " + b" ".join(b'a%d=""' % n for n in range(2_000_000)) + b"/>"}, "one piece"),
    "many attributes": ({SHEET: lambda _: b"<a " + b" ".join(b'a%d=""' % n for n in range(9_999)) + b"/>"}, "9,999"),
    "macros": ({"xl/vbaProject.bin": lambda _: b"\xd0\xcf"}, "macros"),
    "links to other files": ({"xl/externalLinks/externalLink1.xml": lambda _: b"<a/>"}, "links to other files"),
    "connections": ({"xl/connections.xml": lambda _: b"<a/>"}, "connections"),
}


GAP = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    b'<row><c t="str"><v>Rule</v></c><c t="str"><v>Answer</v></c></row>'
    b'<row r="20000"><c><v>1</v></c></row></sheetData></worksheet>'
)


def _many_sheets(part: bytes) -> bytes:
    sheets = b"".join(b'<sheet name="s%d" sheetId="%d" r:id="rId2"/>' % (n, n) for n in range(1, 75 * PART))
    part = re.sub(rb"(<sheets>).*(</sheets>)", rb"\1" + sheets + rb"\2", part)
    return re.sub(rb"<definedNames>.*</definedNames>", b"", part)


# Just below the limits, where all of it is read.
# Just below the limits, where all of it is read; a quarter of that, in a quarter of the time, but for the nightly run.
PART = often(1, 4)
HEAVY: dict[str, dict[str, Change]] = {
    "cells": {SHEET: _tags(b"<sheetData><row>" + b"<c><v>1</v></c>" * 300 + b"</row></sheetData>", 400 * PART)},
    "strings": {STRINGS: _in(b"<si>", b"<t>a</t></si><si>" * 120_000 * PART)},
    "styles": {STYLES: lambda part: re.sub(rb"(<cellXfs[^>]*>)", rb"\1" + b'<xf numFmtId="0"/>' * 35_000 * PART, part)},
    "rows that are not there in each of many sheets": {SHEET: lambda _: GAP, "xl/workbook.xml": _many_sheets},
}

# What a part may hold in place of what belongs there, and files that are no workbook.
PARTS = ["[Content_Types].xml", "xl/workbook.xml", STRINGS, STYLES, SHEET]
CONTENTS = [b"", b"<a/>", b"<a>", b"\xff\xfe", b"null"]
NO_WORKBOOKS = [b"", b"no workbook", b"PK\3\4", b"a;b\n", bytes(1_000)]
OLD = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(500)


def _holds(data: bytes) -> Change:
    return lambda _: data


def list_damaged(whole: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the files that stand above, made of a good workbook, by what is wrong with them; the large ones last."""
    yield from ((f"no workbook: {data[:20]!r}", data) for data in NO_WORKBOOKS)
    yield "an old workbook", OLD
    for part in PARTS:
        yield from ((f"{part} holds {data!r}", change_parts(whole, {part: _holds(data)})) for data in CONTENTS)
    yield from ((name, change_parts(whole, changes)) for name, (changes, _) in HARM.items())
    yield from ((name, change_parts(whole, changes)) for name, changes in HEAVY.items())
