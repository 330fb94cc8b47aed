"""The lists of organisations and groups that a portfolio names: asked for by a run, and kept for its readers."""

import json
from contextlib import suppress
from pathlib import Path

from vger_guide.errors import UserError
from vger_guide.forge.group import fetch_group_pages
from vger_guide.forge.organisation import HostedRepository, Page, fetch_pages
from vger_guide.portfolio.models import Source
from vger_guide.portfolio.state import MAX_BYTES, StateFolder
from vger_guide.text.atomic_write import write_whole
from vger_guide.text.file_read import read_regular

FOLDER = "organisations"
GROUPS = "groups"


class OrganisationLists:
    """The lists that are kept beside the results of a portfolio; `ask` fetches what has changed of them."""

    def __init__(self, into: Path, *, ask: bool) -> None:
        self._into = into
        self._ask = ask

    def list_repositories(self, source: Source) -> list[HostedRepository]:
        """Return the repositories of the organisation or group of a source, none of another. Raises UserError."""
        name = source.organisation or source.group
        if not name:
            return []
        folder, fetch = (GROUPS, fetch_group_pages) if source.group else (FOLDER, fetch_pages)
        path = self._into / folder / f"{name.lower().replace('/', '+')}.json"  # no name has a plus
        known = _read(path)
        if self._ask:
            known = fetch(name, known or [])
            StateFolder(self._into).prepare()
            path.parent.mkdir(exist_ok=True)
            write_whole(path, json.dumps([page.plain() for page in known]).encode())
        if known is None:
            raise UserError(f"{self._into} holds no list of {name}; run 'vger portfolio run' first")
        return [each for page in known for each in page.repositories]


def _read(path: Path) -> list[Page] | None:
    with suppress(OSError, ValueError, TypeError, KeyError, RecursionError):
        return [Page.from_plain(each) for each in json.loads(read_regular(path, MAX_BYTES, follow=False))]
    return None


def is_wanted(hosted: HostedRepository, source: Source) -> bool:
    """Tell whether a repository passes the filters of a source."""
    return (
        (source.archived or not hosted.archived)
        and (source.forks or not hosted.fork)
        and (not source.topics or bool(set(source.topics) & set(hosted.topics)))
        and (not source.language or source.language.casefold() == hosted.language.casefold())
        and (source.pushed_since is None or hosted.pushed >= source.pushed_since.isoformat())
    )
