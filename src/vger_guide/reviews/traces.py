"""What a machine found that helps to answer a rule, as evidence (on the page, review/core/traces.js)."""

from collections.abc import Sequence

from vger_guide.reviews.fields import EVIDENCE
from vger_guide.reviews.models import Evidence, Outcome


def add_traces(evidence: Sequence[Evidence], outcome: Outcome | None) -> list[Evidence]:
    """Return the evidence of an answer with what was found, each place once, and no more than an answer may have."""
    there = {_key(each) for each in evidence}
    found = [each for each in _list_found(outcome) if _key(each) not in there] if outcome else []
    return [*evidence, *found][: max(EVIDENCE, len(evidence))]


def _list_found(outcome: Outcome) -> list[Evidence]:
    return [
        Evidence(
            description=each.description, path=each.path, line=each.line, commit=outcome.commit, seen=outcome.at.date()
        )
        for each in outcome.traces
    ]


def _key(evidence: Evidence) -> tuple[str, str, int]:
    return evidence.description, evidence.path, evidence.line
