"""Puts what tools reported beside what the checks say, rule by rule.

A confirmed finding fails its rule. Any other helps a person to answer; one that speaks for the rule makes a failure a
question. That a tool found nothing passes a rule that nobody else could decide, where the tool says that it looked; it
lifts no failure.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any

from vger_guide.checks.evaluate import with_fingerprints
from vger_guide.checks.results import CheckOutcome, Notice, Result
from vger_guide.checks.witnesses import Credit, Witness, group_by_rule, hear, is_current, is_stale
from vger_guide.evidence.mappings import Silence, Tools
from vger_guide.evidence.read import Reports, read_alerts, read_evidence
from vger_guide.evidence.sightings import ToolRun
from vger_guide.forge.alerts import Alerts
from vger_guide.matchers.findings import Finding
from vger_guide.matchers.glob_set import GlobSet
from vger_guide.repo.tree import Tree
from vger_guide.text.plural import pluralise
from vger_guide.text.sanitize import truncate

# Files of folders that are no reports, and are named.
PASSED_OVER = 10
# Places and ids that a sentence names.
PLACES = 3
IDS = 4
# Characters of what a report calls its tool that are shown.
NAME = 60
SHORT_COMMIT = 10

_OUTCOMES = {
    CheckOutcome.PASS: "passed",
    CheckOutcome.NOT_APPLICABLE: "found that the rule does not apply",
    CheckOutcome.UNAVAILABLE: "was unavailable",
    CheckOutcome.FAIL: "failed",
}


class ReadReports:
    """Reports of other tools that were read, and what is to be said of those that were not."""

    def __init__(self, reports: Reports, told: Iterable[str]) -> None:
        self._reports = reports
        self._told = [Notice(each) for each in told]

    def weigh(self, results: list[Result], tree: Tree, *, partial: bool) -> tuple[list[Result], list[Notice]]:
        """Return the results with what tools reported, and what was made of each report."""
        results, notices = weigh_evidence(results, self._reports.runs, tree, partial=partial)
        passed_over = [
            Notice(f"{path} is no report that is known; it was passed over") for path in self._reports.passed_over
        ]
        return results, [*notices, *self._told, *passed_over[:PASSED_OVER]]


def read_reports(
    paths: Sequence[str],
    tools: Iterable[Mapping[str, Any]],
    meanings: Iterable[Mapping[str, Any]],
    root: Path | None,
    alerts: Sequence[Alerts] = (),
) -> ReadReports:
    """Return the reports in files and folders and the alerts of a hosting service, of tools known by plain records.

    `root` is where the tree stands on the disk, if it does. Raises UserError for what cannot be read.
    """
    known = Tools(tools, meanings)
    reports = read_evidence(paths, known, root) if paths else Reports([], [])
    for each in alerts:
        reports.runs.extend(read_alerts(each.answers, each.whose, known, root))
    return ReadReports(reports, chain.from_iterable(each.notices for each in alerts))


def weigh_evidence(
    results: Iterable[Result], runs: Sequence[ToolRun], tree: Tree, *, partial: bool = False
) -> tuple[list[Result], list[Notice]]:
    """Return the results with what tools reported, and a notice for each of their runs.

    `partial` tells that only some files are looked at, so that nothing passes because a tool found nothing.
    """
    heard = hear(runs, tree)
    by_rule = group_by_rule(each for witnesses in heard for each in witnesses)
    paths = {entry.path for entry in tree.entries()}
    silent = [] if partial else [run for run in runs if _may_be_silent(run, tree)]
    weighed = [
        _weigh(result, by_rule[result.rule.id]) if result.rule.id in by_rule else _listen(result, silent, paths)
        for result in results
    ]
    return weighed, [Notice(_describe(run, witnesses, tree)) for run, witnesses in zip(runs, heard, strict=True)]


def _weigh(result: Result, witnesses: list[Witness]) -> Result:
    confirmed = [each for each in witnesses if each.credit is Credit.CONFIRMED]
    told = [each for each in witnesses if each.credit is not Credit.CONFIRMED]
    if confirmed or (result.outcome is CheckOutcome.FAIL and not _is_contested(told)):
        return _fail(result, confirmed, [each for each in told if each.credit is Credit.TOLD])
    return _ask(result, told) if _is_question(result, told) else result


def _is_contested(told: list[Witness]) -> bool:
    """Tell whether tools speak for a rule, and none against it."""
    found = {each.credit for each in told}
    return Credit.FAVOURABLE in found and Credit.TOLD not in found


def _is_question(result: Result, told: list[Witness]) -> bool:
    """Tell whether a person has to look: at what is settled only where a tool says otherwise now; at no proven pass."""
    if result.outcome in (CheckOutcome.MANUAL, CheckOutcome.UNAVAILABLE, CheckOutcome.FAIL):
        return True
    is_proven = result.outcome is CheckOutcome.PASS and result.strength == "proof"
    return (
        result.outcome is not CheckOutcome.ERROR and not is_proven and any(each.credit is Credit.TOLD for each in told)
    )


def _fail(result: Result, confirmed: list[Witness], told: list[Witness]) -> Result:
    """Return a failure with the findings of tools beside its own; what is found at one place is one finding."""
    has_failed = result.outcome is CheckOutcome.FAIL
    own = list(result.findings) if has_failed else []
    places = {(each.path, each.line) for each in own}
    beside = _by_place(each for each in [*confirmed, *told] if (each.path, each.line) in places)
    others = _by_place(each for each in confirmed if (each.path, each.line) not in places)
    findings = [_add_witnesses(each, beside.get((each.path, each.line), []), "also found by") for each in own]
    findings += _make_findings(result.rule.id, others.values())
    if not others:
        return replace(result, findings=tuple(findings))
    found = f"{_list_tools(chain.from_iterable(others.values()))} found {pluralise(len(others), 'place')}"
    return replace(
        result,
        outcome=CheckOutcome.FAIL,
        reason=f"{result.reason}; {found} more" if has_failed else found,
        findings=tuple(sorted(findings, key=lambda each: (each.path, each.line, each.column))),
        omitted=result.omitted if has_failed else 0,
        undecided=False,
    )


def _make_findings(rule: str, places: Iterable[list[Witness]]) -> list[Finding]:
    """Return a finding for each place, with a fingerprint that no tool changes."""
    found = {(group[0].path, group[0].line): group for group in places}
    plain = [Finding(path, g[0].says, line, 0, g[0].text, g[0].identity) for (path, line), g in found.items()]
    marked = with_fingerprints(rule, plain)
    return [_add_witnesses(each, found[each.path, each.line], "found by") for each in marked]


def _add_witnesses(finding: Finding, witnesses: list[Witness], how: str) -> Finding:
    return replace(finding, message=f"{finding.message}, {how} {_list_tools(witnesses)}") if witnesses else finding


def _ask(result: Result, told: list[Witness]) -> Result:
    """Return that a person has to answer, with what tools reported."""
    said = _list_reports(told)
    if result.outcome is CheckOutcome.MANUAL:
        reason = f"{result.reason}; {said}" if result.undecided else f"{result.reason} To be confirmed: {said}"
    else:
        reason = f"{result.rule.ask} The check {_OUTCOMES[result.outcome]} ({result.reason}), but {said}"
    findings = [
        Finding(path, f"{group[0].says}, says {_list_tools(group)}; {_LIMITS[group[0].credit]}", line)
        for (path, line), group in sorted(_by_place(told).items())
    ]
    both = (*result.findings, *findings)  # behind what a trace found
    return replace(result, outcome=CheckOutcome.MANUAL, reason=reason, findings=both, undecided=True)


_LIMITS = {
    Credit.TOLD: "it is not confirmed by what stands there",
    Credit.SUPPRESSED: "it is suppressed",
    Credit.STALE: "it is of another commit",
    Credit.FAVOURABLE: "a person has to say whether that is enough",
}


def _list_reports(told: list[Witness]) -> str:
    """Return what tools reported, in a phrase with the first places."""
    places = list(dict.fromkeys(f"{each.path}:{each.line}" if each.line else each.path for each in told))
    named = [place for place in places if place]
    more = f" and {len(named) - PLACES:,} more" if len(named) > PLACES else ""
    where = f" at {', '.join(named[:PLACES])}{more}" if named else ""
    limits = Counter(each.credit for each in told)
    of = ", ".join(f"{count:,} {_ADJECTIVES[credit]}" for credit, count in sorted(limits.items()))
    says = "; ".join(list(dict.fromkeys(each.says for each in told))[:PLACES])
    return f"{_list_tools(told)} reports: {says}{where} ({of})"


_ADJECTIVES = {
    Credit.TOLD: "unconfirmed",
    Credit.SUPPRESSED: "suppressed",
    Credit.STALE: "of another commit",
    Credit.FAVOURABLE: "in favour",
}


def _list_tools(witnesses: Iterable[Witness]) -> str:
    """Return the names of tools, each with the ids by which it reported."""
    ids: dict[str, dict[str, None]] = {}
    for each in witnesses:
        ids.setdefault(each.tool, {})[each.id] = None
    return " and ".join(f"{tool} ({_shorten(list(found))})" for tool, found in ids.items())


def _shorten(ids: list[str]) -> str:
    return ", ".join(truncate(each, NAME) for each in ids[:IDS]) + (", …" if len(ids) > IDS else "")


def _by_place(witnesses: Iterable[Witness]) -> dict[tuple[str, int], list[Witness]]:
    found: dict[tuple[str, int], list[Witness]] = {}
    for each in witnesses:
        found.setdefault((each.path, each.line), []).append(each)
    return found


def _may_be_silent(run: ToolRun, tree: Tree) -> bool:
    """Tell whether it may mean something that a run reports nothing of a rule.

    It names this commit, succeeded, and all that it reports is kept and stands in files that are checked.
    """
    is_whole = not (run.cut or run.outside or run.absent)
    return run.tool is not None and is_current(run, tree) and run.succeeded and is_whole


def _listen(result: Result, runs: Sequence[ToolRun], paths: set[str]) -> Result:
    """Return a pass for a rule that nobody could decide, where a tool looked for it and found nothing."""
    if result.outcome not in (CheckOutcome.MANUAL, CheckOutcome.UNAVAILABLE):
        return result
    for run in runs:
        for entry, meaning in run.tool.entries if run.tool else ():
            if meaning.rule != result.rule.id or entry.silence is not Silence.PASSES:
                continue
            selected = GlobSet(entry.files).selecting
            looked_at = {id_: [path for path in run.list_looked_at(id_) if path in paths] for id_ in entry.ids}
            first = {id_: path for id_, found in looked_at.items() if (path := next(filter(selected, found), ""))}
            if first:
                return _pass(result, run, first)
    return result


def _pass(result: Result, run: ToolRun, looked_at: Mapping[str, str]) -> Result:
    """Return a pass because of the ids of a tool that ran, each with a file that it ran on."""
    assert run.tool  # noqa: S101 - the caller's
    ids, path = _shorten(list(looked_at)), next(iter(looked_at.values()))
    reason = f"{run.tool.facts.title} looked for it ({ids}) at this commit, as in {path}, and found nothing"
    return replace(
        result, outcome=CheckOutcome.PASS, reason=reason, findings=(), omitted=0, strength="indication", undecided=False
    )


def _describe(run: ToolRun, witnesses: Iterable[Witness], tree: Tree) -> str:
    """Return what was made of a run, in a few sentences."""
    name = truncate(f"{run.name or 'a tool without a name'} {run.version}".strip(), NAME)
    head = f"Evidence of {name} in {run.file}: {pluralise(run.results, 'result')}"
    if run.tool is None:
        return f"{head}; nothing is known of this tool, so that none was used."
    counts = Counter(each.credit for each in witnesses)
    found = [f"{counts[credit]:,} {word}" for credit, word in _COUNTED.items() if counts[credit]]
    return " ".join([f"{head}; about rules: {', '.join(found) or 'none'}.", *_limits(run, tree)])


_COUNTED = {Credit.CONFIRMED: "confirmed", **_ADJECTIVES}


def _limits(run: ToolRun, tree: Tree) -> Iterable[str]:
    """Yield what was left out of a run, and what it cannot say."""
    if is_stale(run, tree):
        yield (
            f"It is of commit {truncate(run.commit, SHORT_COMMIT + 1)}, and {tree.commit[:SHORT_COMMIT]} is checked: "
            "it is stale, and fails nothing."
        )
    elif not run.commit:
        commits = {each.commit for each in run.sightings if each.commit}
        names = f"is of {len(commits):,} commits" if commits else "names no commit"
        yield f"It {names}, so that what it does not report says nothing."
    left_out = {
        "lead out of the tree": run.outside,
        "are in files that are not checked": run.absent,
        "are in tests, samples or other people's code": run.left_out,
        "are of a kind of weakness that says too little": run.vague,
        "are too many": run.cut,
    }
    told = [f"{count:,} {why}" for why, count in left_out.items() if count]
    if told:
        yield f"Left out: {', '.join(told)}."
