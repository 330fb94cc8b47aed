"""A run as a user asks for it: which rules, of which files, and which failures are accepted."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from vger_guide import __version__
from vger_guide.catalog.lookup import resolve
from vger_guide.checks import baseline
from vger_guide.checks.changed_files import ChangedTree, local_check
from vger_guide.checks.conditions import is_met
from vger_guide.checks.evaluate import evaluate_rule
from vger_guide.checks.parallel import ProgressCallback
from vger_guide.checks.plan import PlannedCondition, RulePlan, plan, plan_condition
from vger_guide.checks.results import Notice, Result, RuleFacts, Run
from vger_guide.checks.rule_set import RuleSetSnapshot, load_rule_set
from vger_guide.checks.run_settings import RunSettings
from vger_guide.checks.scan import Scanned, scan
from vger_guide.checks.scope import count_left_out
from vger_guide.checks.settings import find_passed_over, load_settings, organisation_folder, read_own_file
from vger_guide.checks.suppressions import apply_baseline, apply_waivers, cut_findings
from vger_guide.errors import UserError
from vger_guide.forge.alerts import Alerts
from vger_guide.forge.settings import ForgeTree, HostingSettings
from vger_guide.matchers import UndecidedError
from vger_guide.matchers.probes import Probe
from vger_guide.repo.tree import RequirementMissingError, Tree
from vger_guide.text.plural import pluralise


class ToolEvidence(Protocol):
    """What other tools reported."""

    def weigh(self, results: list[Result], tree: Tree, *, partial: bool) -> tuple[list[Result], list[Notice]]:
        """Return the results with what the tools reported, and what was made of each report."""


def run_checks(plan: RulePlan, tree: Tree, progress: ProgressCallback | None = None) -> tuple[list[Result], Scanned]:
    """Return the outcome of every rule of a plan, in its order, and what was read for it.

    `progress` is told how many files have been read so far, and of how many.

    Raises RequirementMissingError where the tree cannot be read at all, and WorkerDiedError.
    """
    scanned = scan(tree, plan.probes, progress)
    return [evaluate_rule(rule, scanned, tree) for rule in plan.rules], scanned


def matching_conditions(conditions: Mapping[str, Any], tree: Tree) -> dict[str, str]:
    """Return which of some conditions, given as records by name, hold for a tree, with what shows it.

    Raises as `run_checks` does; a condition that needs what is not there does not hold.
    """
    probes: list[Probe] = []
    ready = plan_conditions(conditions, probes)
    return met_conditions(ready, scan(tree, probes), tree)


def plan_conditions(conditions: Mapping[str, Any], probes: list[Probe]) -> dict[str, PlannedCondition]:
    """Return conditions made ready by their names, and add what they want to know to the probes."""
    return {name: plan_condition(record, probes) for name, record in conditions.items()}


def met_conditions(ready: Mapping[str, PlannedCondition], scanned: Scanned, tree: Tree) -> dict[str, str]:
    """Return which of some conditions hold, with what shows it; one that cannot be judged does not."""
    shown = {}
    for name, each in ready.items():
        with suppress(RequirementMissingError, UndecidedError):
            if verdict := is_met(each, scanned.seen, tree):
                shown[name] = verdict.says
    return shown


@dataclass(frozen=True)
class RunRequest:
    """What the command line says. Empty texts say nothing.

    `root` is where the tree stands on the disk, if it does; `catalog` is the folder of the rules. `cut` leaves findings
    out that are too many to be read. `evidence` are files and folders with reports of other tools, and `alerts` what
    the hosting service keeps of such reports.
    """

    root: Path | None
    catalog: Path
    profile: str = ""
    stage: str = ""
    workload: str = ""
    rules: tuple[str, ...] = ()
    fail_on: str = ""
    changed: frozenset[str] | None = None
    settings: bool = True
    forge: HostingSettings | None = None
    use_baseline: bool = True
    evidence: tuple[str, ...] = ()
    alerts: tuple[Alerts, ...] = ()
    cut: bool = True


def perform_run(tree: Tree, request: RunRequest, progress: ProgressCallback) -> tuple[Run, RunSettings]:
    """Return the run and the settings it was made with. Raises UserError and CatalogError for bad input.

    `progress` is told how much of the files has been read, as done and all.
    """
    own = load_settings(tree, request.root) if request.settings else RunSettings()
    folder, notices = _catalogue(own, request)
    rule_set = load_rule_set(folder)
    settings = _merge_settings(own, request, rule_set)
    rules = _select_rules(rule_set, settings)
    if request.settings:
        notices += [Notice(said) for said in find_passed_over(tree, request.root)]
    whole = tree
    if request.changed is not None:
        tree = ChangedTree(tree, request.changed, request.root)
        rules, left_out = _local_rules(rules)
        notices += [left_out] if left_out else []
    if request.forge:
        tree = ForgeTree(tree, request.forge)
        notices.append(Notice(f"The settings of the hosting service are those of {request.forge.whose}"))
    asked = plan((RuleFacts(**rule["facts"]), rule["check"] or rule["trace"]) for rule in rules)
    signs = plan_conditions(rule_set.signs, asked.probes) if _is_open(settings, request) else {}
    evidence = _read_evidence(request, rule_set)
    results, scanned = run_checks(asked, tree, progress)
    if evidence:
        results, weighed = evidence.weigh(results, tree, partial=request.changed is not None)
        notices += weighed
    results, more = _suppress(results, whole, settings, request)
    run = Run(
        tool=f"vger {__version__}",
        edition=rule_set.edition,
        site=rule_set.site,
        target=tree.target,
        commit=tree.commit,
        profile=_describe_selection(rule_set, settings),
        results=tuple(cut_findings(result) if request.cut else result for result in results),
        notices=(*notices, *_skip_notices(settings), *more),
        files=scanned.files,
        read=scanned.read,
        bytes_read=scanned.bytes_read,
        left_out=count_left_out(range(len(asked.probes)), scanned.groups, everywhere=False),
        proposal=_propose(rule_set, met_conditions(signs, scanned, tree)),
    )
    return run, settings


def _read_evidence(request: RunRequest, rule_set: RuleSetSnapshot) -> ToolEvidence | None:
    """Return the reports of other tools that the request names, or None where it names none. Raises UserError."""
    if not (request.evidence or request.alerts):
        return None
    from vger_guide.checks.evidence import read_reports  # noqa: PLC0415 - most runs have none

    return read_reports(request.evidence, rule_set.evidence, rule_set.meanings, request.root, request.alerts)


def _is_open(settings: RunSettings, request: RunRequest) -> bool:
    """Tell whether no kind of system was chosen, and one can be seen."""
    return not (settings.profile or settings.only or request.changed is not None)


def _propose(rule_set: RuleSetSnapshot, shown: Mapping[str, str]) -> tuple[str, str] | None:
    """Return the profile that is shown first, with its title, or None."""
    return next(((name, rule_set.profiles[name]) for name in shown), None)


def _catalogue(own: RunSettings, request: RunRequest) -> tuple[Path, list[Notice]]:
    folder = request.catalog
    if not own.extends:
        return folder, []
    if request.root is None:
        return folder, [Notice(f"'extends: {own.extends}' is not followed here; name the folder by --catalog")]
    return organisation_folder(own.extends, request.root), []


def _merge_settings(own: RunSettings, request: RunRequest, rule_set: RuleSetSnapshot) -> RunSettings:
    """Return the settings with those of the command line over them, every name in them known."""
    settings = replace(
        own,
        profile=_resolve_one("profile", request.profile or own.profile, rule_set.profiles),
        stage=_resolve_one("stage", request.stage or own.stage, rule_set.stages),
        workload=_resolve_one("workload", request.workload or own.workload, rule_set.workloads),
        fail_on=request.fail_on or own.fail_on,
    )
    rules = {rule["facts"]["id"]: rule["facts"]["id"] for rule in rule_set.rules}
    slugs = {rule["facts"]["slug"]: rule["facts"]["id"] for rule in rule_set.rules}
    named = [*own.only, *(rule for rule, _ in own.skip), *(waiver.rule for waiver in own.waivers)]
    try:
        resolve("rule", named, rules)
    except UserError as error:
        raise UserError(f"{own.file}: {error.message}") from None
    only = resolve("rule", request.rules, {**rules, **slugs}) if request.rules else own.only
    return replace(settings, only=tuple(only))


def _resolve_one(what: str, name: str, among: dict[str, str]) -> str:
    return resolve(what, [name], {id_: id_ for id_ in among})[0] if name else ""


def _select_rules(rule_set: RuleSetSnapshot, settings: RunSettings) -> list[dict[str, Any]]:
    skipped = {rule for rule, _ in settings.skip}
    return [rule for rule in rule_set.rules if rule["facts"]["id"] not in skipped and _is_selected(rule, settings)]


def _is_selected(rule: dict[str, Any], settings: RunSettings) -> bool:
    limits = (("applies_to", settings.profile), ("stages", settings.stage), ("workloads", settings.workload))
    if any(given and rule[name] and given not in rule[name] for name, given in limits):
        return False
    return not settings.only or rule["facts"]["id"] in settings.only


def _local_rules(rules: Iterable[dict[str, Any]]) -> tuple[list[dict[str, Any]], Notice | None]:
    """Return the rules that some files can break by themselves, with the part of their checks that sees it."""
    checked_rules = [rule for rule in rules if rule["check"]]
    seen = [{**rule, "check": check} for rule in checked_rules if (check := local_check(rule["check"]))]
    count = len(checked_rules) - len(seen)
    notice = Notice(f"{count} more rules have a check that needs the whole repository") if count else None
    return seen, notice


def _suppress(
    results: list[Result], tree: Tree, settings: RunSettings, request: RunRequest
) -> tuple[list[Result], list[Notice]]:
    today = datetime.now(UTC).date()
    results, notices = apply_waivers(results, settings.waivers, today, narrowed=_is_narrowed(request))
    if request.changed is not None:  # what a waiver is for may be in the other files
        notices = [notice for notice in notices if not notice.error]
    known = _baseline(tree, request.root) if request.use_baseline and request.settings else {}
    results, gone = apply_baseline(results, known)
    return results, [*notices, *(gone if request.changed is None else [])]


def _is_narrowed(request: RunRequest) -> bool:
    """Tell whether the command line asks fewer rules than the settings do."""
    return bool(request.rules or request.profile or request.stage or request.workload)


def _baseline(tree: Tree, root: Path | None) -> dict[str, set[str]]:
    data = read_own_file(tree, root, baseline.FILE)
    try:
        return baseline.read(data) if data is not None else {}
    except baseline.BaselineError as why:
        raise UserError(str(why)) from None


def _skip_notices(settings: RunSettings) -> list[Notice]:
    return [Notice(f"{settings.file} skips {rule}: {reason}") for rule, reason in settings.skip]


def _describe_selection(rule_set: RuleSetSnapshot, settings: RunSettings) -> str:
    parts = [
        rule_set.profiles.get(settings.profile),
        rule_set.stages.get(settings.stage),
        rule_set.workloads.get(settings.workload),
    ]
    named = ", ".join(part for part in parts if part) or "every kind of system"
    return f"{named}; {pluralise(len(settings.only), 'rule')} chosen by id" if settings.only else named
