"""The report of a review in HTML, read by two other parsers; `tests/browser/test_review_report.py` opens it."""

import base64
import hashlib
import re
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from tests.reviews import fixtures_reviews
from vger_guide.catalog.catalog import Catalog
from vger_guide.reviews.context import ReviewContext
from vger_guide.reviews.labels import answer_label
from vger_guide.reviews.models import Review

VOID = {"br", "meta"}


def _written(context: ReviewContext) -> str:
    return fixtures_reviews.write(context, "html").decode()


def _read(context: ReviewContext) -> LexborHTMLParser:
    return LexborHTMLParser(_written(context))


def _only(page: LexborHTMLParser, selector: str) -> LexborNode:
    [node] = page.css(selector)
    return node


class _Nesting(HTMLParser):
    """Notes how deep each element stands, as it is written, and that each is closed where it has to be."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.found: list[tuple[str, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(dict(attrs)) == len(attrs), f"an attribute stands twice in {self.get_starttag_text()}"
        self.found.append((tag, len(self.open)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def _depths(node: LexborNode) -> list[tuple[str, int]]:
    """Return how deep each element stands, as the rules of HTML have it."""
    found, waiting = [], [(node, 0)]
    while waiting:
        each, depth = waiting.pop()
        found.append((str(each.tag), depth))
        waiting += [(child, depth + 1) for child in reversed(list(each.iter()))]
    return found


def test_no_reader_has_to_mend_what_is_written(context: ReviewContext) -> None:
    literal = _Nesting()
    literal.feed(_written(context))
    literal.close()
    assert literal.open == []
    root = _read(context).root
    assert root is not None
    assert literal.found == _depths(root)


def test_the_page_has_a_language_a_title_headings_and_landmarks(context: ReviewContext) -> None:
    page = _read(context)
    assert _only(page, "html").attributes["lang"] == "en-GB"
    assert _only(page, "head > title").text() == _only(page, "h1").text()
    levels = [int(str(node.tag)[1]) for node in page.css("h1, h2, h3, h4")]
    assert all(below <= above + 1 for above, below in pairwise(levels))
    assert [str(node.tag) for node in page.css("body > *")] == ["header", "main"]
    labels = [node.attributes["aria-label"] for node in page.css("nav, [role=region]")]
    assert len(set(labels)) == len(labels)
    assert all(node.attributes["scope"] in ("col", "row") for node in page.css("th"))


def test_ids_are_unique_and_links_within_the_page_lead_to_one(catalog: Catalog) -> None:
    document = fixtures_reviews.several(catalog).model_dump(mode="json", by_alias=True)
    ids = ["a", "a-bars", "a-met", "a-bars-title"]
    targets = [{"id": id_, "name": id_} for id_ in ids]
    document |= {"targets": targets, "answers": {}, "outcomes": {}, "milestones": []}
    for review in (
        fixtures_reviews.several(catalog),
        fixtures_reviews.hostile(catalog),
        Review.model_validate(document),
    ):
        page = _read(ReviewContext(catalog, review, fixtures_reviews.TODAY))
        here = Counter(str(node.attributes["id"]) for node in page.css("[id]"))
        assert [id_ for id_, count in here.items() if count > 1] == []
        within = [str(node.attributes["href"])[1:] for node in page.css("a[href^='#']")]
        assert set(within) <= set(here)
        assert len(within) > len(review.targets)


def test_the_page_asks_for_nothing_and_runs_nothing(context: ReviewContext) -> None:
    page = _read(context)
    assert page.css("script, img, iframe, link, object, embed, form, input, [src], [style], [srcset], base") == []
    style = _only(page, "style").text()
    assert not re.search(r"url\(|@import|image-set|@font-face", style)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = str(_only(page, "meta[http-equiv]").attributes["content"])
    assert policy.split("; ")[:2] == ["default-src 'none'", f"style-src 'sha256-{digest}'"]


TITLES = [
    '"; } body { display: none } @x { y: "',
    "\\",
    "a\\\nb",
    "</style><script>alert(1)</script>",
    "\\22 }",
    "x" * 400,
]


@pytest.mark.parametrize("title", TITLES, ids=range(len(TITLES)))
def test_no_title_ends_the_text_at_the_head_of_the_printed_pages(catalog: Catalog, title: str) -> None:
    context = fixtures_reviews.filled(catalog, "empty")
    titled = replace(context, review=context.review.model_copy(update={"title": title}))
    head = r'@top-left \{ content: "([^"\\\n<]|\\[0-9a-f]+ )*"; font'
    plain, style = (_only(_read(each), "style").text() for each in (context, titled))
    assert re.search(head, style)
    assert re.sub(head, "", style) == re.sub(head, "", plain)


def test_every_answer_is_in_words(context: ReviewContext) -> None:
    page = _read(context)
    for target in context.review.targets:
        said = Counter(node.text() for node in page.css(f"#t-{target.id} article .answer"))
        blank = len(context.rules) - sum(target.id in by for by in context.review.answers.values())
        expected = Counter(answer_label(by[target.id]) for by in context.review.answers.values() if target.id in by)
        expected["Unanswered"] += blank
        assert said == +expected


def test_the_picture_says_the_same_in_words_and_the_table_in_numbers(catalog: Catalog) -> None:
    page = _read(fixtures_reviews.filled(catalog, "full"))
    assert _only(page, "svg.picture title").text() == "Answers by chapter"
    words = _only(page, "svg.picture desc").text()
    score = "17 of 51 answered rules met (33%), 8 of 59 open"
    assert f"2 Software design principles: {score}: 17 met, 9 partly met, 25 not met, 8 unanswered" in words
    rows = [[cell.text().replace("\xa0", " ") for cell in row.css("th, td")] for row in page.css(".target tbody tr")]
    assert rows[0][4:] == ["17 of 50 (34%)", "9", "25", "8", "8"]
    assert [node.text().strip() for node in page.css(".legend")[0].css("li")] == [
        "Met",
        "Partly met",
        "Not met",
        "Unanswered",
        "Not applicable",
    ]


def test_every_word_that_was_typed_is_there(catalog: Catalog) -> None:
    said = {node.text() for node in _read(fixtures_reviews.filled(catalog, "hostile")).css("dd")}
    for text in fixtures_reviews.HOSTILE:
        if text.isprintable() and "`" not in text:
            assert text.strip() in said


def test_evidence_that_is_an_address_is_a_link(catalog: Catalog) -> None:
    links = {
        str(node.attributes["href"]) for node in _read(fixtures_reviews.filled(catalog, "hostile")).css("dd a[rel]")
    }
    assert len(links) == 1
    assert links.pop().startswith("https://evil.example/%22%3E%3Cscript%3E")
