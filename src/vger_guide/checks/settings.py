"""The settings of a run: those of the command line over those that stand in the repository."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from vger_guide.checks.suppressions import Waiver
from vger_guide.errors import UserError
from vger_guide.repo.tree import Tree, UnreadableFileError

if TYPE_CHECKING:
    from vger_guide.catalog.settings import Settings
    from vger_guide.records.yaml_reader import Document

FILE = ".vger.yml"
PYPROJECT = "pyproject.toml"


@dataclass(frozen=True)
class RunSettings:
    """What is asked, of what kind of system, what is accepted, and when the run fails. Empty: not chosen."""

    profile: str = ""
    stage: str = ""
    workload: str = ""
    extends: str = ""
    fail_on: str = "must"
    only: tuple[str, ...] = ()
    skip: tuple[tuple[str, str], ...] = ()
    waivers: tuple[Waiver, ...] = ()
    file: str = ""


def load_settings(tree: Tree, root: Path | None) -> RunSettings:
    """Return the settings in the repository; `root` is where it stands on the disk, if the tree does.

    Raises CatalogError where the file has problems, and UserError where it cannot be read.
    """
    found = _read(tree, root)
    return _to_run_settings(*found) if found else RunSettings()


def _read(tree: Tree, root: Path | None) -> tuple[Settings, Document] | None:
    place = root or Path()
    if (data := read_own_file(tree, root, FILE)) is not None:
        from vger_guide.catalog.settings import read_settings

        return read_settings(place / FILE, data)
    if b"tool.vger" in (data := read_own_file(tree, root, PYPROJECT) or b""):
        from vger_guide.catalog.settings import read_pyproject

        return read_pyproject(place / PYPROJECT, data)
    return None


def read_own_file(tree: Tree, root: Path | None, name: str) -> bytes | None:
    """Return a file of ours at the root of a tree, or None. Raises UserError where it cannot be read.

    One that is not tracked yet counts too: its writer has just been told to try it.
    """
    try:
        for entry in tree.entries():
            if entry.path == name:
                return tree.read(entry)
        path = root / name if root else None
        return path.read_bytes() if path and path.is_file() and not path.is_symlink() else None
    except (UnreadableFileError, OSError) as why:
        raise UserError(f"{name} cannot be read: {why}") from None


def _to_run_settings(settings: Settings, doc: Document) -> RunSettings:
    return RunSettings(
        profile=settings.profile or "",
        stage=settings.stage or "",
        workload=settings.workload or "",
        extends=settings.extends or "",
        fail_on=settings.fail_on or "must",
        only=tuple(settings.only),
        skip=tuple((each.rule, each.reason) for each in settings.skip),
        waivers=tuple(
            Waiver(
                each.rule,
                tuple(each.paths or ()),
                each.owner,
                each.reason,
                each.until,
                _line(doc, i),
            )
            for i, each in enumerate(settings.waivers)
        ),
        file=doc.path.name,
    )


def _line(doc: Document, waiver: int) -> str:
    line = doc.line(("waivers", waiver))
    return f"{doc.path.name}:{line}" if line else doc.path.name


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
