"""Judging rules by what the scan found: an outcome for each, with its reason and its findings."""

import hashlib
import os
import re
import traceback
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from vger_guide.checks.conditions import ProbeFailedError, evaluate_condition, is_met
from vger_guide.checks.plan import PlannedApplicability, PlannedCheck, PlannedRule
from vger_guide.checks.results import CheckOutcome, Result
from vger_guide.checks.scan import Scanned
from vger_guide.checks.scope import count_left_out, count_looked_at
from vger_guide.checks.signs import find_signs
from vger_guide.matchers import Evaluation, UndecidedError
from vger_guide.matchers.findings import Finding, Need, UnreadableFile
from vger_guide.repo.tree import RequirementMissingError, Tree
from vger_guide.text.plural import list_counts

_NUMBERS = re.compile(r"[0-9]+(?:\.[0-9]+)*")

NOT_AMONG = "None of the files that were named is one that its check looks at."
EMPTY = "there is no file to look at; if the folder has some, git knows of none of them"


def evaluate_rule(planned: PlannedRule, scanned: Scanned, tree: Tree) -> Result:
    """Return the outcome of a rule; what goes wrong in its check is an outcome too."""
    check = planned.check
    if check is None:
        return _look_up(planned, scanned, tree)
    judge = _Judge(planned, check, scanned, tree)
    try:
        return judge.judge()
    except RequirementMissingError as why:
        return judge.result(CheckOutcome.UNAVAILABLE, str(why))
    except UndecidedError as why:
        return judge.cannot_see(str(why))
    except Exception as error:  # noqa: BLE001 - a defect in one check must not end the others
        return judge.result(CheckOutcome.ERROR, _defect(error))


def _look_up(planned: PlannedRule, scanned: Scanned, tree: Tree) -> Result:
    """Return that a person has to be asked, with what a trace found; what goes wrong in it is an outcome too."""
    facts, trace = planned.facts, planned.trace
    if trace is None:
        return Result(facts, CheckOutcome.MANUAL, facts.ask)
    try:
        found = find_signs(trace, scanned.seen, tree)
    except Exception as error:  # noqa: BLE001 - a defect in one trace must not end the checks
        return Result(facts, CheckOutcome.ERROR, _defect(error), blind=trace.blind)
    reason = f"{facts.ask} Found: {'; '.join(sign.says for sign in found)}." if found else facts.ask
    findings = tuple(finding for sign in found for finding in sign.findings)
    omitted = sum(sign.omitted for sign in found)
    return Result(facts, CheckOutcome.MANUAL, reason, findings, omitted, blind=trace.blind)


class _Judge:
    """The check of one rule, held against what was seen."""

    def __init__(self, planned: PlannedRule, check: PlannedCheck, scanned: Scanned, tree: Tree) -> None:
        self._facts = planned.facts
        self._check = check
        self._scanned = scanned
        self._tree = tree

    def judge(self) -> Result:
        """Return the outcome. Raises what its conditions do."""
        if not self._scanned.files and self._check.needs == {Need.TREE}:
            return self.cannot_see(EMPTY)
        if self._check.when and (apart := self._judge_applicability(self._check.when)):
            return apart
        verdict = evaluate_condition(self._check.expect, self._scanned.seen, self._tree)
        if not verdict.holds:
            return self._fail(verdict)
        if verdict.is_vacuous:
            return self._not_looked(verdict)
        return self.result(CheckOutcome.PASS, self._say(verdict), unseen=self._list_unreadable())

    def _judge_applicability(self, when: PlannedApplicability) -> Result | None:
        """Return the result of a rule of which it is not shown that it applies."""
        seen, tree = self._scanned.seen, self._tree
        if is_met(when.condition, seen, tree):
            return None
        if when.unseen_if and (sign := is_met(when.unseen_if, seen, tree)):
            return self.cannot_see(f"{sign.says}; {when.unseen}")
        if when.unseen and not when.unseen_if:
            return self.cannot_see(when.unseen)
        return self.result(CheckOutcome.NOT_APPLICABLE, when.otherwise)

    def _fail(self, verdict: Evaluation) -> Result:
        findings = with_fingerprints(self._facts.id, verdict.evidence)
        if verdict.omitted:  # without a fingerprint: no baseline is for it
            findings = (*findings, Finding("", f"has {verdict.omitted:,} more findings than are compared"))
        return self.result(CheckOutcome.FAIL, verdict.says, findings=findings, unseen=self._list_unreadable())

    def _not_looked(self, verdict: Evaluation) -> Result:
        if self._check.partial:
            return self.result(CheckOutcome.NOT_APPLICABLE, NOT_AMONG)
        return self.cannot_see(f"nothing that its check looks at is here: {verdict.says}")

    def _say(self, verdict: Evaluation) -> str:
        """Return the reason of a pass: what was found, or where nothing was."""
        looked = list_counts(count_looked_at(self._check.expect, self._scanned))
        if not verdict.is_absence or not looked:
            return verdict.says
        return f"{verdict.says}; looked at {looked}"

    def cannot_see(self, what: str) -> Result:
        """Return that a person has to be asked, with what was seen and what was not."""
        reason = f"{self._facts.ask} The check could not decide: {what}"
        return self.result(CheckOutcome.MANUAL, reason, unseen=self._list_unreadable(), undecided=True)

    def result(self, outcome: CheckOutcome, reason: str, **more: Any) -> Result:
        """Return a result with what the record says of its check, and what that looked at."""
        check, scanned = self._check, self._scanned
        return Result(
            self._facts,
            outcome,
            reason,
            strength="indication" if more.get("unseen") else check.strength,
            blind=check.blind,
            preview=check.preview,
            looked_at=count_looked_at(check.expect, scanned),
            left_out=count_left_out(check.probes, scanned.groups),
            **more,
        )

    def _list_unreadable(self) -> tuple[UnreadableFile, ...]:
        """Return the files that its conditions could not look into."""
        by_path = {each.path: each for index in self._check.probes for each in self._scanned.seen[index].unseen}
        return tuple(by_path[path] for path in sorted(by_path))


def with_fingerprints(rule: str, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return the findings in the order of their places, each once, with fingerprints that lines do not change.

    They are made of the rule, the path, the message and what was found: its identity, or else its text, in which
    numbers do not count: a version that was raised, a file that grew. Of findings that are the same but for that, the
    first is told from the second by its place among them.
    """
    ordered = sorted(dict.fromkeys(findings), key=lambda each: (each.path, each.line, each.column))
    times: Counter[str] = Counter()
    marked = []
    for finding in ordered:
        said = finding.message if finding.fingerprint else f"{finding.message}\0{' '.join(finding.text.split())}"
        what = f"{rule}\0{finding.path}\0{_NUMBERS.sub('0', said)}\0{finding.fingerprint}"
        times[what] += 1
        digest = hashlib.sha256(f"{what}\0{times[what]}".encode("utf-8", "surrogateescape")).hexdigest()
        marked.append(replace(finding, fingerprint=digest[:16]))
    return tuple(marked)


def _defect(error: Exception) -> str:
    if isinstance(error, ProbeFailedError):
        return str(error)
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {os.path.basename(frame.filename)}:{frame.lineno}: {error}"  # noqa: PTH119
