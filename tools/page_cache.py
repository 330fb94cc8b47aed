"""Keeps what was made of pages between builds of one process, and takes it where all that it depends on is the same.

A save of one file changes few pages, and which ones is seen by what the macros made of all of them. To convert Markdown
is the half of a build, and to index it for the search a sixth.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2
from material.plugins.search.plugin import SearchIndex, SearchPlugin
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents

from vger_guide.text.html import CompiledTemplates

# What the search knows of a page, behind what it depends on.
Entries = tuple[tuple[object, ...], list[dict[str, Any]]]


@dataclass(frozen=True)
class Converted:
    """What a page has from its Markdown. Targets of links are named by their sources: a build makes its files anew."""

    markdown: str
    content: str
    toc: TableOfContents
    title: str | None
    anchors: frozenset[str]
    links: Mapping[str, dict[str, str]]


class _NoSettings(Config):  # type: ignore[no-untyped-call] # MkDocs'
    """The settings of a plugin that has none."""


class PageCache(BasePlugin[_NoSettings]):  # type: ignore[no-untyped-call] # MkDocs'
    """A plugin of MkDocs, behind all others at a page's Markdown. It is right for every build of one configuration."""

    def __init__(self) -> None:
        super().__init__()
        self._site: object = None
        self._pages: dict[str, Converted] = {}
        self._templates = CompiledTemplates()
        self._entries: dict[str, Entries] = {}
        self._warnings = _Counter()

    def on_startup(self, **_: Any) -> None:
        """Count the warnings of pages: a page with one is converted at each build, so that it warns at each."""
        logging.getLogger("mkdocs").addHandler(self._warnings)

    def on_shutdown(self) -> None:
        """Stop counting."""
        logging.getLogger("mkdocs").removeHandler(self._warnings)

    @event_priority(-100)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Let the theme's search, which parses the HTML of every page again, take what it knows of it."""
        for plugin in config.plugins.values():
            if isinstance(plugin, SearchPlugin):
                plugin.search_index = _Index(self._entries, plugin.search_index.config)
        return config

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Forget all pages where the configuration is another, or the files that links can lead to are."""
        text = Path(config.config_file_path or "").read_bytes()
        site = (text, [(file.src_uri, file.url, file.inclusion) for file in files])
        if site != self._site:
            self._site = site
            self._pages.clear()
        return nav

    @event_priority(-100)
    def on_page_markdown(self, markdown: str, *, page: Page, **_: Any) -> str:
        """Leave nothing to be converted where the result is known."""
        self._warnings.seen = 0
        kept = self._pages.get(page.file.src_uri)
        if kept and kept.markdown == markdown:
            return ""
        self._pages.pop(page.file.src_uri, None)
        return markdown

    def on_page_content(self, content: str, *, page: Page, files: Files, **_: Any) -> str:
        """Put the known result into a page, or keep that of a page that gave no warning."""
        kept = self._pages.get(page.file.src_uri)
        if not kept:
            if not self._warnings.seen:
                self._pages[page.file.src_uri] = _converted(page, content)
            return content
        page.markdown, page.toc, page._title_from_render = kept.markdown, kept.toc, kept.title  # noqa: SLF001 - MkDocs has no other place for it
        page.present_anchor_ids = set(kept.anchors)
        targets = {files.get_file_from_path(source): links for source, links in kept.links.items()}
        page.links_to_anchors = {target: dict(links) for target, links in targets.items() if target}
        return kept.content

    def on_env(self, env: jinja2.Environment, **_: Any) -> jinja2.Environment:
        """Compile the templates of the theme once, and look for edits once a build."""
        env.auto_reload = False
        env.bytecode_cache = self._templates
        return env


def _converted(page: Page, content: str) -> Converted:
    links = {target.src_uri: links for target, links in (page.links_to_anchors or {}).items()}
    anchors = frozenset(page.present_anchor_ids or ())
    title = page._title_from_render  # noqa: SLF001 - as above
    return Converted(page.markdown or "", content, page.toc, title, anchors, links)


class _Index(SearchIndex):  # type: ignore[misc] # the theme has no types
    """The theme's index of the search, with kept entries of pages that are as they were."""

    def __init__(self, kept: dict[str, Entries], config: dict[str, Any]) -> None:
        super().__init__(**config)
        self._kept = kept

    def add_entry_from_context(self, page: Page) -> None:
        """Add the entries of a page."""
        state = (page.content, page.url, page.title, dict(page.meta))
        known, entries = self._kept.get(page.file.src_uri, ((), []))
        if known == state:
            self.entries += entries
            return
        begin = len(self.entries)
        super().add_entry_from_context(page)
        self._kept[page.file.src_uri] = state, self.entries[begin:]


class _Counter(logging.Handler):
    """Counts warnings and errors."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.seen = 0

    def emit(self, _: logging.LogRecord) -> None:
        """Count one."""
        self.seen += 1
