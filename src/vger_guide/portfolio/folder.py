"""A folder that is written anew as a whole: readers see all of the old one or all of the new one."""

import shutil
from collections.abc import Iterable
from pathlib import Path

from vger_guide.errors import UserError
from vger_guide.text.atomic_write import write_whole

# Tells that a folder was made here, so that nobody else's is ever removed.
MARK = ".vger-portfolio"


def replace_folder(folder: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Write files, by their paths below a folder, beside it, and put them in its place.

    Raises UserError where something else is there, and OSError; the old folder stays then.
    """
    if folder.is_symlink() or (folder.exists() and not (folder / MARK).is_file()):
        raise UserError(f"{folder} is there, and vger did not make it; remove it, or choose another folder with --into")
    new, old = (folder.with_name(f"{folder.name}.{end}") for end in ("new", "old"))
    for left in (new, old):
        _remove(left)
    new.mkdir(parents=True)
    write_whole(new / MARK, b"Made by vger portfolio run, which replaces this folder as a whole.\n")
    try:
        for name, data in files:
            path = new / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(data)
    except BaseException:
        _remove(new)
        raise
    if folder.exists():
        folder.rename(old)
    new.rename(folder)
    _remove(old)


def _remove(folder: Path) -> None:
    """Remove a folder of ours, if it is there."""
    if folder.is_symlink() or (folder.exists() and not (folder / MARK).is_file() and any(folder.iterdir())):
        raise UserError(f"{folder} is there, and vger did not make it; remove it")
    shutil.rmtree(folder, ignore_errors=True)
