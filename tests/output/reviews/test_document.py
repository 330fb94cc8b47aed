"""The documents for a board, Word and PDF, read by programs of other people."""

import builtins
import io
from pathlib import Path
from typing import Any

import docx
import pytest
import typst
from docx.document import Document
from pypdf import PdfReader

from tests.reviews import fixtures_reviews
from tools.libreoffice import convert, find
from vger_guide.catalog.catalog import Catalog
from vger_guide.errors import UserError
from vger_guide.output.reviews.document import pdf
from vger_guide.output.reviews.formats import load_format
from vger_guide.output.reviews.results import headline, list_tables
from vger_guide.output.reviews.text import target_name, title_of, to_line
from vger_guide.reviews.context import ReviewContext
from vger_guide.reviews.models import Review, Selection

pytestmark = pytest.mark.slow


def _word(context: ReviewContext) -> Document:
    return docx.Document(io.BytesIO(fixtures_reviews.write(context, "docx")))


def _pdf(context: ReviewContext) -> PdfReader:
    return PdfReader(io.BytesIO(fixtures_reviews.write(context, "pdf")))


def _text(reader: PdfReader) -> str:
    return _joined("".join(page.extract_text() for page in reader.pages))


def _joined(text: str) -> str:
    """Return a text without spaces and marks of where a word may break: a line of a page ends with any."""
    return "".join(text.replace("\u200b", "").split())


def _tables(document: Document) -> list[list[str]]:
    """Return the headings of the tables that have some which stand again on each page."""
    repeated = document.element.xpath(".//w:tr[w:trPr/w:tblHeader]")
    return [["".join(cell.xpath(".//w:t/text()")) for cell in row.xpath("./w:tc")] for row in repeated]


def test_a_document_names_the_review_and_every_target_has_a_heading(context: ReviewContext) -> None:
    document = _word(context)
    assert document.core_properties.title == title_of(context)
    assert document.paragraphs[0].text == title_of(context)
    firsts = [each.text for each in document.paragraphs if each.style and each.style.name == "Heading 1"]
    names = [to_line(target_name(target)).replace("`", "") for target in context.review.targets]
    assert firsts == [*(["Results"] if context.is_answered else []), *names]


def test_the_results_come_first_and_the_headings_of_tables_stand_on_each_page(catalog: Catalog) -> None:
    context = fixtures_reviews.filled(catalog, "full")
    document = _word(context)
    assert headline(context) in [each.text for each in document.paragraphs[:4]]
    assert _tables(document)[:4] == [
        ["", "Web shop"],
        ["Rule, level, severity", "Web shop"],
        ["Level", "Critical", "High", "Medium", "Low"],
        ["Rule, level, severity", "Target", "Answered", "State", "Owner", "Due", "Approver, ticket"],
    ]
    second = [each.text for each in document.paragraphs if each.style and each.style.name == "Heading 2"]
    assert second[:6] == [table.title for table in list_tables(context)]


def test_what_people_typed_is_in_both_documents(catalog: Catalog) -> None:
    context = fixtures_reviews.filled(catalog, "full")
    cells = {cell.text for table in _word(context).tables for row in table.rows for cell in row.cells}
    comments = {answer.comment for by in context.review.answers.values() for answer in by.values() if answer.comment}
    assert comments
    shown = _text(_pdf(context))
    for comment in comments:
        assert any(to_line(comment) in cell.replace("\n", " ") for cell in cells)
        assert _joined(comment) in shown


@pytest.mark.parametrize("name", ["half", "several"])
def test_a_pdf_has_tags_bookmarks_and_a_language(catalog: Catalog, name: str) -> None:
    context = fixtures_reviews.filled(catalog, name)
    reader = _pdf(context)
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert len(reader.outline) >= len(context.review.targets)
    assert "pdfuaid:part>1<" in root["/Metadata"].get_data().decode()


def test_no_text_of_people_does_anything_in_a_pdf(catalog: Catalog) -> None:
    hostile = fixtures_reviews.hostile(catalog).model_copy(update={"selection": Selection(chapters=["4"])})
    reader = _pdf(ReviewContext(catalog, hostile, fixtures_reviews.TODAY))
    root: Any = reader.trailer["/Root"]
    assert not {"/OpenAction", "/AA", "/Names"} & root.keys()
    notes = [note.get_object() for page in reader.pages for note in page.get("/Annots", [])]
    assert [note for note in notes if not str(note["/A"]["/URI"]).startswith(("https://", "http://"))] == []
    shown = _text(reader)
    assert _joined("<script>alert(1)</script>") in shown
    assert _joined("{{ config }} {% raw %} ${HOME}") in shown


def test_letters_that_no_font_has_are_boxes_and_the_first_page_says_so(
    catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    half = fixtures_reviews.half(catalog).model_dump(mode="json", by_alias=True)
    review = Review.model_validate({**half, "title": "Łódź, Ελλάδα, Привет ☐ 漢字"})
    usual = typst.compile

    def without_system_fonts(source: bytes, **how: Any) -> bytes:
        made: bytes = usual(source, **{**how, "ignore_system_fonts": True})
        return made

    monkeypatch.setattr(typst, "compile", without_system_fonts)
    data = load_format("pdf").write(ReviewContext(catalog, review, fixtures_reviews.TODAY))
    shown = _text(PdfReader(io.BytesIO(data)))
    assert _joined("Łódź, Ελλάδα, Привет ☐ □□") in shown
    assert _joined(pdf.LACKING) in shown


def test_every_letter_that_is_taken_as_known_can_be_shown(catalog: Catalog) -> None:
    known = [chr(code) for code in range(0x20, 0x2630) if chr(code).isprintable() and not pdf.UNKNOWN.match(chr(code))]
    half = fixtures_reviews.half(catalog).model_dump(mode="json", by_alias=True)
    told = {**half, "answers": {}, "scope": " ".join(known)}
    context = ReviewContext(catalog, Review.model_validate(told), fixtures_reviews.TODAY)
    assert len(PdfReader(io.BytesIO(load_format("pdf").write(context))).pages) > 1


def test_without_typst_the_message_says_what_to_install(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = builtins.__import__

    def missing(name: str, *rest: Any) -> Any:
        if name == "typst":
            raise ImportError(name)
        return usual(name, *rest)

    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(UserError, match="pip install typst"):
        load_format("pdf").write(fixtures_reviews.filled(catalog, "half"))


def test_libreoffice_shows_every_rule_of_a_word_document(catalog: Catalog, tmp_path: Path) -> None:
    office = find()
    assert office, "no LibreOffice: 'make office' finds or installs it"
    context = fixtures_reviews.filled(catalog, "half")
    source = tmp_path / "half.docx"
    source.write_bytes(fixtures_reviews.write(context, "docx"))
    [made] = convert(office, [source], "pdf", tmp_path)
    shown = _text(PdfReader(made))
    assert [rule.id for rule in context.rules if rule.id not in shown] == []
