"""The alerts of code scanning as GitHub's REST API lists them, of all tools that upload there.

The form is that of https://docs.github.com/en/rest/code-scanning/code-scanning?apiVersion=2022-11-28.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from vger_guide.evidence.formats.sarif import find_weaknesses
from vger_guide.evidence.locations import Locator, OutsideError
from vger_guide.evidence.mappings import Tools
from vger_guide.evidence.sightings import Sighting, ToolRun, line_number, to_list, to_table, to_text
from vger_guide.evidence.stream import WHOLE, Readable, read_values

KEY = "most_recent_instance"
NAME = "GitHub code scanning"

# That there are alerts, or a list without any, tells that some tool uploads to code scanning.
LOOKS = Sighting("analysed", ())

# Tools that are told apart; those behind them are none.
TOOLS = 100

SHAPE = {"*": {"state": WHOLE, "rule": WHOLE, "tool": WHOLE, KEY: WHOLE}}


def read(stream: Readable, file: str, tools: Tools, locator: Locator) -> Iterator[ToolRun]:
    """Yield a run of code scanning as a whole, and one for each tool. Raises BrokenJsonError."""
    whole = ToolRun(file, NAME, tools.find(NAME))
    runs: dict[str, ToolRun] = {}
    alert: dict[str, Any] = {}
    for place, value in read_values(stream, SHAPE, several=True):
        if place == ("*",):
            _add(whole, runs, alert, tools, locator)
            alert = {}
        elif place:
            alert[place[-1]] = value
    if whole.tool:
        whole.add(LOOKS._replace(entries=whole.tool.select(LOOKS.id)))
    yield whole
    yield from map(_name_commit, runs.values())


def _add(whole: ToolRun, runs: dict[str, ToolRun], alert: dict[str, Any], tools: Tools, locator: Locator) -> None:
    """Add an alert to the run of its tool; what has been mended is none."""
    told, rule = to_table(alert.get("tool")), to_table(alert.get("rule"))
    name = to_text(told.get("name"))
    if not name or alert.get("state") == "fixed" or (name not in runs and len(runs) >= TOOLS):
        return
    run = runs.setdefault(name, ToolRun(whole.file, name, tools.find(name), to_text(told.get("version"))))
    whole.results += 1
    run.results += 1
    id_, tags = to_text(rule.get("id")), [each for each in to_list(rule.get("tags")) if isinstance(each, str)]
    if run.tool and (entries := run.tool.select(id_, tags, find_weaknesses(tags))):
        try:
            run.add(_make_sighting(Sighting(id_, entries), alert, locator))
        except OutsideError:
            run.outside += 1


def _make_sighting(bare: Sighting, alert: dict[str, Any], locator: Locator) -> Sighting:
    """Return what was found with its place, its state and its commit. Raises OutsideError."""
    instance, state = to_table(alert.get(KEY)), alert.get("state")
    place = to_table(instance.get("location"))
    line = _line(place.get("start_line"))
    return bare._replace(
        path=locator.path(to_text(place.get("path"))),
        line=line,
        end=max(line, _line(place.get("end_line"))),
        says=to_text(to_table(instance.get("message")).get("text")),
        suppressed=state == "dismissed",
        open=state not in ("open", "dismissed"),
        commit=to_text(instance.get("commit_sha")).lower(),
    )


def _name_commit(run: ToolRun) -> ToolRun:
    """Return a run with the commit that all its findings name, where they name one."""
    commits = {each.commit for each in run.sightings}
    run.commit = commits.pop() if len(commits) == 1 else ""
    return run


def _line(value: Any) -> int:
    """Return a line number; those of answers that were fetched are kept as they were written, as texts."""
    return line_number(int(value[:9]) if isinstance(value, str) and value[:9].isdecimal() else value)
