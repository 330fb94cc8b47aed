"""Opens the catalogue of a folder: a whole guide, or an organisation's changes over it."""

from pathlib import Path

from vger_guide.catalog.catalog import Catalog
from vger_guide.catalog.loader import load
from vger_guide.catalog.overlay import ExtendedCatalog, extend
from vger_guide.catalog.paths import CHANGES, data_folder, guide_folder


def open_catalog(folder: Path) -> Catalog:
    """Return the catalogue of a folder: a whole guide, or the guide's own with an organisation's changes over it."""
    return open_extended(folder).catalog


def open_extended(folder: Path) -> ExtendedCatalog:
    """Return the same with what was changed; nothing was in a whole guide."""
    if (data_folder(folder) / CHANGES).exists():
        return extend(load(guide_folder()), folder)
    return ExtendedCatalog(load(folder), [])
