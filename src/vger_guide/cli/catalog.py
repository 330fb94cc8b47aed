"""The catalogue that a command was asked to use, with its models; what needs none of them reads the snapshot alone."""

from vger_guide.catalog.catalog import Catalog
from vger_guide.catalog.snapshot_parts import load_catalog
from vger_guide.cli.options import catalog_folder


def load_chosen_catalog() -> Catalog:
    """Return the catalogue that was chosen. Raises CatalogError."""
    return load_catalog(catalog_folder())
