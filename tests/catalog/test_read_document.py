"""The catalogue that a browser reads out of the site is the one that was loaded from the data files."""

from dataclasses import replace

from vger_guide.catalog.catalog import Catalog
from vger_guide.catalog.document import catalog_json
from vger_guide.catalog.read_document import read_catalog
from vger_guide.output.catalog.editions_json import editions_json


def test_the_catalogue_that_is_read_is_the_one_that_was_written(catalog: Catalog) -> None:
    written = catalog_json(catalog, catalog.guide.site).encode(), editions_json(catalog).encode()
    # How other tools' findings are read, and how often checks were right, is for the command and for pages.
    assert read_catalog(*written) == replace(catalog, meanings={}, evidence={}, precision=None)
