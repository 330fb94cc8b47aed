"""The sources of notes lead to pages that a reader can open."""

import pytest

from vger_guide.catalog.notes import web_address


@pytest.mark.parametrize(
    ("origin", "address"),
    [
        ("https://dvc.org/", "https://dvc.org/"),
        ("pkg:pypi/django@6.1.3", "https://pypi.org/project/django/6.1.3/"),
        ("pkg:pypi/django", "https://pypi.org/project/django/"),
        ("pkg:npm/express@5.1.0", "https://www.npmjs.com/package/express/v/5.1.0"),
        ("pkg:npm/%40redis/client@5.0.0", "https://www.npmjs.com/package/@redis/client/v/5.0.0"),
        ("pkg:npm/@redis/client", "https://www.npmjs.com/package/@redis/client"),
    ],
)
def test_a_package_url_leads_to_its_page_in_the_registry(origin: str, address: str) -> None:
    assert web_address(origin) == address
