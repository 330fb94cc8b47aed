"""What TruffleHog 3 writes with `--json`, an object a line; it writes no SARIF.

The form is that of https://github.com/trufflesecurity/trufflehog (pkg/output/json.go and proto/source_metadata.proto).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from vger_guide.evidence.locations import Locator, OutsideError
from vger_guide.evidence.mappings import Tools
from vger_guide.evidence.sightings import Sighting, ToolRun, line_number
from vger_guide.evidence.stream import WHOLE, Readable, read_values

KEY = "SourceMetadata"
NAME = "TruffleHog"

SHAPE = {"SourceMetadata": {"Data": WHOLE}, "DetectorName": WHOLE}


def read(stream: Readable, file: str, tools: Tools, locator: Locator) -> Iterator[ToolRun]:
    """Yield the run. A secret that the history has is looked for in the file of today. Raises BrokenJsonError."""
    run = ToolRun(file, NAME, tools.find(NAME), succeeded=True)
    found: dict[str, Any] = {}
    for place, value in read_values(stream, SHAPE, several=True):
        if place:
            found[place[-1]] = value
        else:
            _add(run, found, locator)
            found = {}
    yield run


def _add(run: ToolRun, found: dict[str, Any], locator: Locator) -> None:
    id_, told = found.get("DetectorName"), found.get("Data")
    run.results += 1
    entries = run.tool.select(id_) if run.tool and isinstance(id_, str) else ()
    places = list(told.values()) if isinstance(told, dict) else []
    if not entries or not places or not isinstance(places[0], dict):
        return
    file, line = places[0].get("file"), line_number(places[0].get("line"))
    try:
        run.add(Sighting(str(id_), entries, locator.path(str(file or "")), line, line))
    except OutsideError:
        run.outside += 1
