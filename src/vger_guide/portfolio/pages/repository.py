"""The page of a repository: what fails where, what was accepted, what was not seen, and how it was before."""

from collections.abc import Iterator

from vger_guide.output.runs.summary import HEADINGS
from vger_guide.portfolio.look import CHECKED
from vger_guide.portfolio.overview import Overview
from vger_guide.portfolio.pages import render
from vger_guide.portfolio.repository_line import RepositoryLine

# How a look can end that checked nothing.
STATUSES = {
    "failed": "could not be checked",
    "denied": "could not be read: access was denied",
    "timed-out": "was given up: its time was up",
    "crashed": "was put aside: it ended the process that looked at it",
}
# What the page tells rule by rule, in this order.
TOLD = ("fail", "waived", "error", "unavailable")


def write(overview: Overview) -> Iterator[tuple[str, str]]:
    """Yield a page for each repository."""
    for line in overview.lines:
        yield render(
            f"repositories/{line.id}.html",
            "repository.html",
            overview,
            here="index.html",
            line=line,
            about=_describe(line, overview),
            statuses=STATUSES,
            headings=HEADINGS,
            groups={name: found for name in TOLD if (found := line.told(name))},
            rules=overview.rules,
            history=[each for each in reversed(line.history) if each["status"] == CHECKED],
        )


def _describe(line: RepositoryLine, overview: Overview) -> dict[str, str]:
    result = line.result
    about = {
        "Place": line.repository.place,
        "Unit": line.repository.unit,
        "Owner": line.repository.owner,
        "Looked at": f"{result['at'][:10]}, in {result['seconds']:,} seconds",
    }
    if line.is_checked:
        kind = overview.profiles.get(result["kind"], "")
        about |= {
            "Commit": result["commit"],
            "Kind of system": f"{kind} (proposed, as nobody chose one)" if kind and result["proposed"] else kind,
            "Rules": f"{len(line.outcomes):,}, of which checks look at {result['automated']:,}",
            "Files": f"{result['files']:,}, of which {result['read']:,} were read",
            "Made by": f"{result['tool']}, edition {result['edition']}",
        }
    return about
