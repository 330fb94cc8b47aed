"""Places in reports are paths of the tree, or none (tests/examples/evidence/locations.yml)."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import EXAMPLES
from vger_guide.evidence.locations import Locator, OutsideError, resolve_bases

CASES = yaml.safe_load((EXAMPLES / "evidence" / "locations.yml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[str(case["uri"])[:60] for case in CASES])
def test_a_place_is_a_path_of_the_tree_or_none(case: dict[str, Any]) -> None:
    locator, bases = Locator(Path("/home/ann/shop")), resolve_bases(case.get("bases"))
    try:
        found = locator.uri_path(case["uri"], case.get("base", ""), bases)
    except OutsideError:
        found = None
    assert found == case["path"]
