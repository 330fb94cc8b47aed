"""The folder of results: a file for each repository, written whole or not at all, so that a run can go on anywhere."""

import json
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from vger_guide.errors import UserError
from vger_guide.portfolio.history import extend_history
from vger_guide.portfolio.look import CHECKED
from vger_guide.portfolio.repositories import Repository
from vger_guide.text.atomic_write import remove_left, write_whole
from vger_guide.text.file_read import read_regular

# Raised when a key goes or changes its meaning; files of another version are looked at anew.
VERSION = 1
MAX_BYTES = 50_000_000
FOLDER = "state"
# Results are for whoever made them.
PRIVATE = 0o700

Kept = dict[str, Any]


class StateFolder:
    """Where the results of a portfolio are kept, below the folder that a run writes into."""

    def __init__(self, into: Path) -> None:
        self.folder = into / FOLDER

    def prepare(self) -> None:
        """Make the folder; what is in it is private, so git is told to leave it out. Raises OSError, UserError."""
        if self.folder.is_symlink():
            raise UserError(f"{self.folder} is a link, and is not followed; remove it, or choose another --into")
        self.folder.parent.mkdir(parents=True, exist_ok=True, mode=PRIVATE)
        self.folder.mkdir(exist_ok=True)
        ignore = self.folder.parent / ".gitignore"
        if not ignore.exists():
            write_whole(ignore, b"# Results of a portfolio are private.\n*\n")

    def read(self, repository: Repository) -> Kept | None:
        """Return what is kept of a repository, or None: nothing, or what is no result of this version."""
        with suppress(OSError, ValueError, RecursionError):
            kept = json.loads(read_regular(self._path(repository), MAX_BYTES, follow=False))
            if isinstance(kept, dict) and kept.get("schemaVersion") == VERSION and isinstance(kept.get("result"), dict):
                return kept
        return None

    def write(self, repository: Repository, key: str, found: dict[str, Any]) -> Kept:
        """Keep what a look found, with all that was found before in the history. Raises OSError."""
        before = self.read(repository)
        history = extend_history(before["history"] if before else [], found)
        kept = {
            "schemaVersion": VERSION,
            "id": repository.id,
            "name": repository.name,
            "key": key,
            "result": found,
            "history": history,
        }
        path = self._path(repository)
        remove_left(path)
        write_whole(path, json.dumps(kept).encode())
        return kept

    def _path(self, repository: Repository) -> Path:
        return self.folder / f"{repository.id}.json"


def is_up_to_date(kept: Kept | None, key: str) -> bool:
    """Tell whether a kept result still says how things are: it was checked, and nothing that it depends on changed.

    A waiver that has expired since changes the outcome by itself.
    """
    if kept is None or not key or kept["key"] != key or kept["result"]["status"] != CHECKED:
        return False
    today, looked = datetime.now(UTC).date().isoformat(), kept["result"]["at"][:10]
    return not any(looked <= each["until"] < today for each in kept["result"]["waivers"])
