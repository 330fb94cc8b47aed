"""Addresses between pages: MkDocs rewrites links in Markdown only, so raw HTML needs them made here."""

from typing import Any

from vger_guide.catalog.urls import page_url


class Links:
    """Makes addresses relative to the page being rendered, so that the site works below any path."""

    def __init__(self, env: Any) -> None:
        self._env = env

    def to(self, place: str) -> str:
        """Return the relative address of a place such as `security/keys.md#s2-4-4`."""
        page, hash_, anchor = place.partition("#")
        here = self._env.page.url
        target = page_url("", page)
        if target == here and anchor:
            return hash_ + anchor
        return f"{self.file(target)}{hash_}{anchor}"

    def file(self, path: str) -> str:
        """Return the relative address of a file below the site's root."""
        # All the way up and down again: Zensical takes a shorter path for one between sources, and changes it.
        root = "../" * self._env.page.url.count("/") or "./"
        return root + path
