"""A JSON API on the web, asked with bounds of time and size: the one place that opens a connection of its own."""

import time
from collections.abc import Iterator
from http.client import HTTPException, HTTPMessage
from typing import IO, Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, ProxyHandler, Request, build_opener

from vger_guide import __version__
from vger_guide.errors import UserError
from vger_guide.matchers.formats.json import MAX_LENGTH, parse
from vger_guide.repo.tree import UnreadableFileError

LOOPBACK = ("127.0.0.1", "::1", "localhost")

# Seconds that a server may be silent, and that an answer may take.
SILENCE = 10
SECONDS = 20

# Long answers come in pages of at most 100.
PAGE = 100
PAGES = 10

# What is shown of a server's words.
WORDS = 200


class AccessDeniedError(Exception):
    """The server does not show this, or it is not there; the message is the server's."""


class Api:
    """A server, with the headers that it is asked with. No other server is."""

    def __init__(self, base: str, headers: dict[str, str]) -> None:
        """Take the address that paths are put behind. Raises UserError for one that others on the way could read."""
        self.host = _host(base)
        self._base = base.rstrip("/")
        self._headers = {"User-Agent": f"vger/{__version__}", **headers}
        self._opener = _opener(near=self.host in LOOPBACK)

    def table(self, path: str) -> dict[str, Any]:
        """Return an answer that is a table. Raises UserError where there is no good answer, and AccessDeniedError."""
        answer = self._get(path)
        if not isinstance(answer, dict):
            raise UserError(f"{self._base}{path} gave an unexpected answer")
        return answer

    def rows(self, path: str) -> list[Any]:
        """Return all pages of an answer that is a list. Raises as `table` does."""
        return [row for page in self._pages(path) for row in page]

    def _pages(self, path: str) -> Iterator[list[Any]]:
        for number in range(1, PAGES + 1):
            page = self._get(f"{path}?per_page={PAGE}&page={number}")
            if not isinstance(page, list):
                raise UserError(f"{self._base}{path} gave an unexpected answer")
            yield page
            if len(page) < PAGE:
                return
        raise AccessDeniedError(f"there are more than {PAGE * PAGES:,}")

    def _get(self, path: str) -> Any:
        address = self._base + path
        try:
            with self._opener.open(Request(address, headers=self._headers), timeout=SILENCE) as answer:  # noqa: S310
                [data] = parse(_text(answer)).roots
        except HTTPError as error:
            with error:
                raise _refusal(address, error) from None
        except (OSError, HTTPException, ValueError) as error:
            why = error.reason if isinstance(error, URLError) else error
            raise UserError(f"{address} cannot be read: {why}") from None
        except UnreadableFileError as why:
            raise UserError(f"{address}: the answer {why}") from None
        return data


class _Redirects(HTTPRedirectHandler):
    """Follows redirects, as of a repository with a new name, but to no other server: it would get the token."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        """Return the request to the new address. Raises UserError."""
        if urlsplit(newurl)[:2] != urlsplit(req.full_url)[:2]:
            fp.close()
            raise UserError(f"{req.full_url} leads to another server, {urlsplit(newurl).netloc[:WORDS]}: not followed")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _host(base: str) -> str:
    """Return the host of an address that may be asked: over https, or on this machine. Raises UserError."""
    try:
        parts = urlsplit(base)
    except ValueError:
        parts = urlsplit("")
    host = parts.hostname or ""
    if host and "@" not in parts.netloc and (parts.scheme == "https" or (parts.scheme == "http" and host in LOOPBACK)):
        return host
    raise UserError(f"the server {host} is not contacted; its address must begin with https://")


def _opener(*, near: bool) -> OpenerDirector:
    """Return an opener of addresses; of those of this machine without a proxy, which would be far."""
    return build_opener(_Redirects, *([ProxyHandler({})] if near else []))


def _text(answer: Any) -> str:
    """Return an answer of bounded length. Raises UnreadableFileError, and TimeoutError where it drips."""
    end = time.monotonic() + SECONDS
    data = b""
    while piece := answer.read1(1 << 16):
        data += piece
        if len(data) > MAX_LENGTH:
            raise UnreadableFileError(f"is longer than {MAX_LENGTH:,} bytes")
        if time.monotonic() > end:
            raise TimeoutError(f"it takes longer than {SECONDS} seconds")
    return data.decode(errors="replace")


def _refusal(address: str, error: HTTPError) -> UserError | AccessDeniedError:
    """Return the error for a status that is no success."""
    says = _words(error)
    if error.code == 401:
        return UserError(f"{address} needs a valid token: {says}")
    if error.code == 429 or (error.code == 403 and "rate limit" in says.lower()):
        return UserError(f"{address} refuses further requests for now: {says}")
    if error.code in (403, 404):
        return AccessDeniedError(says)
    return UserError(f"{address} answered {error.code}: {says}")


def _words(error: HTTPError) -> str:
    """Return the message that GitHub's errors have, or else the reason that stands in the status line."""
    try:
        [data] = parse(_text(error)).roots
    except (UnreadableFileError, OSError, HTTPException):
        data = None
    says = data.get("message") if isinstance(data, dict) else None
    return " ".join(str(says or error.reason).split())[:WORDS]
