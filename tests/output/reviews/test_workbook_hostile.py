"""Files that are no workbook, damaged ones, and those that somebody made to do harm: refused, and in little time."""

import io
import re
import time
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.output.reviews.workbooks import read
from tests.reviews import fixtures_reviews
from tests.soak import often
from vger_guide.catalog.catalog import Catalog
from vger_guide.output.reviews.formats import xlsx
from vger_guide.output.reviews.import_result import ImportRejectedError
from vger_guide.output.reviews.workbook.safe_open import MAX_BYTES
from vger_guide.reviews.context import ReviewContext

SHEET = "xl/worksheets/sheet2.xml"
STRINGS = "xl/sharedStrings.xml"
STYLES = "xl/styles.xml"
DOCTYPE = b'<!DOCTYPE a [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;">]>'
OUTSIDE = b'<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
SECONDS = 60  # of a processor
Change = Callable[[bytes], bytes]


@pytest.fixture(scope="module")
def half(catalog: Catalog) -> ReviewContext:
    """Return a review of one target."""
    return fixtures_reviews.filled(catalog, "half")


@pytest.fixture(scope="module")
def whole(half: ReviewContext) -> bytes:
    """Return its workbook."""
    return xlsx.write(half)


def _changed(data: bytes, changes: dict[str, Change]) -> bytes:
    """Return the workbook with some of its parts changed, or added where it has none of the name."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        parts = {part.filename: old.read(part) for part in old.infolist()}
        for name in [*parts, *(changes.keys() - parts.keys())]:
            new.writestr(name, changes.get(name, bytes)(parts.get(name, b"")))
    return file.getvalue()


def _refused(data: bytes, context: ReviewContext) -> str:
    began = time.process_time()
    with pytest.raises(ImportRejectedError) as refused:
        read(data, context)
    assert time.process_time() - began < SECONDS
    [problem] = refused.value.problems
    return problem


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


@pytest.mark.slow
@pytest.mark.parametrize("name", HARM)
def test_what_would_do_harm_is_refused_before_it_is_read(name: str, half: ReviewContext, whole: bytes) -> None:
    changes, why = HARM[name]
    problem = _refused(_changed(whole, changes), half)
    assert problem.startswith("The workbook has ")
    assert why in problem


GAP = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    b'<row><c t="str"><v>Rule</v></c><c t="str"><v>Answer</v></c></row>'
    b'<row r="20000"><c><v>1</v></c></row></sheetData></worksheet>'
)


def _many_sheets(part: bytes) -> bytes:
    sheets = b"".join(b'<sheet name="s%d" sheetId="%d" r:id="rId2"/>' % (n, n) for n in range(1, 75 * PART))
    part = re.sub(rb"(<sheets>).*(</sheets>)", rb"\1" + sheets + rb"\2", part)
    return re.sub(rb"<definedNames>.*</definedNames>", b"", part)


# Just below the limits, where all of it is read; a quarter of that, in a quarter of the time, but for the nightly run.
PART = often(1, 4)
HEAVY: dict[str, dict[str, Change]] = {
    "cells": {SHEET: _tags(b"<sheetData><row>" + b"<c><v>1</v></c>" * 300 + b"</row></sheetData>", 400 * PART)},
    "strings": {STRINGS: _in(b"<si>", b"<t>a</t></si><si>" * 120_000 * PART)},
    "styles": {STYLES: lambda part: re.sub(rb"(<cellXfs[^>]*>)", rb"\1" + b'<xf numFmtId="0"/>' * 35_000 * PART, part)},
    "rows that are not there in each of many sheets": {SHEET: lambda _: GAP, "xl/workbook.xml": _many_sheets},
}


@pytest.mark.slow
@pytest.mark.parametrize("name", HEAVY)
def test_what_is_within_the_limits_is_read_in_bounded_time(name: str, half: ReviewContext, whole: bytes) -> None:
    data = _changed(whole, HEAVY[name])
    began = time.process_time()
    try:
        assert read(data, half).review == half.review
    except ImportRejectedError as refused:
        assert not refused.problems[0].startswith("The workbook has "), "it is not within the limits"
    assert time.process_time() - began < SECONDS * PART / 4


def test_a_file_that_is_too_large_is_not_opened(half: ReviewContext) -> None:
    assert "a workbook may have 30,000,000" in _refused(bytes(MAX_BYTES + 1), half)


@pytest.mark.parametrize("data", [b"", b"no workbook", b"PK\3\4", b"a;b\n", bytes(1_000)], ids=repr)
def test_what_is_no_workbook_is_called_so(data: bytes, half: ReviewContext) -> None:
    assert _refused(data, half).startswith("The file is no workbook (.xlsx) that can be read: ")


def test_an_old_workbook_and_one_with_a_password_say_what_to_do(half: ReviewContext) -> None:
    assert "save it as .xlsx without a password" in _refused(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(500), half)


def test_a_workbook_that_is_no_review_is_refused(half: ReviewContext) -> None:
    from openpyxl import Workbook

    file = io.BytesIO()
    Workbook().save(file)
    assert _refused(file.getvalue(), half) == "No sheet of the workbook has a row with the headings Rule and Answer"


@pytest.mark.parametrize("name", ["[Content_Types].xml", "xl/workbook.xml", STRINGS, STYLES, SHEET])
@pytest.mark.parametrize("content", [b"", b"<a/>", b"<a>", b"\xff\xfe", b"null"], ids=repr)
def test_a_part_that_holds_something_else_is_an_error_or_changes_nothing(
    name: str, content: bytes, half: ReviewContext, whole: bytes
) -> None:
    data = _changed(whole, {name: lambda _: content})
    try:
        review = read(data, half).review
    except ImportRejectedError as refused:
        assert refused.problems
    else:
        assert review == half.review


MARKS = [b"", b"<", b'"', b"/>", b"\0", b"9" * 400, b"&amp;", b"-1", b"\xff", b"1e999"]


@pytest.mark.slow
@settings(max_examples=often(30, 2000), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=st.data())
def test_a_damaged_part_is_refused_or_read(drawn: st.DataObject, half: ReviewContext, whole: bytes) -> None:
    """Damage of the file is mostly found by its checksums; this is done inside of it."""
    names = zipfile.ZipFile(io.BytesIO(whole)).namelist()
    name = drawn.draw(st.sampled_from([SHEET, STRINGS, *names]))

    def damaged(part: bytes) -> bytes:
        at = drawn.draw(st.integers(0, max(len(part) - 1, 0)))
        more = drawn.draw(st.sampled_from(MARKS))
        return part[:at] + more + part[at + drawn.draw(st.integers(0, 40)) :]

    try:
        review = read(_changed(whole, {name: damaged}), half).review
    except ImportRejectedError as refused:
        assert all(refused.problems)
    else:
        assert ReviewContext(half.catalog, review, half.today).rules == half.rules


@pytest.mark.slow
@settings(max_examples=often(30, 2000), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.integers(0, 36_000), more=st.binary(max_size=8), cut=st.integers(0, 60))
def test_a_damaged_file_is_refused_or_read(at: int, more: bytes, cut: int, half: ReviewContext, whole: bytes) -> None:
    try:
        review = read(whole[:at] + more + whole[at + cut :], half).review
    except ImportRejectedError as refused:
        assert all(refused.problems)
    else:
        assert review == half.review
