"""The JSON of OpenSSF Scorecard, which has a score for each check, and the commit; its SARIF has neither.

The form is that of `scorecard --format json --show-details`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from vger_guide.evidence.locations import Locator
from vger_guide.evidence.mappings import Tools
from vger_guide.evidence.sightings import Sighting, ToolRun, to_text
from vger_guide.evidence.stream import END, WHOLE, Readable, read_values

KEY = "scorecard"
NAME = "Scorecard"
BEST = 10

SHAPE = {"repo": WHOLE, "scorecard": WHOLE, "checks": {"*": WHOLE}}


def read(stream: Readable, file: str, tools: Tools, _: Locator) -> Iterator[ToolRun]:
    """Yield the run. A score below the best is a finding, about the repository as a whole. Raises BrokenJsonError."""
    run = ToolRun(file, NAME, tools.find(NAME), succeeded=True)
    for place, value in read_values(stream, SHAPE):
        if value is END or not isinstance(value, dict):
            continue
        if place == ("repo",):
            run.commit = to_text(value.get("commit")).lower()
        elif place == ("scorecard",):
            run.version = to_text(value.get("version"))
        else:
            _add(run, value)
    yield run


def _add(run: ToolRun, check: dict[str, Any]) -> None:
    """Add a check; one that could not be made has a score of -1, and says nothing."""
    name, score = to_text(check.get("name")), check.get("score")
    if not isinstance(score, int) or score < 0:
        return
    run.results += score < BEST
    entries = run.tool.select(name) if run.tool else ()
    if entries and score < BEST:
        told = check.get("details")
        details = [each for each in told if isinstance(each, str)] if isinstance(told, list) else []
        says = "\n".join([f"score {score}: {to_text(check.get('reason'))}", *details])
        run.add(Sighting(name, entries, says=says))
