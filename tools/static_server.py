"""A static server on loopback for tests and pictures: compressed as hosts do it, with the site's own 404."""

import gzip
import http.server
import io
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache, partial
from http import HTTPStatus
from pathlib import Path
from typing import Any, BinaryIO

COMPRESSED = (".html", ".css", ".js", ".json", ".svg", ".xml", ".txt")


@lru_cache(maxsize=256)
def _compress(body: bytes) -> bytes:
    """Return a file as it goes over the wire, once for all that ask for it."""
    return gzip.compress(body, 9, mtime=0)


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves a folder as GitHub Pages would."""

    protocol_version = "HTTP/1.1"

    def end_headers(self) -> None:
        """Add the headers that every answer carries."""
        # LinkChecker sends ten requests a second, unless the server says by this header that it may be asked faster.
        self.send_header("LinkChecker", "1")
        self.send_header("Cache-Control", "max-age=600")
        super().end_headers()

    def send_head(self) -> BinaryIO | io.BytesIO | None:
        """Answer with a file, with the index of a folder, or with the site's 404 page."""
        path = Path(self.translate_path(self.path))
        if path.is_dir() and not self.path.partition("?")[0].partition("#")[0].endswith("/"):
            return super().send_head()  # the redirect to the address with a slash
        if path.is_dir():
            path /= "index.html"
        found = path.is_file()
        return self._send(
            path if found else Path(self.directory) / "404.html", HTTPStatus.OK if found else HTTPStatus.NOT_FOUND
        )

    def _send(self, path: Path, status: HTTPStatus) -> io.BytesIO | None:
        if not path.is_file():
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        body = path.read_bytes()
        self.send_response(status)
        self.send_header("Content-Type", self.guess_type(str(path)))
        if path.suffix in COMPRESSED and "gzip" in self.headers.get("Accept-Encoding", ""):
            body = _compress(body)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return io.BytesIO(body)

    def log_message(self, *_: object) -> None:
        """Say nothing: the tests have their own output."""


class Server(http.server.ThreadingHTTPServer):
    """A server that takes a reader's hanging up for what it is."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Report what went wrong, unless the reader went away."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    """Serve a folder while the block runs, and give its address, such as `http://127.0.0.1:40123/`."""
    with Server(("127.0.0.1", 0), partial(Handler, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()
