"""The pages of rules: all that checks decide, the worst first, and for each one the repositories in which it fails."""

import json
from collections.abc import Iterator

from vger_guide.portfolio.overview import Overview, Standing
from vger_guide.portfolio.pages import render, script
from vger_guide.portfolio.pages.matrix import find_outcome, list_chapters, list_choices
from vger_guide.portfolio.repository_line import RepositoryLine

GROUPS = {
    "fail": "Fails in",
    "preview": "Fails as a preview, which counts nowhere, in",
    "waived": "Is accepted in",
    "error": "The check itself failed in",
    "unavailable": "Could not be seen in",
}


def write(overview: Overview) -> Iterator[tuple[str, str]]:
    """Yield the list of rules, and a page for each."""
    yield render(
        "rules.html",
        "rules.html",
        overview,
        chapters=list_chapters(overview),
        choices=list_choices(overview),
        facts=json.dumps([_facts(line) for line in overview.checked]).replace("<", "\\u003c"),
        script=script(),
    )
    for standing in overview.standings:
        yield _render_rule(overview, standing)


def _render_rule(overview: Overview, standing: Standing) -> tuple[str, str]:
    return render(
        f"rules/{standing.rule.id}.html",
        "rule.html",
        overview,
        here="rules.html",
        standing=standing,
        rule=standing.rule,
        groups={name: found for name in GROUPS if (found := standing.of(name))},
        words=GROUPS,
        told=lambda line: _find_told(line, standing.rule.id),
        waivers=lambda line: [each for each in line.waivers if each.rule == standing.rule.id],
    )


def _find_told(line: RepositoryLine, rule: str) -> dict[str, object]:
    """Return what is kept of a rule in a repository; with no findings where only its outcome is kept."""
    found = (each for each in line.result["results"] if each["rule"] == rule)
    return next(found, {"findings": [], "omitted": 0, "reason": ""})


def _facts(line: RepositoryLine) -> dict[str, object]:
    """Return what the filters count rules by: whose a repository is, what failed there, and what a check decided."""
    decided = [rule for rule in line.outcomes if find_outcome(line, rule) in ("fail", "waived", "pass")]
    return {
        "unit": line.unit,
        "owner": line.repository.owner,
        "profile": line.result.get("kind", ""),
        "fail": [rule.id for rule in line.failed],
        "decided": decided,
    }
