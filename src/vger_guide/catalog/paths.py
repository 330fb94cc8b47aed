"""Where the catalogue is: in a folder that was named, in the installed package, or in the checkout."""

from pathlib import Path

from vger_guide.records.problems import CatalogError, Problem, named

_PACKAGE = Path(__file__).resolve().parent.parent

# The wheel carries the folder inside the package. An installation in place (pip install --editable) runs from src/.
PACKAGED = _PACKAGE / "data" / "checklists"
CHECKOUT = _PACKAGE.parent.parent / "checklists"

# One of these is in every folder of data: of a whole guide, or of an organisation's changes to it.
GUIDE = "guide.yml"
CHANGES = "extends.yml"
# It stands there while the files of an edition are written.
JOURNAL = ".edition.json"


def guide_folder() -> Path:
    """Return the folder of the guide's own catalogue. Raises CatalogError where the installation has none."""
    for folder in (PACKAGED, CHECKOUT):
        if (folder / GUIDE).is_file():
            return folder
    raise _make_error(PACKAGED, "is missing from the installation; install vger-guide anew")


def data_folder(folder: Path) -> Path:
    """Return a folder that somebody named. Raises CatalogError when it cannot be one of data.

    Looked at before anything below it is read: a wrong name may be that of a whole disk.
    """
    if not folder.is_dir():
        raise _make_error(folder, "is not a folder; name one such as checklists/")
    if not any((folder / name).exists() for name in (GUIDE, CHANGES)):
        raise _make_error(folder, f"holds neither {GUIDE} nor {CHANGES}; name a folder such as checklists/")
    return folder


def _make_error(folder: Path, message: str) -> CatalogError:
    return CatalogError([Problem(named(folder), 0, "", message)])
