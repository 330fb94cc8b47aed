"""The settings of a run: those of the command line over those that stand in the repository."""

import os
from pathlib import Path

from vger_guide.checks import baseline
from vger_guide.checks.run_settings import RunSettings
from vger_guide.errors import UserError
from vger_guide.repo.tree import MAX_BYTES, FileKind, Tree, TreeEntry, UnreadableFileError
from vger_guide.text.file_read import read_regular

FILE = ".vger.yml"
PYPROJECT = "pyproject.toml"
OWN = (FILE, PYPROJECT, baseline.FILE)


def load_settings(tree: Tree, root: Path | None) -> RunSettings:
    """Return the settings in the repository; `root` is where it stands on the disk, if the tree does.

    Raises CatalogError where the file has problems, and UserError where it cannot be read.
    """
    data = read_own_file(tree, root, FILE)
    project = (read_own_file(tree, root, PYPROJECT) or b"") if data is None else b""
    if data is None and b"tool.vger" not in project:
        return RunSettings()
    from vger_guide.checks.settings_file import parse_pyproject, parse_settings  # noqa: PLC0415 - it imports Pydantic

    place = root or Path()
    return parse_settings(place / FILE, data) if data is not None else parse_pyproject(place / PYPROJECT, project)


def read_own_file(tree: Tree, root: Path | None, name: str) -> bytes | None:
    """Return a file of ours at the root of a tree, or None. Raises UserError where it cannot be read.

    One that is not tracked yet counts too: its writer has just been told to try it.
    """
    try:
        entry = _entry(tree, name)
        if entry is None:
            return _read_untracked(root / name) if root else None
        return None if _is_passed_over(entry, root) else tree.read(entry)
    except UnreadableFileError as why:
        raise UserError(f"{name} cannot be read: {why}") from None
    except OSError as error:
        raise UserError(f"{name} cannot be read: {error.strerror}") from None


def require_regular(path: Path) -> None:
    """Raise UserError for a file of ours that is there and no regular one: it is neither read nor written."""
    if path.is_symlink():
        raise UserError(f"{path} is a symbolic link, which vger does not follow; remove it first")
    if path.exists() and not path.is_file():
        raise UserError(f"{path} is not a regular file; remove it first")


def find_passed_over(tree: Tree, root: Path | None) -> list[str]:
    """Return the tracked files of ours that are not read, though nothing is wrong with them, a sentence each."""
    entries = [entry for name in OWN if (entry := _entry(tree, name)) and _is_passed_over(entry, root)]
    return [
        f"{entry.path} is {'a symbolic link' if entry.kind is FileKind.LINK else 'not on the disk'}; "
        "what it may say was not read"
        for entry in entries
    ]


def _is_passed_over(entry: TreeEntry, root: Path | None) -> bool:
    """Tell whether a file has gone from the disk, or is a link that somebody else's tools may need."""
    if entry.path == PYPROJECT and entry.kind is FileKind.LINK:
        return True
    return root is not None and not os.path.lexists(root / entry.path)


def _entry(tree: Tree, name: str) -> TreeEntry | None:
    return next((entry for entry in tree.entries() if entry.path == name), None)


def _read_untracked(path: Path) -> bytes | None:
    if path.is_symlink() or not path.is_file():
        return None
    return read_regular(path, MAX_BYTES, follow=False)


def organisation_folder(extends: str, root: Path) -> Path:
    """Return the organisation's folder that settings name, in the repository that they stand in.

    Raises UserError where it leads out of the repository, or holds a link: what it says is shown in messages.
    """
    folder = (root / extends).resolve()
    if not folder.is_relative_to(root.resolve()):
        raise UserError(f"extends: '{extends}' leads out of the repository; name a folder inside it, or use --catalog")
    for parent, folders, files in os.walk(folder):
        for name in (*folders, *files):
            if (Path(parent) / name).is_symlink():
                raise UserError(
                    f"extends: '{extends}' holds the link '{name}', which is not followed; put the file there"
                )
    return folder
