"""A folder that is written anew as a whole: readers see all of the old one or all of the new one."""

import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from vger_guide.errors import UserError
from vger_guide.text.atomic_write import write_whole

# Tells that a folder was made here, so that nobody else's is ever removed.
MARK = ".vger-portfolio"


def replace_folders(folders: Mapping[Path, Iterable[tuple[str, bytes]]]) -> None:
    """Write files, by their paths below a folder, beside each folder, and then put all of them in their places.

    Raises UserError where something else is there, and OSError; the old folders stay then.
    """
    try:
        for folder, files in folders.items():
            _write_beside(folder, files)
    except BaseException:
        for folder in folders:
            _remove(_beside(folder, "new"))
        raise
    for folder in folders:
        _take_over(folder)


def _beside(folder: Path, end: str) -> Path:
    return folder.with_name(f"{folder.name}.{end}")


def _write_beside(folder: Path, files: Iterable[tuple[str, bytes]]) -> None:
    if folder.is_symlink() or (folder.exists() and not (folder / MARK).is_file()):
        raise UserError(f"{folder} is there, and vger did not make it; remove it, or choose another folder with --into")
    new = _beside(folder, "new")
    for left in (new, _beside(folder, "old")):
        _remove(left)
    new.mkdir(parents=True)
    write_whole(new / MARK, b"Made by vger portfolio run, which replaces this folder as a whole.\n")
    for name, data in files:
        path = new / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)


def _take_over(folder: Path) -> None:
    old = _beside(folder, "old")
    if folder.exists():
        folder.rename(old)
    _beside(folder, "new").rename(folder)
    _remove(old)


def _remove(folder: Path) -> None:
    """Remove a folder of ours, if it is there."""
    if folder.is_symlink() or (folder.exists() and not (folder / MARK).is_file() and any(folder.iterdir())):
        raise UserError(f"{folder} is there, and vger did not make it; remove it")
    shutil.rmtree(folder, ignore_errors=True)
