"""The navigation and the headings say what checklists/guide.yml says."""

import re
from pathlib import Path

import yaml

from tests.conftest import ROOT
from tests.site.html import address, pages
from vger_guide.catalog.catalog import Catalog

NUMBERED = re.compile(r"[1-9][0-9.]* ")


class _Config(yaml.SafeLoader):
    """Reads mkdocs.yml, where `!ENV [NAME, default]` stands for a value of the environment."""


def _default(loader: yaml.SafeLoader, node: yaml.SequenceNode) -> object:
    return loader.construct_sequence(node)[-1]


_Config.add_constructor("!ENV", _default)


def _entries(nav: list[dict[str, object] | str]) -> list[tuple[str, str]]:
    """Return title and page of each entry in reading order; a section's index page has the section's title."""
    found: list[tuple[str, str]] = []
    for entry in nav:
        if isinstance(entry, str):
            raise AssertionError(f"{entry} has no title")
        for title, value in entry.items():
            if isinstance(value, list):
                index, *rest = value
                found += [(title, index)] if isinstance(index, str) else _entries([index])
                found += _entries(rest)
            else:
                found.append((title, str(value)))
    return found


def test_the_navigation_is_that_of_the_guide(catalog: Catalog) -> None:
    config = yaml.load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"), Loader=_Config)  # noqa: S506 - a SafeLoader
    shown = [entry for entry in _entries(config["nav"]) if NUMBERED.match(entry[0])]
    pages_seen: set[str] = set()
    expected = []
    for section in catalog.guide.sections:  # the first section on a page gives the page its entry
        if section.page not in pages_seen:
            pages_seen.add(section.page)
            expected.append((section.heading, section.page))
    assert shown == expected


def test_every_section_has_its_heading_and_its_anchor(site: Path, catalog: Catalog) -> None:
    for section in catalog.guide.sections:
        page = pages(site)[address(section.page)]
        heading = page.tree.css_first(f"[id='{section.anchor}']")
        assert heading, f"{section.page} has no heading with the id {section.anchor}"
        assert heading.text(deep=False).strip() == section.heading


def test_every_numbered_heading_is_a_section_of_the_guide(site: Path, catalog: Catalog) -> None:
    headings = {section.heading for section in catalog.guide.sections}
    for path, page in pages(site).items():
        for node in page.tree.css("article :is(h1, h2, h3)"):
            text = node.text(deep=False).strip()
            assert not NUMBERED.match(text) or text in headings, f"{path}: {text}"


def test_the_anchors_of_the_2023_document_stand_on_the_contents_page(site: Path) -> None:
    source = """1-introduction 2-software-design-principles axioms 21-shoe-horns-are-bad
        22-cache-is-an-optimization-not-a-performance-improvement 23-scalability 231-sessions
        232-file-system-dependencies 233-databases 24-security 241-internal-user-access 242-external-users
        243-data--infrastructure-access 234-keys
        3-source-control-methodology 31-workflows-and-branching 32-what-should-you-source-control 33-structure
        34-documentation 35-to-code-review-or-not-to-code-review 351-when-should-you-always-do-code-reviews
        36-api-versioning 361-url-versioning 4-data--ml-model-version-control 41-storage-and-deployment-registry
        42-versioning 43-reproducibility-pipelining 44-parameterization-pipelining
        45-measuring-and-comparisons-tracking"""
    assert [anchor for anchor in source.split() if anchor not in pages(site)[""].ids] == []
