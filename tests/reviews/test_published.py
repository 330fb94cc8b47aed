"""The schema of reviews stands on the site, at the address that every review names."""

import json
from pathlib import Path

import jsonschema
import pytest

from tests.reviews.fixtures_reviews import full
from tools.site_data import published_at
from vger_guide.catalog.catalog import Catalog
from vger_guide.reviews import store
from vger_guide.reviews.schema import SCHEMA

pytestmark = pytest.mark.slow


def test_the_schema_is_published_knows_its_address_and_takes_a_review(site: Path, catalog: Catalog) -> None:
    schema = json.loads((site / SCHEMA).read_text(encoding="utf-8"))
    assert schema["$id"] == published_at(site) + SCHEMA
    jsonschema.Draft202012Validator.check_schema(schema)
    document = json.loads(store.write(full(catalog)))
    assert document["$schema"] == catalog.guide.site + SCHEMA
    jsonschema.Draft202012Validator(schema).validate(document)
