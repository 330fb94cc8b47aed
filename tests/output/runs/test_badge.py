"""The badge, as a picture and for shields.io."""

import json
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from tests.output.runs import runs
from vger_guide.checks.results import Run
from vger_guide.output.runs import load_format


def _endpoint(run: Run) -> Any:
    return json.loads(load_format("badge-endpoint").write(run))


@pytest.mark.parametrize(
    ("run", "message", "colour"),
    [
        (runs.ORDINARY, "2 of 11 met, 4 failed, 1 waived, 1 error", "red"),
        (runs.run(runs.RESULTS[0], runs.RESULTS[9]), "1 of 2 met, 1 failed", "orange"),
        (runs.run(runs.RESULTS[8], runs.RESULTS[9]), "1 of 2 met", "blue"),
        (runs.GOOD, "2 of 2 met", "green"),
        (runs.UNDECIDED, "nothing checked", "lightgrey"),
        (runs.NOTHING, "nothing checked", "lightgrey"),
    ],
)
def test_the_badge_says_how_many_rules_are_met(run: Run, message: str, colour: str) -> None:
    assert _endpoint(run) == {"schemaVersion": 1, "label": "VGER guide", "message": message, "color": colour}
    picture = ET.fromstring(load_format("badge").write(run))  # noqa: S314 - it is our own
    assert picture.get("role") == "img"
    assert picture.get("aria-label") == f"VGER guide: {message}"
    assert picture.findtext("{http://www.w3.org/2000/svg}title") == f"VGER guide: {message}"
