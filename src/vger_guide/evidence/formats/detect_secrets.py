"""The baseline of detect-secrets, which writes no SARIF: `detect-secrets scan`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from vger_guide.evidence.locations import Locator, OutsideError
from vger_guide.evidence.mappings import Tools
from vger_guide.evidence.sightings import Sighting, ToolRun, line_number
from vger_guide.evidence.stream import END, WHOLE, Readable, read_values

KEY = "plugins_used"
NAME = "detect-secrets"

SHAPE = {"version": WHOLE, "results": WHOLE}


def read(stream: Readable, file: str, tools: Tools, locator: Locator) -> Iterator[ToolRun]:
    """Yield the run. What somebody audited as no secret is suppressed. Raises BrokenJsonError."""
    run = ToolRun(file, NAME, tools.find(NAME), succeeded=True)
    for place, value in read_values(stream, SHAPE):
        if value is END:
            continue
        if place == ("version",):
            run.version = str(value)
        elif isinstance(value, dict):
            for path, found in value.items():
                for each in found if isinstance(found, list) else []:
                    _add(run, path, each, locator)
    yield run


def _add(run: ToolRun, path: str, found: Any, locator: Locator) -> None:
    run.results += 1
    id_ = found.get("type") if isinstance(found, dict) else None
    if not run.tool or not isinstance(id_, str) or not (entries := run.tool.select(id_)):
        return
    line = line_number(found.get("line_number"))
    try:
        run.add(Sighting(id_, entries, locator.path(path), line, line, suppressed=found.get("is_secret") is False))
    except OutsideError:
        run.outside += 1
