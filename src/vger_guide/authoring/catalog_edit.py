"""Changing files of a catalogue only when it loads without problems afterwards."""

import shutil
from dataclasses import replace
from pathlib import Path

from vger_guide.catalog.catalog import Catalog
from vger_guide.catalog.open import open_catalog
from vger_guide.catalog.paths import PACKAGED
from vger_guide.errors import UserError
from vger_guide.records.problems import CatalogError, named
from vger_guide.records.yaml_reader import MAX_BYTES
from vger_guide.text.atomic_write import write_whole
from vger_guide.text.file_read import read_regular
from vger_guide.text.temporary_folder import temporary_folder


class CatalogEdit:
    """A change of one data file of a folder, tried on a copy of the folder and then made."""

    def __init__(self, folder: Path, path: Path) -> None:
        if folder.resolve() == PACKAGED:
            mend = "name a folder with --catalog: the checklists/ of a checkout, or one of your own with an extends.yml"
            raise UserError(f"the data inside the installed package cannot be changed; {mend}")
        self.folder = folder
        self.path = path
        self.before = _read(path)

    @property
    def text(self) -> str:
        """The file as it is."""
        return (self.before or b"").decode()

    def preview(self, text: str) -> Catalog:
        """Return the catalogue as it will be. Raises CatalogError, with the names of the real files."""
        with temporary_folder() as place:
            copy = Path(shutil.copytree(self.folder, place / "data"))
            changed = copy / self.path.relative_to(self.folder)
            changed.parent.mkdir(exist_ok=True)
            changed.write_bytes(text.encode())
            try:
                return open_catalog(copy)
            except CatalogError as error:
                real, tried = named(self.folder), named(copy)
                renamed = [replace(each, file=each.file.replace(tried, real, 1)) for each in error.problems]
                raise CatalogError(renamed) from None

    def commit(self, text: str) -> None:
        """Make the change. Raises UserError when somebody else changed the file meanwhile."""
        if _read(self.path) != self.before:
            raise UserError(f"{named(self.path)} has changed in the meantime; try again")
        self.path.parent.mkdir(exist_ok=True)
        write_whole(self.path, text.encode())


def _read(path: Path) -> bytes | None:
    """Return the bytes of a data file, or None where there is none. Raises OSError for what is no such file."""
    return read_regular(path, MAX_BYTES) if path.exists() else None
