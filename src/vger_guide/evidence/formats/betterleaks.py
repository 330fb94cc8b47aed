"""What Betterleaks 2 writes with `--output FILE.json`; it writes no SARIF."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from vger_guide.evidence.locations import Locator, OutsideError
from vger_guide.evidence.mappings import Tools
from vger_guide.evidence.sightings import Sighting, ToolRun, line_number
from vger_guide.evidence.stream import END, WHOLE, Readable, read_values

KEY = "findings"
NAME = "betterleaks"

# Findings stand before what tells which tool wrote them, and hold secrets: only their ids and places are read.
SHAPE = {"findings": {"*": {"rule_id": WHOLE, "location": WHOLE}}, "scan": {"betterleaks_version": WHOLE}}
_FINDING = ("findings", "*")


def read(stream: Readable, file: str, tools: Tools, locator: Locator) -> Iterator[ToolRun]:
    """Yield the run; a document that names another tool, or none, is of nobody. Raises BrokenJsonError."""
    run = ToolRun(file, NAME, tools.find(NAME), succeeded=True)
    found: dict[str, Any] = {}
    for place, value in read_values(stream, SHAPE):
        if place == _FINDING and value is END:
            _add(run, found, locator)
            found = {}
        elif place[:2] == _FINDING:
            found[place[-1]] = value
        elif place == ("scan", "betterleaks_version"):
            run.version = str(value)
    yield run if run.version else ToolRun(file, "", None, results=run.results)


def _add(run: ToolRun, found: dict[str, Any], locator: Locator) -> None:
    id_, place = found.get("rule_id"), found.get("location")
    run.results += 1
    if not run.tool or not isinstance(id_, str) or not isinstance(place, dict) or not (entries := run.tool.select(id_)):
        return
    line, end = line_number(place.get("start_line")), line_number(place.get("end_line"))
    try:
        run.add(Sighting(id_, entries, locator.path(str(place.get("path") or "")), line, max(line, end)))
    except OutsideError:
        run.outside += 1
