"""The repositories of an organisation at GitHub, page by page, without asking for what has not changed.

https://docs.github.com/en/rest/repos/repos?apiVersion=2022-11-28#list-organization-repositories
"""

import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from vger_guide.errors import UserError
from vger_guide.forge.client import PAGE, AccessDeniedError, Api, NotFoundError
from vger_guide.forge.github import PUBLIC, make_headers
from vger_guide.forge.retry import ask_patiently

MAX_PAGES = 200
WORDS = 200

# A managed user has the short name of the enterprise behind a low line.
NAME = r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}"


@dataclass(frozen=True)
class HostedRepository:
    """A repository as the service tells it; `pushed` is a day (YYYY-MM-DD), or empty for one without commits."""

    name: str
    address: str
    archived: bool
    fork: bool
    topics: list[str]
    language: str
    pushed: str


@dataclass(frozen=True)
class Page:
    """A page of a list with the mark by which the service knows whether it has changed."""

    etag: str
    repositories: list[HostedRepository]

    def plain(self) -> dict[str, Any]:
        """Return it as data that can be kept."""
        return asdict(self)

    @classmethod
    def from_plain(cls, data: dict[str, Any]) -> "Page":
        """Return the page of such data."""
        return cls(data["etag"], [HostedRepository(**each) for each in data["repositories"]])


def fetch_pages(organisation: str, known: Sequence[Page]) -> list[Page]:
    """Return the pages of the list of an organisation, or of a user of that name; `known` are those of the last time.

    Raises UserError where there is no good answer.
    """
    api = Api(os.environ.get("GITHUB_API_URL") or PUBLIC, make_headers())
    try:
        return _fetch_either(api, organisation, known)
    except AccessDeniedError as why:
        raise UserError(
            f"GitHub shows no organisation {organisation}: {why}; a private one needs GH_TOKEN or GITHUB_TOKEN"
        ) from None


def _fetch_either(api: Api, name: str, known: Sequence[Page]) -> list[Page]:
    """Return the list of an organisation, or of a user where there is none. Raises AccessDeniedError.

    The list of a user has only what is public: an organisation that is there and refuses is not asked for as a user.
    """
    try:
        return list(walk_pages(api, f"/orgs/{name}/repos?", known, _read))
    except NotFoundError:
        return list(walk_pages(api, f"/users/{name}/repos?", known, _read))


def walk_pages(api: Api, path: str, known: Sequence[Page], read: Callable[[Any], HostedRepository]) -> Iterator[Page]:
    """Yield the pages of a list behind a path with its query; `read` makes a repository of a row. Raises as `Api`."""
    for number in range(1, MAX_PAGES + 1):
        before = known[number - 1] if number <= len(known) else None
        page = _ask(api, f"{path}per_page={PAGE}&page={number}", before, read)
        yield page
        if len(page.repositories) < PAGE:
            return
    raise UserError(f"the list has more than {MAX_PAGES * PAGE:,} repositories; name fewer by a list")


def _ask(api: Api, path: str, before: Page | None, read: Callable[[Any], HostedRepository]) -> Page:
    """Return a page. Raises UserError."""
    rows, etag = ask_patiently(lambda: api.changed_rows(path, before.etag if before else ""))
    if rows is None and before:
        return before
    return Page(etag, [read(row) for row in rows or []])


def _read(row: Any) -> HostedRepository:
    """Return what is kept of a repository. Raises UserError where it is not told as it should be."""
    if not isinstance(row, dict) or not re.fullmatch(r"[A-Za-z0-9._-]{1,100}", str(row.get("name"))):
        raise UserError("GitHub gave a list of repositories that is none; check GITHUB_API_URL")
    topics = row.get("topics")
    return HostedRepository(
        name=row["name"],
        address=str(row.get("clone_url") or "")[: 2 * WORDS],
        archived=bool(row.get("archived")),
        fork=bool(row.get("fork")),
        topics=[str(each)[:WORDS] for each in topics] if isinstance(topics, list) else [],
        language=str(row.get("language") or "")[:WORDS],
        pushed=str(row.get("pushed_at") or "")[:10],
    )
