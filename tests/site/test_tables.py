"""Each recommendation stands on its section's page and among all of them, whole, without JavaScript."""

from pathlib import Path

import pytest

from tests.site.html import address, pages
from vger_guide.catalog.catalog import Catalog
from vger_guide.catalog.tables import Verdict

ROWS = {
    "session-frameworks": 5,
    "synthetic-data": 3,
    "infrastructure-orchestration": 5,
    "code-analysis": 6,
    "ml-version-control": 5,
}


def test_the_five_tables_have_their_rows(catalog: Catalog) -> None:
    assert {table.id: len(table.rows) for table in catalog.tables.values()} == ROWS


@pytest.mark.parametrize("table_id", ROWS)
def test_a_row_says_everything_in_both_places(site: Path, catalog: Catalog, table_id: str) -> None:
    table = catalog.tables[table_id]
    section = pages(site)[address(catalog.section(table.section).page)]
    every = pages(site)["recommendations/"]
    for option in table.rows:
        expected = [
            option.name,
            *option.facts.values(),
            *[ability.label for ability in table.abilities if ability.id in option.provides],
        ]
        expected += [entry.reason for entry in option.verdicts if entry.reason]
        expected += [part for note in option.notes if note.event for part in (note.event.word, note.happened)]
        expected += [option.verdict.word] if option.verdict else []
        expected = [part.lower() for part in expected]
        for page, row in (
            (section, section.tree.css_first(f"tr[id='{option.id}']")),
            (every, every.tree.css_first(f"tr:has(h3[id='{option.id}'])")),
        ):
            assert row, f"{page.path} has no row {option.id}"
            text = " ".join(row.text().split()).lower()
            assert [part for part in expected if part not in text] == [], page.path
            addresses = [node.attributes["href"] for node in row.css(".sites a")]
            assert addresses == [site.address for site in option.sites]


def test_every_row_has_a_verdict(catalog: Catalog) -> None:
    assert [option.id for _, option in catalog.options.values() if option.verdicts[0].verdict is None] == []


def test_every_row_has_a_note_or_says_that_there_was_nothing_new(catalog: Catalog) -> None:
    assert [option.id for _, option in catalog.options.values() if not option.notes and not option.looked_up] == []


def test_a_verdict_is_told_by_word_and_by_shape(site: Path) -> None:
    shapes: dict[str, set[str]] = {}
    for verdict in pages(site)["about/reading/"].tree.css(".legend .verdict"):
        shapes.setdefault(verdict.text().strip(), set()).update(svg.html or "" for svg in verdict.css("svg"))
    assert set(shapes) == {verdict.word for verdict in Verdict}
    drawn = [next(iter(found)) for found in shapes.values() if len(found) == 1]
    assert len(set(drawn)) == len(shapes), "two verdicts have the same shape, or one has two"


def test_a_note_that_several_rows_have_is_told_once_and_the_others_lead_there(site: Path, catalog: Catalog) -> None:
    every = pages(site)["recommendations/"]
    rows = {option.id: every.tree.css_first(f"tr:has(h3[id='{option.id}'])") for _, option in catalog.options.values()}
    told = {id_: " ".join(row.text(separator=" ").split()) for id_, row in rows.items() if row}
    assert [id_ for id_, text in told.items() if "RSALv2" in text] == ["django"]
    links = {id_: [link.attributes["href"] for link in row.css("ul.notes a")] for id_, row in rows.items() if row}
    assert [id_ for id_, each in links.items() if "#django" in each] == ["flask", "express", "tomcat"]
