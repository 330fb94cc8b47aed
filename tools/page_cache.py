"""Keeps the HTML of pages between builds of one process, and takes it where all that it depends on is the same.

A save of one file changes few pages, and which ones is seen by what the macros made of all of them. To convert Markdown
is the half of a build.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2
from jinja2.bccache import Bucket
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents


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
        self._templates = _Templates()
        self._warnings = _Counter()

    def on_startup(self, **_: Any) -> None:
        """Count the warnings of pages: a page with one is converted at each build, so that it warns at each."""
        logging.getLogger("mkdocs").addHandler(self._warnings)

    def on_shutdown(self) -> None:
        """Stop counting."""
        logging.getLogger("mkdocs").removeHandler(self._warnings)

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
        """Compile the templates of the theme once."""
        env.bytecode_cache = self._templates
        return env


def _converted(page: Page, content: str) -> Converted:
    links = {target.src_uri: links for target, links in (page.links_to_anchors or {}).items()}
    anchors = frozenset(page.present_anchor_ids or ())
    title = page._title_from_render  # noqa: SLF001 - as above
    return Converted(page.markdown or "", content, page.toc, title, anchors, links)


class _Counter(logging.Handler):
    """Counts warnings and errors."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.seen = 0

    def emit(self, _: logging.LogRecord) -> None:
        """Count one."""
        self.seen += 1


class _Templates(jinja2.BytecodeCache):
    """Keeps compiled templates in memory, by their text."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key] = bucket.bytecode_to_string()
