"""The picture of the verdicts says of every option what the catalogue says, by word and by shape."""

from collections import Counter
from pathlib import Path

from selectolax.lexbor import LexborNode

from tests.site.drawings import VERDICTS, catalog_of, crowded, drawn, option, rings
from tests.site.html import pages
from vger_guide.catalog.catalog import Catalog
from vger_guide.catalog.tables import Verdict


def _text(node: LexborNode | None) -> str:
    assert node
    return " ".join(node.text().split())


def test_every_option_is_a_link_to_its_row(site: Path, catalog: Catalog) -> None:
    page = pages(site)["radar/"]
    expected = Counter(("recommendations/", each) for each in catalog.options)
    assert Counter(page.resolve(node.attributes["href"] or "") for node in page.tree.css(".radar__blip")) == expected


def test_an_option_stands_below_its_verdict_in_a_list_named_after_its_table(site: Path, catalog: Catalog) -> None:
    for ring, verdict in zip(pages(site)["radar/"].tree.css(".radar__row"), Verdict, strict=True):
        assert ring.attributes["aria-labelledby"] == f"text-{verdict.value}"
        assert _text(ring.css_first(f"h2#text-{verdict.value}")).startswith(verdict.word)
        shown = [
            (each.attributes["aria-label"], _text(name)) for each in ring.css("ul") for name in each.css(".radar__name")
        ]
        assert shown == [
            (table.title, each.name) for table, each in catalog.options.values() if each.verdict == verdict
        ]
        assert _text(ring.css_first(".radar__count")).split()[0] == (str(len(shown)) if shown else "no")


def test_a_ring_lies_around_the_warmer_ones(site: Path) -> None:
    page = pages(site)["radar/"]
    around = [len(page.tree.css(f".radar__ring.verdict--{verdict.value} .radar__row")) for verdict in Verdict]
    assert around == [*range(1, len(Verdict) + 1)]


def test_a_move_is_told_by_a_word_and_by_a_shape_of_its_own(catalog: Catalog) -> None:
    rows = [
        option(1, "moved in", ("2023-09", Verdict.WATCH), ("2024-01", Verdict.USE)),
        option(2, "moved out", ("2023-09", Verdict.USE), ("2024-01", Verdict.AVOID)),
        option(3, "new", ("2024-01", Verdict.USE)),
    ]
    links = [link for ring in rings(drawn(catalog_of(catalog, rows))) for link in ring.css("a.radar__blip")]
    shapes = set()
    for link in links:
        assert _text(link.css_first(".radar__move")).startswith(_text(link.css_first(".radar__name")))
        [arrow] = link.css(".radar__arrow")
        shapes.add(arrow.html)
    assert len(shapes) == 3


def test_an_option_that_stayed_has_no_mark_of_a_move(catalog: Catalog) -> None:
    html = drawn(catalog_of(catalog, [option(1, "Stayed", ("2023-09", Verdict.USE), ("2024-01", Verdict.USE))]))
    [link] = [link for ring in rings(html) for link in ring.css("a.radar__blip")]
    assert _text(link) == "Stayed"
    assert not link.css(".radar__arrow")


def test_a_move_says_what_the_verdict_was_in_the_edition(catalog: Catalog) -> None:
    rows = [
        option(1, "One", ("2022", Verdict.USE), ("2023-09", Verdict.WATCH), ("2023-12", None), ("2024", Verdict.AVOID)),
        option(2, "Two", ("2023-09", None), ("2024-01", Verdict.AVOID)),
    ]
    html = drawn(catalog_of(catalog, rows))
    assert html.count("moved out, was Watch") == 1
    assert html.count("moved out, had no verdict") == 1


def test_each_verdict_has_a_shape_of_its_own_on_its_ring_and_on_its_names(catalog: Catalog) -> None:
    shapes: list[str | None] = []
    for ring in rings(drawn(crowded(catalog, rows=2, tables=1))):
        marks = ring.css("svg.radar__mark")
        assert len(marks) == 3
        [shape] = {mark.html for mark in marks}
        shapes.append(shape)
    assert len(set(shapes)) == len(VERDICTS)


def test_text_from_data_is_text_in_the_picture(catalog: Catalog) -> None:
    name = 'R&D "x" < 2 \' &lt;b&gt;'
    html = drawn(catalog_of(catalog, [option(1, name, ("2023-09", Verdict.USE))], title=name))
    [link] = [link for ring in rings(html) for link in ring.css("a.radar__blip")]
    assert _text(link) == name
    assert link.parent
    assert link.parent.parent
    assert link.parent.parent.attributes["aria-label"] == name


def test_a_guide_without_tables_has_empty_rings(catalog: Catalog) -> None:
    shown = rings(drawn(catalog_of(catalog)))
    assert len(shown) == len(Verdict)
    assert [link for ring in shown for link in ring.css("a.radar__blip")] == []


def test_the_picture_is_the_same_each_time(catalog: Catalog) -> None:
    assert drawn(catalog) == drawn(catalog)
