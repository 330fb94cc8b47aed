"""Nothing of the 2023 document was dropped: each claim leads to a heading of the built site."""

from pathlib import Path

from tests.site.html import address, pages
from vger_guide.catalog.catalog import Catalog

CLAIMS = 178


def test_every_claim_of_the_document_is_here(catalog: Catalog) -> None:
    assert len(catalog.source.claims) == CLAIMS


def test_every_claim_leads_to_a_heading_of_the_site(site: Path, catalog: Catalog) -> None:
    lost = []
    for claim in catalog.source.claims:
        page, _, anchor = claim.at.partition("#")
        heading = pages(site)[address(page)].tree.css_first(f"[id='{anchor}']")
        if heading is None or heading.tag not in ("h1", "h2", "h3"):
            lost.append((claim.id, claim.at))
    assert lost == []


def test_every_claim_stands_on_the_pages_of_its_section(catalog: Catalog) -> None:
    for claim in catalog.source.claims:
        allowed = {catalog.section(claim.section).page}
        assert claim.at.partition("#")[0] in allowed, claim.id


def test_the_page_shows_the_claims_both_ways(site: Path, catalog: Catalog) -> None:
    page = pages(site)["about/claims/"]
    by_claim, by_place = page.tree.css("table.claims")
    assert [node.text() for node in by_claim.css("tbody th")] == [claim.id for claim in catalog.source.claims]
    linked = [node.text() for node in by_place.css("td a")]
    assert sorted(linked) == sorted(claim.id for claim in catalog.source.claims)


def test_every_table_claim_leads_to_its_table(site: Path, catalog: Catalog) -> None:
    for claim in catalog.source.claims:
        if claim.table:
            page = pages(site)[address(claim.at.partition("#")[0])]
            assert catalog.tables[claim.table].title in page.texts("table caption"), claim.id
