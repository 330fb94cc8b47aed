"""The pages name the findings of other tools that count, and the tools with what their mapping was tried on."""

from pathlib import Path

import pytest

from tests.site.html import address, pages
from vger_guide.catalog.catalog import Catalog

pytestmark = pytest.mark.slow


def test_the_page_of_a_rule_names_each_finding_that_counts_for_it(site: Path, catalog: Catalog) -> None:
    for tool in catalog.evidence.values():
        for entry in tool.findings:
            meaning = catalog.meanings[entry.means]
            text = pages(site)[address(catalog.rules[meaning.rule].page)].tree.css_first("article").text()  # type: ignore[union-attr]
            named = [tool.title, meaning.says, *entry.ids, *(f"CWE-{number}" for number in entry.cwe)]
            assert [each for each in named if each not in text] == [], meaning.rule


def test_the_page_of_evidence_says_on_what_each_mapping_was_tried(site: Path, catalog: Catalog) -> None:
    text = pages(site)[address("evidence.md")].tree.css_first("article").text()  # type: ignore[union-attr]
    said = [part for tool in catalog.evidence.values() for part in (tool.title, tool.version, tool.basis)]
    assert [each for each in said if each not in text] == []
    assert f"Findings of {len(catalog.evidence)} tools count for" in text
