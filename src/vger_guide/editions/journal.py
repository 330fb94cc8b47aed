"""Writing the files of an edition: all of them or none, also where the process is killed amid it.

What is to be written stands in a journal first. Who finds one writes it to its end.
"""

import json
import re
from pathlib import Path

from vger_guide.catalog.editions import NEXT
from vger_guide.catalog.paths import JOURNAL
from vger_guide.errors import UserError
from vger_guide.records.fields import EDITION
from vger_guide.text.atomic_write import remove_left, write_whole
from vger_guide.text.file_lock import locked
from vger_guide.text.file_read import read_regular

MAX_BYTES = 100_000_000

CHANGELOG = "../CHANGELOG.md"
_EDITION = EDITION.strip("^$")
_NAME = re.compile(
    rf"editions/{_EDITION}\.json|changes/(?:{_EDITION}|{NEXT})\.yml|editions\.sha256|{re.escape(CHANGELOG)}"
)


def write_files(folder: Path, files: dict[str, str]) -> None:
    """Write files below a folder. Raises OSError, and every file is as it was then, and UserError.

    One that is there of an edition already is not written over: somebody else has frozen it meanwhile.
    """
    with locked(folder / JOURNAL):
        taken = [name for name in files if name.startswith("editions/") and (folder / name).exists()]
        if taken or (folder / JOURNAL).exists():
            raise UserError(f"{folder / (taken or [JOURNAL])[0]} was written by another command meanwhile; try again")
        write_whole(folder / JOURNAL, json.dumps(files, ensure_ascii=False).encode())
        _exchange(folder, files)
        (folder / JOURNAL).unlink()


def finish_writing(folder: Path) -> list[str]:
    """Write what a killed command was about to write, and return the names of the files; none where there is nothing.

    Raises OSError, and UserError where the journal is none.
    """
    path = folder / JOURNAL
    if not path.parent.is_dir():
        return []
    with locked(path):
        remove_left(path)
        if not path.exists():
            return []
        files = _read(path)
        for name, text in files.items():
            remove_left(folder / name)
            _write(folder / name, text)
        path.unlink()
    return list(files)


def _read(path: Path) -> dict[str, str]:
    try:
        files = json.loads(read_regular(path, MAX_BYTES, follow=False))
    except (ValueError, RecursionError):
        files = None
    if not isinstance(files, dict) or not all(_NAME.fullmatch(name) for name in files):
        raise UserError(f"{path} does not say what is to be written; remove it")
    if not all(isinstance(text, str) for text in files.values()):
        raise UserError(f"{path} holds something else than texts; remove it")
    return files


def _exchange(folder: Path, files: dict[str, str]) -> None:
    """Write the files; where one cannot be, those before it become what they were."""
    before = {path: path.read_bytes() if path.exists() else None for path in map(folder.__truediv__, files)}
    written = []
    try:
        for name, text in files.items():
            _write(folder / name, text)
            written.append(folder / name)
    except OSError:
        for path in written:
            data = before[path]
            if data is None:
                path.unlink()
            else:
                write_whole(path, data)
        (folder / JOURNAL).unlink()
        raise


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, text.encode())
