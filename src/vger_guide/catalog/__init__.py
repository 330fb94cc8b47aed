"""The records of the guide: models, reading, validation, and the problems found in them."""

from vger_guide.catalog.catalog import Catalog
from vger_guide.catalog.loading import load
from vger_guide.catalog.problems import CatalogError, Problem

__all__ = ["Catalog", "CatalogError", "Problem", "load"]
