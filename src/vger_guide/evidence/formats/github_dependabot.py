"""The alerts of Dependabot as GitHub's REST API lists them: dependencies with known vulnerabilities.

The form is that of https://docs.github.com/en/rest/dependabot/alerts?apiVersion=2022-11-28. No rule asks whether a
dependency is vulnerable, so that the alerts are counted, and tell together that Dependabot looks.
"""

from __future__ import annotations

from collections.abc import Iterator

from vger_guide.evidence.locations import Locator
from vger_guide.evidence.mappings import Tools
from vger_guide.evidence.sightings import Sighting, ToolRun
from vger_guide.evidence.stream import WHOLE, Readable, read_values

KEY = "security_advisory"
NAME = "Dependabot"

# That there are alerts, or a list without any, tells that it is turned on.
LOOKS = Sighting("alerts", ())

SHAPE = {"*": {"state": WHOLE}}


def read(stream: Readable, file: str, tools: Tools, _: Locator) -> Iterator[ToolRun]:
    """Yield the run; what has been mended or dismissed is not counted. Raises BrokenJsonError."""
    run = ToolRun(file, NAME, tools.find(NAME))
    for place, value in read_values(stream, SHAPE, several=True):
        run.results += place == ("*", "state") and value == "open"
    if run.tool:
        run.add(LOOKS._replace(entries=run.tool.select(LOOKS.id)))
    yield run
