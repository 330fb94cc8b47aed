"""What a run of the checks said, put beside the answers of a review and never over them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from vger_guide.checks.results import CheckOutcome as Said
from vger_guide.checks.results import Result, Run
from vger_guide.matchers.findings import Finding
from vger_guide.reviews.fields import LONG, PLACES, SHORT
from vger_guide.reviews.models import Answer, Outcome, Outcomes, Review, Value
from vger_guide.text.sanitize import escape_surrogates, truncate


def record_outcomes(review: Review, target: str, run: Run, now: datetime) -> Review:
    """Return a review with the outcomes of a run for a target in place of those it had; `now` is aware.

    What only a person can answer is left out, unless something was seen: it says nothing that the answer does not.
    """
    told = {result.rule.id: _outcome(result, run, now) for result in run.results if _says_something(result)}
    outcomes: Outcomes = {}
    for rule in {**review.outcomes, **told}:
        others = {name: each for name, each in review.outcomes.get(rule, {}).items() if name != target}
        found = {**others, **({target: told[rule]} if rule in told else {})}
        if found:
            outcomes[rule] = found
    return review.model_copy(update={"outcomes": outcomes})


def _says_something(result: Result) -> bool:
    return result.outcome is not Said.MANUAL or bool(result.findings)


def _outcome(result: Result, run: Run, now: datetime) -> Outcome:
    return Outcome.model_validate(
        {
            "outcome": result.outcome.value,
            "strength": result.strength,
            "reason": truncate(escape_surrogates(result.reason), LONG),
            "findings": len(result.findings) + result.omitted,
            "places": _places(result.findings),
            "commit": truncate(run.commit, SHORT),
            "tool": run.tool,
            "traces": [_trace(each) for each in result.findings[:PLACES]] if result.is_trace else [],
            "waived": result.waived,
            "at": now,
        }
    )


def _trace(finding: Finding) -> dict[str, Any]:
    said = escape_surrogates(finding.message)
    return {
        "description": truncate(said, SHORT),
        "path": truncate(escape_surrogates(finding.path), SHORT),
        "line": finding.line,
    }


def _places(findings: Iterable[Finding]) -> list[str]:
    """Return where findings are, each place once, such as `src/app.py:12`."""
    located = (f"{each.path}:{each.line}" if each.line else each.path for each in findings if each.path)
    return [truncate(escape_surrogates(place), SHORT) for place in dict.fromkeys(located)][:PLACES]


def is_disputed(answer: Answer, outcome: Outcome) -> bool:
    """Return whether a check says something else than a person: one of the two has to look again.

    A failure that the repository accepts contradicts nobody, and neither does an answer that nobody has given.
    """
    if outcome.outcome == "fail":
        return not outcome.waived and (answer.not_applicable is not None or answer.value is Value.MET)
    if outcome.outcome != "pass" or answer.not_applicable:
        return False
    return answer.value is Value.NOT_MET or (answer.value is Value.PARTIAL and outcome.strength == "proof")
