"""Judging conditions by what the scan found: matchers, and what combines them."""

from collections.abc import Sequence

from vger_guide.checks.plan import PlannedCondition
from vger_guide.matchers import Evaluation, ProbeResult, UndecidedError, require_seen
from vger_guide.matchers.findings import Need
from vger_guide.repo.tree import RequirementMissingError, Tree

# Parts that are told of, and what is told of parts that all hold as nothing is there.
SAID = 3
NOTHING = "nothing of what the check looks for is there"


class ProbeFailedError(Exception):
    """A probe raised while it looked at a file; the message says where."""


def evaluate_condition(condition: PlannedCondition, seen: Sequence[ProbeResult], tree: Tree) -> Evaluation:
    """Return whether a condition holds.

    Raises RequirementMissingError, UndecidedError, and whatever a defect in a matcher raises.
    """
    if condition.matcher:
        return _evaluate_matcher(condition, seen, tree)
    if condition.name == "not":
        inner = evaluate_condition(condition.parts[0], seen, tree)
        return inner._replace(holds=not inner.holds)
    return _evaluate_any(condition, seen, tree) if condition.name == "any" else _evaluate_all(condition, seen, tree)


def is_met(condition: PlannedCondition, seen: Sequence[ProbeResult], tree: Tree) -> Evaluation | None:
    """Return what shows that a condition holds, or None: one that looks at no file is never met. Raises the same."""
    verdict = evaluate_condition(condition, seen, tree)
    return verdict if verdict.holds and not verdict.is_vacuous else None


def _evaluate_matcher(condition: PlannedCondition, seen: Sequence[ProbeResult], tree: Tree) -> Evaluation:
    """Return the verdict of a matcher; where it found nothing, all that it wanted to look into has to be seen."""
    assert condition.matcher and condition.params  # noqa: S101 - the caller's
    own = seen[condition.first : condition.first + condition.count]
    if error := next((each.error for each in own if each.error), ""):
        raise ProbeFailedError(error)
    if missing := next((each.unavailable for each in own if each.unavailable), ""):
        raise RequirementMissingError(missing)
    verdict = condition.matcher.evaluate(condition.params, own, tree)
    if verdict.is_absence:
        require_seen([unseen for each in own for unseen in each.unseen])
    of_files = condition.matcher.REQUIRES is Need.TREE
    has_nothing = of_files and bool(own) and not condition.asks_names and not any(each.files for each in own)
    return verdict._replace(is_vacuous=has_nothing)


def _evaluate_any(condition: PlannedCondition, seen: Sequence[ProbeResult], tree: Tree) -> Evaluation:
    """Return the first part that holds over some file, or one over none, or the last of all that do not hold.

    Records put the most telling one last. Only where none holds, it matters what could not be judged.
    """
    missing: list[RequirementMissingError | UndecidedError] = []
    verdict = vacuous = None
    for part in condition.parts:
        try:
            verdict = evaluate_condition(part, seen, tree)
        except (RequirementMissingError, UndecidedError) as why:
            missing.append(why)
            continue
        if verdict.holds and not verdict.is_vacuous:
            return verdict
        vacuous = vacuous or (verdict if verdict.holds else None)
    if missing:
        raise missing[0]
    return vacuous or verdict or Evaluation(False, "")


def _evaluate_all(condition: PlannedCondition, seen: Sequence[ProbeResult], tree: Tree) -> Evaluation:
    """Return what those parts say together that do not hold, or all of them where each does.

    Only where none fails, it matters what could not be judged.
    """
    missing: list[RequirementMissingError | UndecidedError] = []
    verdicts = []
    for part in condition.parts:
        try:
            verdicts.append(evaluate_condition(part, seen, tree))
        except (RequirementMissingError, UndecidedError) as why:
            missing.append(why)
    failed = [verdict for verdict in verdicts if not verdict.holds]
    if missing and not failed:
        raise missing[0]
    told = failed or verdicts
    return Evaluation(
        holds=not failed,
        says=_say_together(told),
        evidence=tuple(finding for verdict in told for finding in verdict.evidence),
        omitted=sum(verdict.omitted for verdict in told),
        is_absence=all(verdict.is_absence for verdict in told),
        is_vacuous=all(verdict.is_vacuous for verdict in told),
    )


def _say_together(verdicts: Sequence[Evaluation]) -> str:
    """Return what parts say: those that found something, or where none did those that looked at something."""
    there = [each for each in verdicts if not each.is_absence]
    looked = there or [each for each in verdicts if not each.is_vacuous] or verdicts
    said = list(dict.fromkeys(each.says for each in looked))
    if not there and len(said) > 1 and looked[0].holds:
        return NOTHING
    return "; ".join(said[:SAID])
