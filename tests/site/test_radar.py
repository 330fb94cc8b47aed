"""The picture of the verdicts says of every option what the catalogue says, by word and shape, and as text."""

from collections import Counter
from pathlib import Path
from xml.etree import ElementTree as ET

from tests.site.drawings import SVG, VERDICTS, catalog_of, charts, crowded, drawn, option, rings
from tests.site.html import pages
from vger_guide.catalog.catalog import Catalog
from vger_guide.catalog.tables import Verdict


def test_every_option_is_a_link_to_its_row_in_both_drawings_and_in_the_text(site: Path, catalog: Catalog) -> None:
    page = pages(site)["radar/"]
    expected = Counter(("recommendations/", each) for each in catalog.options)
    for part in (".radar__chart--wide a", ".radar__chart--narrow a", ".radar__list a"):
        assert Counter(page.resolve(node.attributes["href"] or "") for node in page.tree.css(part)) == expected, part


def test_a_link_is_named_by_option_verdict_move_and_table(site: Path, catalog: Catalog) -> None:
    page = pages(site)["radar/"]
    for table, each in catalog.options.values():
        assert each.verdict
        names = [node.attributes["aria-label"] or "" for node in page.tree.css(f".radar__chart a[href$='#{each.id}']")]
        assert len(names) == 2
        for name in names:
            assert name.startswith(f"{each.name}: {each.verdict.word}, {each.direction('2023.09').value}")
            assert name.endswith(f" since 2023.09, {table.title}")


def test_a_ring_is_named_by_its_verdict_and_holds_its_options(site: Path, catalog: Catalog) -> None:
    for chart in pages(site)["radar/"].tree.css(".radar__chart"):
        held = {
            (ring.attributes["aria-label"] or "").partition(",")[0]: [
                (link.attributes["href"] or "").partition("#")[2] for link in ring.css("a")
            ]
            for ring in chart.css("g[role=group]")
        }
        assert held == {
            verdict.word: [each.id for _, each in catalog.options.values() if each.verdict == verdict]
            for verdict in Verdict
        }


def test_the_text_says_the_same_by_verdict(site: Path, catalog: Catalog) -> None:
    for verdict in Verdict:
        [heading] = pages(site)["radar/"].tree.css(f"h3#text-{verdict.value}")
        assert verdict.word in heading.text()
        assert heading.parent
        shown = [node.text() for node in heading.parent.css("li a")]
        assert shown == [each.name for _, each in catalog.options.values() if each.verdict == verdict]


def test_a_move_is_told_by_a_word_and_by_a_shape_of_its_own(catalog: Catalog) -> None:
    rows = [
        option(1, "moved in", ("2023-09", Verdict.WATCH), ("2024-01", Verdict.USE)),
        option(2, "moved out", ("2023-09", Verdict.USE), ("2024-01", Verdict.AVOID)),
        option(3, "new", ("2024-01", Verdict.USE)),
    ]
    for chart in charts(drawn(catalog_of(catalog, rows))):
        shapes = set()
        for link in chart.iter(f"{SVG}a"):
            name, remark = ("".join(text.itertext()) for text in link.findall(f"{SVG}text"))
            assert remark.startswith(name)
            [arrow] = link.findall(f"{SVG}svg[@class='radar__arrow']")
            shapes.add(ET.tostring(arrow[0]))
        assert len(shapes) == 3


def test_an_option_that_stayed_has_no_mark_of_a_move(catalog: Catalog) -> None:
    rows = [option(1, "Stayed", ("2023-09", Verdict.USE), ("2024-01", Verdict.USE))]
    for chart in charts(drawn(catalog_of(catalog, rows))):
        [link] = chart.iter(f"{SVG}a")
        assert "no change since 2023.09" in link.attrib["aria-label"]
        assert [text.attrib["class"] for text in link.findall(f"{SVG}text")] == ["radar__name"]


def test_a_move_says_what_the_verdict_was_in_the_edition(catalog: Catalog) -> None:
    rows = [
        option(1, "One", ("2022", Verdict.USE), ("2023-09", Verdict.WATCH), ("2023-12", None), ("2024", Verdict.AVOID)),
        option(2, "Two", ("2023-09", None), ("2024-01", Verdict.AVOID)),
    ]
    html = drawn(catalog_of(catalog, rows))
    assert html.count("moved out, was Watch") == 3  # two drawings and the text
    assert html.count("moved out, had no verdict") == 3


def test_each_verdict_has_a_shape_of_its_own_on_its_ring_and_on_its_names(catalog: Catalog) -> None:
    for chart in charts(drawn(crowded(catalog, rows=2, tables=1))):
        shapes: list[bytes] = []
        for ring in rings(chart):
            marks = [svg for svg in ring.iter(f"{SVG}svg") if svg.get("class") in ("radar__mark", "radar__shape")]
            assert len(marks) == 3
            [shape] = {b"".join(map(ET.tostring, mark)) for mark in marks}
            shapes.append(shape)
        assert len(set(shapes)) == len(VERDICTS)


def test_text_from_data_is_text_in_the_picture(catalog: Catalog) -> None:
    name = 'R&D "x" < 2 \' &lt;b&gt;'
    crowd = catalog_of(catalog, [option(1, name, ("2023-09", Verdict.USE))], title=name)
    for chart in charts(drawn(crowd)):
        [link] = chart.iter(f"{SVG}a")
        assert " ".join(line.text or "" for line in link.iter(f"{SVG}tspan")) == name
        assert link.attrib["aria-label"].startswith(name)
        assert link.attrib["aria-label"].endswith(name)


def test_the_picture_is_the_same_each_time(catalog: Catalog) -> None:
    assert drawn(catalog) == drawn(catalog)
