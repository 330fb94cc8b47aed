"""The files of a new edition: all of them are written, or none."""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from vger_guide.cli import console
from vger_guide.errors import UserError

if TYPE_CHECKING:
    from vger_guide.catalog.catalog import Catalog


def freeze_files(catalog: Catalog, folder: Path, edition: str) -> dict[str, str]:
    """Return the files of a new edition, by their paths below the folder of the data. Raises UserError."""
    from vger_guide.editions.release import CHANGES, SUMS, FreezeError, frozen_files

    changes, sums = (
        path.read_text(encoding="utf-8") if path.exists() else "" for path in (folder / CHANGES, folder / SUMS)
    )
    try:
        return frozen_files(catalog, edition, changes, sums)
    except FreezeError as why:
        raise UserError(str(why)) from None


def write_files(folder: Path, files: dict[str, str]) -> None:
    """Write files below a folder, and say which. Raises OSError, and every file is as it was then."""
    from vger_guide.records.problems import named

    texts = {(folder / name).resolve(): text for name, text in files.items()}
    with ExitStack() as tidy:
        for path, text in texts.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            for word in ("new", "old"):
                tidy.callback(_beside(path, word).unlink, missing_ok=True)
            _beside(path, "new").write_bytes(text.encode())
        with ExitStack() as back:
            for path in texts:
                _exchange(path, back)
            back.pop_all()
    for name in files:
        console.say(f"Wrote {named(folder / name)}")


def _exchange(path: Path, back: ExitStack) -> None:
    """Put the new file into the place of the old one, which comes back where a later file fails."""
    fresh, old = _beside(path, "new"), _beside(path, "old")
    if path.exists():
        fresh.chmod(path.stat().st_mode & 0o777)
        path.rename(old)
        back.callback(old.replace, path)
    else:
        back.callback(path.unlink, missing_ok=True)
    fresh.rename(path)


def _beside(path: Path, word: str) -> Path:
    return path.with_name(f".{path.name}.{os.getpid()}.{word}")
