"""Made-up reviews, for the tests of every form."""

import pytest

from tests.reviews import fixtures_reviews
from vger_guide.catalog.catalog import Catalog
from vger_guide.reviews.context import ReviewContext


@pytest.fixture(params=fixtures_reviews.MAKERS)
def context(catalog: Catalog, request: pytest.FixtureRequest) -> ReviewContext:
    """Return each of the made-up reviews."""
    return fixtures_reviews.filled(catalog, request.param)


@pytest.fixture
def empty(catalog: Catalog) -> ReviewContext:
    """Return a review that nobody has answered, of one target."""
    return fixtures_reviews.filled(catalog, "empty")


@pytest.fixture
def full(catalog: Catalog) -> ReviewContext:
    """Return a review with something in every field, of one target."""
    return fixtures_reviews.filled(catalog, "full")


@pytest.fixture
def several(catalog: Catalog) -> ReviewContext:
    """Return a review of three targets."""
    return fixtures_reviews.filled(catalog, "several")
