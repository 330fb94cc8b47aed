"""What a trace finds for the person who answers a rule: signs, each with the places that show it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from vger_guide.checks.conditions import evaluate_condition, is_met
from vger_guide.checks.plan import PlannedCondition, PlannedTrace
from vger_guide.matchers import Evaluation, ProbeResult, UndecidedError
from vger_guide.matchers.findings import THERE, Finding
from vger_guide.repo.tree import RequirementMissingError, Tree

# Places of one sign that are kept; nobody looks up more.
PLACES = 5


class SignFound(NamedTuple):
    """A sign that is there: what it says, where, and how many places more there are."""

    says: str
    findings: tuple[Finding, ...]
    omitted: int


def find_signs(trace: PlannedTrace, seen: Sequence[ProbeResult], tree: Tree) -> list[SignFound]:
    """Return the signs that a trace finds, in its order; what cannot be seen is none.

    Raises whatever a defect in a matcher raises.
    """
    try:
        if trace.when and not is_met(trace.when, seen, tree):
            return []
    except (RequirementMissingError, UndecidedError):
        return []
    return [found for says, condition in trace.signs if (found := _find_sign(says, condition, seen, tree))]


def _find_sign(says: str, condition: PlannedCondition, seen: Sequence[ProbeResult], tree: Tree) -> SignFound | None:
    shown = list(_find_shown(condition, seen, tree))
    by_place = {(each.path, each.line): each for verdict in shown for each in verdict.evidence if each.path}
    if not by_place:
        return None
    kept = sorted(by_place.values(), key=lambda each: (each.path, each.line))
    omitted = len(kept[PLACES:]) + sum(verdict.omitted for verdict in shown)
    return SignFound(says, tuple(_say(says, each) for each in kept[:PLACES]), omitted)


def _say(says: str, finding: Finding) -> Finding:
    """Return a finding that names what stands at its place, as evidence does: "a seed: a call of seed()"."""
    detail = "" if finding.message == THERE else finding.message.removeprefix("holds ")
    return replace(finding, message=f"{says}: {detail}" if detail else says, fingerprint="")


def _find_shown(condition: PlannedCondition, seen: Sequence[ProbeResult], tree: Tree) -> Iterator[Evaluation]:
    """Yield what shows that a condition holds: of `any` all parts that do, where an outcome needs only one."""
    if condition.name == "any":
        for part in condition.parts:
            yield from _find_shown(part, seen, tree)
        return
    try:
        verdict = evaluate_condition(condition, seen, tree)
    except (RequirementMissingError, UndecidedError):
        return
    if verdict.holds and not verdict.is_absence and not verdict.is_vacuous:
        yield verdict
