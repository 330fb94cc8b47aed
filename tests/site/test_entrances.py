"""The pages that lead into the guide say what the records say, and what they offer to take away is there."""

import re
import zipfile
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET

import openpyxl
import pytest
import yaml
from pypdf import PdfReader

from macros.example import FILE, KEYS, example_review
from macros.guidance import FORMS
from macros.starters import starters
from tests.conftest import ROOT
from tests.site.html import Page, address, pages
from vger_guide.catalog.catalog import Catalog
from vger_guide.catalog.rules import Level
from vger_guide.reviews import store

TABS = 5


def test_no_page_has_more_than_five_tabs(site: Path) -> None:
    counts = {
        path: len(page.tree.css(".md-tabs__item")) for path, page in pages(site).items() if page.path != "404.html"
    }
    assert {path: count for path, count in counts.items() if not 0 < count <= TABS} == {}


def test_the_hard_rules_are_all_that_are_a_must_and_mark_those_that_the_prose_boxes(
    site: Path, catalog: Catalog
) -> None:
    page = pages(site)["hard-rules/"]
    listed = page.texts(".hard__rules li > a")
    assert sorted(listed) == sorted(rule.id for rule in catalog.rules.values() if rule.level is Level.MUST)
    marked = [node.css_first("a").text() for node in page.tree.css(".hard__rules li") if node.css_first(".hard__box")]  # type: ignore[union-attr]
    boxes = {
        path for path, each in pages(site).items() if each.tree.css_first(".hard-rule") and path != "about/reading/"
    }
    assert {address(catalog.rules[rule].place.partition("#")[0]) for rule in marked} == boxes
    assert len(marked) == len(boxes)


def test_a_rule_that_asks_for_a_decision_in_writing_links_the_template(site: Path, catalog: Catalog) -> None:
    template = (site / "downloads" / "decision-record.markdown").read_text(encoding="utf-8")
    page = pages(site)["decision-record/"]
    assert template.strip() == page.tree.css_first("article pre").text().strip()  # type: ignore[union-attr]
    listed = [link.split()[0] for link in page.texts("#rules ~ ul a")]
    linking = [
        rule.id
        for rule in catalog.rules.values()
        if any(
            pages(site)[address(rule.page)].resolve(link) == ("decision-record/", "")
            for link in pages(site)[address(rule.page)].links
        )
    ]
    assert len(listed) >= 9
    assert linking == listed


def test_a_file_to_start_from_is_downloaded_as_the_page_shows_it(site: Path, catalog: Catalog) -> None:
    page = pages(site)["starters/"]
    files = starters(catalog)
    assert page.texts("article h3") == [f"{each.path}¶" for each in files]
    for each, link, shown in zip(files, page.tree.css("a[download]"), page.tree.css("article pre"), strict=True):
        name, _ = page.resolve(link.attributes["href"] or "") or ("", "")
        assert (site / name).read_text(encoding="utf-8") == each.text
        assert shown.text().strip() == each.text.strip()
        assert link.attributes["download"] == each.name


def test_rules_that_keep_the_same_file_make_one_file_that_names_them(catalog: Catalog) -> None:
    ignored = next(each for each in starters(catalog) if each.path == ".gitignore")
    assert [rule.id for rule in ignored.rules] == ["KEY003", "VER006"]
    for rule in ignored.rules:
        assert f"# {rule.id}\n" in ignored.text


def test_the_page_of_reviews_fetches_one_script_and_two_styles_of_ours(site: Path) -> None:
    page = pages(site)["review/"]
    named = {path for link in page.links if (path := (page.resolve(link) or ("", ""))[0])}
    sources = {path.relative_to(ROOT / "docs").as_posix() for path in (ROOT / "docs" / "assets").rglob("*.*")}
    scripts = {path for path in named & sources if path.startswith("assets/javascripts/review/")}
    styles = {path for path in named & sources if path.endswith(".css")}
    assert scripts == {"assets/javascripts/review/main.js"}
    assert styles == {"assets/stylesheets/guide.css", "assets/stylesheets/review.css"}
    for path in scripts | styles:
        assert not re.search(r"^@?import\b", (site / path).read_text(encoding="utf-8"), re.MULTILINE), path


def test_every_checklist_offers_a_workbook_of_its_rules_and_a_review(site: Path, catalog: Catalog) -> None:
    lists = [page for path, page in pages(site).items() if path.startswith("checklists/") and path != "checklists/"]
    assert len(lists) == len(catalog.profiles.profiles) + 4
    for page in lists:
        review, workbook = page.tree.css(".checklist__review a")
        assert (page.resolve(review.attributes["href"] or "") or "")[0] == "review/"
        name, _ = page.resolve(workbook.attributes["href"] or "") or ("", "")
        cells = {
            cell.value
            for sheet in openpyxl.load_workbook(BytesIO((site / name).read_bytes()), read_only=True)
            for row in sheet.iter_rows()
            for cell in row
        }
        asked = {link.text() for link in page.tree.css(".checks__facts a")}
        assert asked == cells & set(catalog.rules), page.path


def test_the_worked_example_answers_every_rule_that_it_is_asked(catalog: Catalog) -> None:
    told = yaml.safe_load((ROOT / FILE).read_text(encoding="utf-8"))
    context = example_review(catalog, ROOT)
    assert context
    asked = {rule.id for rule in context.rules}
    named = {*told["details"], *" ".join(told[value] for value in ("met", "not_met", "partial")).split()}
    assert named == set(context.review.answers) == asked
    assert {key for details in told["details"].values() for key in details} <= set(KEYS)


def test_the_exports_of_the_worked_example_hold_its_review(site: Path, catalog: Catalog) -> None:
    folder = site / "downloads" / "example"
    assert sorted(path.name for path in folder.iterdir()) == sorted(name for name, *_ in FORMS.values())
    context = example_review(catalog, ROOT)
    assert context
    assert store.write(context.review) == (folder / "review.json").read_text(encoding="utf-8")
    assert "LB-207" in (folder / "review.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def headings(catalog: Catalog) -> list[str]:
    """Return the headings of the sections that have pages of their own."""
    first = {section.page: section.heading for section in reversed(catalog.guide.sections)}
    return list(reversed(first.values()))


def test_the_whole_guide_is_one_page_that_needs_no_other_file(site: Path, headings: list[str]) -> None:
    page = Page("downloads/guide.html", (site / "downloads" / "guide.html").read_text(encoding="utf-8"))
    assert page.texts("section h1") == headings
    assert {link for link in page.links if link.startswith("#")} <= {f"#{anchor}" for anchor in page.ids}
    assert page.tree.css("script, link, img") == []


def test_the_whole_guide_is_an_epub_of_well_formed_pages(site: Path, headings: list[str]) -> None:
    with zipfile.ZipFile(BytesIO((site / "downloads" / "guide.epub").read_bytes())) as book:
        assert (book.namelist()[0], book.read("mimetype")) == ("mimetype", b"application/epub+zip")
        texts = [book.read(name).decode() for name in book.namelist() if re.search(r"/page\d+\.xhtml$", name)]
    assert [re.search("<h1>(.*?)</h1>", text)[1] for text in texts[1:]] == headings  # type: ignore[index]
    for text in texts:
        assert ET.fromstring(text).tag.endswith("html")  # noqa: S314 - our own text


def test_the_whole_guide_is_a_pdf_with_a_bookmark_for_each_section(site: Path, headings: list[str]) -> None:
    reader = PdfReader(site / "downloads" / "guide.pdf")
    marks = [mark.title for mark in reader.outline if not isinstance(mark, list)]
    assert [mark for mark in marks if mark in headings] == headings


def test_the_terms_of_the_glossary_are_in_order(site: Path) -> None:
    terms = [node.text(deep=False).strip() for node in pages(site)["glossary/"].tree.css(".terms h2")]
    assert len(terms) > 25
    assert terms == sorted(terms, key=str.casefold)
