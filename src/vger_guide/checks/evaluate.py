"""Judging rules by what the scan found: an outcome for each, with its reason and its findings."""

import hashlib
import os
import re
import traceback
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from vger_guide.checks.plan import PlannedCheck, PlannedCondition, PlannedRule
from vger_guide.checks.results import Outcome, Result, RuleFacts
from vger_guide.matchers import Evaluation, ProbeResult, UndecidedError
from vger_guide.matchers.findings import Finding, UnreadableFile
from vger_guide.repo.tree import RequirementMissingError, Tree

_NUMBERS = re.compile(r"[0-9]+(?:\.[0-9]+)*")

# Findings of a rule that are kept. More would be read by nobody.
FINDINGS = 5000


def evaluate_rule(planned: PlannedRule, seen: Sequence[ProbeResult], tree: Tree) -> Result:
    """Return the outcome of a rule; what goes wrong in its check is an outcome too."""
    facts, check = planned.facts, planned.check
    if check is None:
        return Result(facts, Outcome.MANUAL, facts.ask)
    try:
        if check.when and not evaluate_condition(check.when, seen, tree).holds:
            return _result(facts, check, Outcome.NOT_APPLICABLE, check.otherwise)
        verdict = evaluate_condition(check.expect, seen, tree)
    except RequirementMissingError as why:
        return _result(facts, check, Outcome.UNAVAILABLE, str(why))
    except UndecidedError as why:
        unseen = _unseen(check.expect, seen)
        return _result(facts, check, Outcome.MANUAL, f"{facts.ask} It cannot be seen here: {why}", unseen=unseen)
    except Exception as error:  # noqa: BLE001 - a defect in one check must not end the others
        return _result(facts, check, Outcome.ERROR, _defect(error))
    unseen = _unseen(check.expect, seen)
    if verdict.holds:
        return _result(facts, check, Outcome.PASS, verdict.says, unseen=unseen)
    findings = _with_fingerprints(facts.id, verdict.evidence)
    omitted = verdict.omitted + max(0, len(findings) - FINDINGS)
    return _result(
        facts, check, Outcome.FAIL, verdict.says, findings=findings[:FINDINGS], omitted=omitted, unseen=unseen
    )


def _result(facts: RuleFacts, check: PlannedCheck, outcome: Outcome, reason: str, **more: Any) -> Result:
    strength = "indication" if more.get("unseen") else check.strength
    return Result(facts, outcome, reason, strength=strength, blind=check.blind, preview=check.preview, **more)


def _unseen(condition: PlannedCondition, seen: Sequence[ProbeResult]) -> tuple[UnreadableFile, ...]:
    """Return the files that a condition could not look into: a pass is no proof then."""
    by_path = {each.path: each for index in condition.probes for each in seen[index].unseen}
    return tuple(by_path[path] for path in sorted(by_path))


class _ProbeFailedError(Exception):
    """A probe raised while it looked at a file; the message says where."""


def evaluate_condition(condition: PlannedCondition, seen: Sequence[ProbeResult], tree: Tree) -> Evaluation:
    """Return whether a condition holds.

    Raises RequirementMissingError, UndecidedError, and whatever a defect in a matcher raises.
    """
    if condition.matcher and condition.params:
        own = seen[condition.first : condition.first + condition.count]
        if error := next((each.error for each in own if each.error), ""):
            raise _ProbeFailedError(error)
        if missing := next((each.unavailable for each in own if each.unavailable), ""):
            raise RequirementMissingError(missing)
        return condition.matcher.evaluate(condition.params, own, tree)
    if condition.name == "not":
        inner = evaluate_condition(condition.parts[0], seen, tree)
        return inner._replace(holds=not inner.holds)
    return _evaluate_any(condition, seen, tree) if condition.name == "any" else _evaluate_all(condition, seen, tree)


def _evaluate_any(condition: PlannedCondition, seen: Sequence[ProbeResult], tree: Tree) -> Evaluation:
    """Return the first part that holds, or the last of all: records put the most telling one there.

    Only where none holds, it matters what could not be judged.
    """
    missing: list[RequirementMissingError | UndecidedError] = []
    verdict = Evaluation(False, "")
    for part in condition.parts:
        try:
            verdict = evaluate_condition(part, seen, tree)
        except (RequirementMissingError, UndecidedError) as why:
            missing.append(why)
            continue
        if verdict.holds:
            return verdict
    if missing:
        raise missing[0]
    return verdict


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
    progress = failed or verdicts
    evidence = tuple(finding for verdict in progress for finding in verdict.evidence)
    says = "; ".join(verdict.says for verdict in progress)
    return Evaluation(not failed, says, evidence, sum(verdict.omitted for verdict in progress))


def _with_fingerprints(rule: str, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return the findings in the order of their places, each once, with fingerprints that lines do not change.

    Numbers do not change them either: a version that was raised, a file that grew. Of findings that are the same but
    for that, the first is told from the second by its place among them.
    """
    ordered = sorted(dict.fromkeys(findings), key=lambda each: (each.path, each.line, each.column))
    times: Counter[str] = Counter()
    marked = []
    for finding in ordered:
        said = _NUMBERS.sub("0", f"{finding.message}\0{' '.join(finding.text.split())}")
        what = f"{rule}\0{finding.path}\0{said}"
        times[what] += 1
        digest = hashlib.sha256(f"{what}\0{times[what]}".encode("utf-8", "surrogateescape")).hexdigest()
        marked.append(replace(finding, fingerprint=digest[:16]))
    return tuple(marked)


def _defect(error: Exception) -> str:
    if isinstance(error, _ProbeFailedError):
        return str(error)
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {os.path.basename(frame.filename)}:{frame.lineno}: {error}"  # noqa: PTH119
