"""The settings of a run: those of the command line over those that stand in the repository."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from vger_guide.checks.standing import Waiver
from vger_guide.checks.tree import Entry, Tree, Unreadable
from vger_guide.cli.choosing import Refused

if TYPE_CHECKING:
    from vger_guide.catalog.reading import Document
    from vger_guide.catalog.settings import Settings

FILE = ".vger.yml"
PYPROJECT = "pyproject.toml"


@dataclass(frozen=True)
class Chosen:
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


def settings_of(tree: Tree, place: Path) -> Chosen:
    """Return what the repository says of itself; `place` is the folder that messages name its files in.

    Raises CatalogError where the file has problems, and Refused where it cannot be read.
    """
    by_path = {entry.path: entry for entry in tree.entries() if entry.path in (FILE, PYPROJECT)}
    found = _read(tree, by_path, place)
    return _chosen(*found) if found else Chosen()


def _read(tree: Tree, by_path: dict[str, Entry], place: Path) -> tuple[Settings, Document] | None:
    if FILE in by_path:
        data = _bytes(tree, by_path[FILE])
        from vger_guide.catalog.settings import read_settings

        return read_settings(place / FILE, data)
    if PYPROJECT in by_path and b"tool.vger" in (data := _bytes(tree, by_path[PYPROJECT])):
        from vger_guide.catalog.settings import read_pyproject

        return read_pyproject(place / PYPROJECT, data)
    return None


def _bytes(tree: Tree, entry: Entry) -> bytes:
    try:
        return tree.read(entry)
    except Unreadable as why:
        raise Refused(f"{entry.path} cannot be read: {why}") from None


def _chosen(settings: Settings, doc: Document) -> Chosen:
    return Chosen(
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


def organisation(extends: str, root: Path) -> Path:
    """Return the organisation's folder that settings name, in the repository that they stand in.

    Raises Refused where it leads out of the repository, or holds a link: what it says is shown in messages.
    """
    folder = (root / extends).resolve()
    if not folder.is_relative_to(root.resolve()):
        raise Refused(f"extends: '{extends}' leads out of the repository; name a folder inside it, or use --catalog")
    for parent, folders, files in os.walk(folder):
        for name in (*folders, *files):
            if (Path(parent) / name).is_symlink():
                raise Refused(
                    f"extends: '{extends}' holds the link '{name}', which is not followed; put the file there"
                )
    return folder
