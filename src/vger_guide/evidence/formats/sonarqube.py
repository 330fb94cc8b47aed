"""What SonarQube's web interface answers to `api/issues/search`, a page or several; it exports no SARIF.

The form is that of https://next.sonarqube.com/sonarqube/web_api/api/issues/search.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from vger_guide.evidence.locations import Locator, OutsideError
from vger_guide.evidence.mappings import Tools
from vger_guide.evidence.sightings import Sighting, ToolRun, line_number, to_text
from vger_guide.evidence.stream import END, WHOLE, Readable, read_values

KEY = "issues"
NAME = "SonarQube"

# What people decided in SonarQube: a false positive, or one that is not mended.
ACCEPTED = {"WONTFIX", "FALSE-POSITIVE", "ACCEPTED", "FALSE_POSITIVE"}
GONE = {"FIXED", "REMOVED"}

SHAPE = {"issues": {"*": WHOLE}}


def read(stream: Readable, file: str, tools: Tools, locator: Locator) -> Iterator[ToolRun]:
    """Yield the run; issues that are mended are none. Raises BrokenJsonError."""
    run = ToolRun(file, NAME, tools.find(NAME), succeeded=True)
    for _, value in read_values(stream, SHAPE):
        if value is not END and isinstance(value, dict):
            _add(run, value, locator)
    yield run


def _add(run: ToolRun, issue: dict[str, Any], locator: Locator) -> None:
    id_, decided = issue.get("rule"), {to_text(issue.get(key)) for key in ("resolution", "issueStatus")}
    entries = run.tool.select(id_) if run.tool and isinstance(id_, str) else ()
    if decided & GONE:
        return
    run.results += 1
    if not entries:
        return
    # The key of a file is that of its project, a colon, and its path.
    path = str(issue.get("component") or "").partition(":")[2]
    lines = issue.get("textRange")
    line, end = line_number(issue.get("line")), line_number(lines.get("endLine")) if isinstance(lines, dict) else 0
    try:
        place = locator.path(path)
    except OutsideError:
        run.outside += 1
        return
    says = str(issue.get("message") or "")
    run.add(Sighting(str(id_), entries, place, line, max(line, end), says, suppressed=bool(decided & ACCEPTED)))
