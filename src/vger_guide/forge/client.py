"""A JSON API on the web, asked with bounds of time and size: the one place that opens a connection of its own."""

import json
import re
import time
from collections.abc import Iterator
from http.client import HTTPException, HTTPMessage
from typing import IO, Any, NamedTuple
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


_NEXT = re.compile(r'<([^<>\s]{1,2000})>\s*;\s*rel="next"')


class GivenBy(NamedTuple):
    """The variables of the environment that tell the address and the token, for messages."""

    address: str
    token: str


GITHUB = GivenBy("GITHUB_API_URL", "GH_TOKEN or GITHUB_TOKEN")


class ListPage(NamedTuple):
    """A page of a list, and the path of the following one, or nothing at the end."""

    rows: list[Any]
    following: str


class _Answer(NamedTuple):
    """What a server answered, the mark of its state, and the address that it leads on to."""

    data: Any
    mark: str
    following: str = ""


class AccessDeniedError(Exception):
    """The server does not show this, or it is not there; the message is the server's."""


class NotFoundError(AccessDeniedError):
    """The server says that it is not there, as it also does of what it does not show."""


class BusyError(UserError):
    """The server will not, or cannot, answer now; `wait` is in how many seconds it will, or 0 where it did not say."""

    def __init__(self, message: str, wait: float) -> None:
        super().__init__(message)
        self.wait = wait


class RateLimitError(BusyError):
    """The server took no notice of what was asked, as it was asked too much: it may be asked the same again."""


class Api:
    """A server, with the headers that it is asked with. No other server is."""

    def __init__(self, base: str, headers: dict[str, str], given_by: GivenBy = GITHUB) -> None:
        """Take the address that paths are put behind. Raises UserError for one that others on the way could read."""
        self._given_by = given_by
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

    def changed_rows(self, path: str, etag: str) -> tuple[list[Any] | None, str]:
        """Return an answer that is a list with the mark of its state, or None where that is still `etag`.

        Raises as `table` does, and BusyError.
        """
        answer = self._ask(path, {"If-None-Match": etag} if etag else {})
        if answer.data is not None and not isinstance(answer.data, list):
            raise UserError(f"{self._base}{path} gave an unexpected answer")
        return answer.data, answer.mark

    def page(self, path: str) -> ListPage:
        """Return a page of a list whose pages lead on to each other, on this server. Raises as `table` does."""
        answer = self._ask(path, {})
        if not isinstance(answer.data, list):
            raise UserError(f"{self._base}{path} gave an unexpected answer")
        if answer.following and not answer.following.startswith(f"{self._base}/"):
            raise UserError(f"{self._base}{path} leads on to another server: not followed")
        return ListPage(answer.data, answer.following.removeprefix(self._base))

    def send(self, method: str, path: str, data: dict[str, Any]) -> dict[str, Any]:
        """Return the answer to data that are written, as `POST` or `PATCH`. Raises as `table` does, and BusyError."""
        answer = self._ask(path, {"Content-Type": "application/json"}, method, json.dumps(data).encode()).data
        if not isinstance(answer, dict):
            raise UserError(f"{self._base}{path} gave an unexpected answer")
        return answer

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
        return self._ask(path, {}).data

    def _ask(self, path: str, more: dict[str, str], method: str = "GET", data: bytes | None = None) -> _Answer:
        """Return an answer; its data are None where a server says that it has not changed."""
        address = self._base + path
        request = Request(address, data, {**self._headers, **more}, method=method)  # noqa: S310
        try:
            with self._opener.open(request, timeout=SILENCE) as answer:
                [read] = parse(_text(answer)).roots
                mark = str(answer.headers.get("ETag") or "")[:WORDS]
                following = _NEXT.search(str(answer.headers.get("Link") or ""))
        except HTTPError as error:
            with error:
                if error.code == 304 and "If-None-Match" in more:
                    return _Answer(None, more["If-None-Match"])
                raise _refusal(address, error, self._given_by) from None
        except (OSError, HTTPException, ValueError) as error:
            raise UserError(f"{address} cannot be read: {_describe(error, self._given_by)}") from None
        except UnreadableFileError as why:
            raise UserError(f"{address}: the answer {why}") from None
        return _Answer(read, mark, following[1] if following else "")


def _describe(error: Exception, given_by: GivenBy) -> str:
    """Return why a server cannot be reached, and what to look at."""
    why = error.reason if isinstance(error, URLError) else error
    return f"{getattr(why, 'strerror', None) or why}; check the network, or {given_by.address} if it is set"


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


def _refusal(address: str, error: HTTPError, given_by: GivenBy) -> UserError | AccessDeniedError:
    """Return the error for a status that is no success."""
    says = _words(error)
    if error.code == 401:
        return UserError(f"{address} needs a valid token: {says}; renew the one in {given_by.token}")
    if error.code == 429 or (error.code == 403 and "rate limit" in says.lower()):
        return RateLimitError(f"{address} refuses further requests for now: {says}", _wait(error))
    if error.code == 404:
        return NotFoundError(says)
    if error.code == 403:
        return AccessDeniedError(says)
    if error.code >= 500:
        return BusyError(f"{address} answered {error.code}: {says}", _wait(error))
    return UserError(f"{address} answered {error.code}: {says}")


def _wait(error: HTTPError) -> float:
    """Return in how many seconds a server wants to be asked again, as it says in one of two ways, or 0."""
    after, reset = (str(error.headers.get(name) or "") for name in ("Retry-After", "X-RateLimit-Reset"))
    if after.isdecimal():
        return float(after[:9])
    left = error.headers.get("X-RateLimit-Remaining") == "0" and reset.isdecimal()
    return max(1.0, float(reset[:12]) - time.time()) if left else 0.0


def _words(error: HTTPError) -> str:
    """Return the message that GitHub's errors have, or else the reason that stands in the status line."""
    try:
        [data] = parse(_text(error)).roots
    except (UnreadableFileError, OSError, HTTPException):
        data = None
    says = data.get("message") if isinstance(data, dict) else None
    return " ".join(str(says or error.reason).split())[:WORDS]
