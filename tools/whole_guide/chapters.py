"""The sections' pages as chapters of one text: without their checklists, with links among them leading within it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from vger_guide.catalog.catalog import Catalog
from vger_guide.catalog.urls import page_url

FRONT = re.compile(r"\A---\n.*?\n---\n+", re.DOTALL)
CHECKLIST = re.compile(r"^## Checklist\n.*?(?=^## |\Z)", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True)
class Chapter:
    """A page: its anchor within the whole, its title, and what stands on it."""

    anchor: str
    title: str
    tokens: list[Token]


def read_pages(site: Path, catalog: Catalog) -> tuple[tuple[str, str], ...]:
    """Return the sections' pages of a built site in reading order: the address below the site's, and the Markdown."""
    pages = dict.fromkeys(page_url("", section.page) for section in catalog.guide.sections)
    return tuple((page, (site / page / "index.md").read_text(encoding="utf-8")) for page in pages)


def parse_chapters(pages: Iterable[tuple[str, str]], site_url: str) -> list[Chapter]:
    """Return the chapters of the pages."""
    pages = list(pages)
    anchors = {site_url + page: _anchor(page) for page, _ in pages}
    parser = MarkdownIt("commonmark").enable("table")
    chapters = []
    for page, text in pages:
        tokens = parser.parse(CHECKLIST.sub("", FRONT.sub("", text)))
        _lead_within(tokens, anchors)
        chapters.append(Chapter(_anchor(page), tokens[1].content, tokens))
    return chapters


def _anchor(page: str) -> str:
    return page.strip("/").replace("/", "-")


def _lead_within(tokens: list[Token], anchors: dict[str, str]) -> None:
    for token in (child for each in tokens for child in each.children or ()):
        if token.type == "link_open":
            address = str(token.attrs["href"])
            anchor = anchors.get(address.partition("#")[0])
            token.attrs["href"] = f"#{anchor}" if anchor else address
