"""Checkov's own JSON, which says beside its SARIF what passed on which file, and what could not be parsed.

The form is that of `checkov --output json`; a run of several frameworks is a list of such documents.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from vger_guide.evidence.locations import Locator, OutsideError
from vger_guide.evidence.mappings import Tools
from vger_guide.evidence.sightings import Sighting, ToolRun, line_number
from vger_guide.evidence.stream import END, WHOLE, Readable, read_values

KEY = "check_type"
NAME = "Checkov"

_RESULTS = {"passed_checks": {"*": WHOLE}, "failed_checks": {"*": WHOLE}, "skipped_checks": {"*": WHOLE}}
_DOCUMENT = {"check_type": WHOLE, "results": {**_RESULTS, "parsing_errors": WHOLE}, "summary": WHOLE}
SHAPE = {**_DOCUMENT, "*": _DOCUMENT}


def read(stream: Readable, file: str, tools: Tools, locator: Locator) -> Iterator[ToolRun]:
    """Yield the run of all frameworks. Raises BrokenJsonError."""
    run = ToolRun(file, NAME, tools.find(NAME), succeeded=True)
    for place, value in read_values(stream, SHAPE):
        kind = place[-2] if len(place) > 1 else ""
        if value is END:
            continue
        if place[-1] == "summary":
            run.version = str(value.get("checkov_version", "")) if isinstance(value, dict) else ""
            run.succeeded &= not (isinstance(value, dict) and value.get("parsing_errors"))
        elif place[-1] == "parsing_errors":
            run.succeeded &= not value
        elif kind.endswith("_checks") and isinstance(value, dict):
            _add(run, kind, value, locator)
    yield run


def _add(run: ToolRun, kind: str, check: dict[str, Any], locator: Locator) -> None:
    id_ = check.get("check_id")
    run.results += kind != "passed_checks"
    if not run.tool or not isinstance(id_, str) or not (entries := run.tool.select(id_)):
        return
    try:
        path = locator.path(_path(check))
    except OutsideError:
        run.outside += 1
        return
    if kind == "passed_checks":
        run.note_ran(id_, path)
        return
    line, end = _lines(check.get("file_line_range"))
    says = str(check.get("check_name") or "")
    run.add(Sighting(id_, entries, path, line, end, says, suppressed=kind == "skipped_checks"))


def _path(check: dict[str, Any]) -> str:
    """Return the path from the root of the repository, which is written with a slash before it."""
    path = check.get("repo_file_path") or check.get("file_path")
    return path.lstrip("/") if isinstance(path, str) else ""


def _lines(told: Any) -> tuple[int, int]:
    first, last = map(line_number, told) if isinstance(told, list) and len(told) == 2 else (0, 0)
    return first, max(first, last)
