"""MkDocs' server, which reloads open pages after a build, and shows in them why a build failed."""

from pathlib import Path
from typing import Protocol

from markupsafe import Markup
from mkdocs.livereload import LiveReloadServer

from tools.content_security import SCRIPT, let_in

SECONDS = 0.25  # from one look at the files to the next
STYLE = (
    "position:fixed;inset:0 0 auto;z-index:1000;max-height:70vh;overflow:auto;margin:0;padding:1rem 1.5rem;"
    "background:#7a1010;color:#fff;font:14px/1.5 ui-monospace,monospace;white-space:pre-wrap"
)
NOTE = Markup('<pre role="alert" data-problem style="{}">{}</pre>')
EMPTY = b"<!doctype html><html lang=en><head><meta charset=utf-8><title>Not built</title></head><body></body></html>"


class Built(Protocol):
    """What is served: a folder, how it is built anew, and what was wrong the last time."""

    site: Path
    problem: str

    def build(self) -> None:
        """Build anew."""


class LiveServer(LiveReloadServer):
    """Serves a built site at the path that it is published at."""

    def __init__(self, built: Built, host: str, port: int, path: str) -> None:
        super().__init__(built.build, host, port, str(built.site), path, polling_interval=SECONDS)
        self._built = built
        self.error_handler = self._missing

    def request_build(self) -> None:
        """Build as soon as the builds before are done."""
        with self._rebuild_cond:
            self._want_rebuild = True
            self._rebuild_cond.notify_all()

    def _missing(self, code: int) -> bytes | None:
        """Return the page for what there is not: the site's own, or an empty one where it was never built."""
        if code != 404:
            return None
        page = self._built.site / "404.html"
        return self._inject_js_into_html(page.read_bytes() if page.is_file() else EMPTY, self._visible_epoch)

    def _inject_js_into_html(self, content: bytes, epoch: int) -> bytes:
        """Add to a page what reloads it, and the problem of the last build."""
        page: bytes = super()._inject_js_into_html(content, epoch)  # type: ignore[no-untyped-call] # MkDocs'
        page = let_in(page.decode(), SCRIPT.findall(page.decode())[-1]).encode()
        if not self._built.problem:
            return page
        note = NOTE.format(STYLE, self._built.problem)
        head, end, tail = page.rpartition(b"</body>")
        return head + note.encode() + end + tail
