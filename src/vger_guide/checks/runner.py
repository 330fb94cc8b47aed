"""A run as a user asks for it: which rules, of which files, and which failures are accepted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from vger_guide import __version__
from vger_guide.catalog.lookup import found
from vger_guide.checks import baseline
from vger_guide.checks.changed_files import ChangedTree, local_check
from vger_guide.checks.evaluate import holds, judge
from vger_guide.checks.parallel import Told
from vger_guide.checks.plan import Plan, condition, plan
from vger_guide.checks.results import Notice, Result, RuleFacts, Run
from vger_guide.checks.rule_set import Questions, questions
from vger_guide.checks.scan import Scanned, scan
from vger_guide.checks.settings import Chosen, organisation, own_file, settings_of
from vger_guide.checks.suppressions import with_baseline, with_waivers
from vger_guide.errors import UserError
from vger_guide.forge.settings import ForgeTree, Settings
from vger_guide.matchers.probes import Probe
from vger_guide.repo.tree import Tree, Unavailable


def look(plan: Plan, tree: Tree, told: Told | None = None) -> tuple[list[Result], Scanned]:
    """Return the outcome of every rule of a plan, in its order, and what was read for it.

    `told` is told how many files have been read so far, and of how many.

    Raises Unavailable where the tree cannot be read at all, and ShareLost.
    """
    scanned = scan(tree, plan.probes, told)
    return [judge(asked, scanned.seen, tree) for asked in plan.rules], scanned


def holding(conditions: Mapping[str, Any], tree: Tree) -> dict[str, str]:
    """Return which of some conditions, given as records by name, hold for a tree, with what shows it.

    Raises as `look` does; a condition that needs what is not there does not hold.
    """
    probes: list[Probe] = []
    ready = {name: condition(record, probes) for name, record in conditions.items()}
    seen = scan(tree, probes).seen
    shown = {}
    for name, each in ready.items():
        with suppress(Unavailable):
            verdict = holds(each, seen, tree)
            if verdict.holds:
                shown[name] = verdict.says
    return shown


@dataclass(frozen=True)
class Request:
    """What the command line says. Empty texts say nothing.

    `root` is where the tree stands on the disk, if it does; `catalog` is the folder of the rules.
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
    forge: Settings | None = None
    old: bool = True


def checked(tree: Tree, request: Request, told: Told) -> tuple[Run, Chosen]:
    """Return the run and the settings it was made with. Raises UserError and CatalogError for bad input.

    `told` is told how much of the files has been read, as done and all.
    """
    own = settings_of(tree, request.root) if request.settings else Chosen()
    folder, notices = _catalogue(own, request)
    asked = questions(folder)
    chosen = _over(own, request, asked)
    rules = _selected(asked, chosen)
    if request.forge:
        tree = ForgeTree(tree, request.forge)
        notices.append(Notice(f"The settings of the hosting service are those of {request.forge.whose}"))
    if request.changed is not None:
        tree = ChangedTree(tree, request.changed)
        rules, left_out = _local(rules)
        notices += [left_out] if left_out else []
    results, scanned = look(plan((RuleFacts(**rule["facts"]), rule["check"]) for rule in rules), tree, told)
    results, more = _stood(results, tree, chosen, request)
    run = Run(
        tool=f"vger {__version__}",
        edition=asked.edition,
        site=asked.site,
        target=tree.target,
        commit=tree.commit,
        profile=_told_selection(asked, chosen),
        results=tuple(results),
        notices=(*notices, *_skipped(chosen), *more),
        files=scanned.files,
        read=scanned.read,
        bytes_read=scanned.bytes_read,
    )
    return run, chosen


def _catalogue(own: Chosen, request: Request) -> tuple[Path, list[Notice]]:
    folder = request.catalog
    if not own.extends:
        return folder, []
    if request.root is None:
        return folder, [Notice(f"'extends: {own.extends}' is not followed here; name the folder by --catalog")]
    return organisation(own.extends, request.root), []


def _over(own: Chosen, request: Request, asked: Questions) -> Chosen:
    """Return the settings with those of the command line over them, every name in them known."""
    chosen = replace(
        own,
        profile=_known("profile", request.profile or own.profile, asked.profiles),
        stage=_known("stage", request.stage or own.stage, asked.stages),
        workload=_known("workload", request.workload or own.workload, asked.workloads),
        fail_on=request.fail_on or own.fail_on,
    )
    rules = {rule["facts"]["id"]: rule["facts"]["id"] for rule in asked.rules}
    slugs = {rule["facts"]["slug"]: rule["facts"]["id"] for rule in asked.rules}
    named = [*own.only, *(rule for rule, _ in own.skip), *(waiver.rule for waiver in own.waivers)]
    try:
        found("rule", named, rules)
    except UserError as error:
        raise UserError(f"{own.file}: {error.message}") from None
    only = found("rule", request.rules, {**rules, **slugs}) if request.rules else own.only
    return replace(chosen, only=tuple(only))


def _known(what: str, name: str, among: dict[str, str]) -> str:
    return found(what, [name], {id_: id_ for id_ in among})[0] if name else ""


def _selected(asked: Questions, chosen: Chosen) -> list[dict[str, Any]]:
    skipped = {rule for rule, _ in chosen.skip}
    return [rule for rule in asked.rules if rule["facts"]["id"] not in skipped and _wanted(rule, chosen)]


def _wanted(rule: dict[str, Any], chosen: Chosen) -> bool:
    limits = (("applies_to", chosen.profile), ("stages", chosen.stage), ("workloads", chosen.workload))
    if any(given and rule[name] and given not in rule[name] for name, given in limits):
        return False
    return not chosen.only or rule["facts"]["id"] in chosen.only


def _local(rules: Iterable[dict[str, Any]]) -> tuple[list[dict[str, Any]], Notice | None]:
    """Return the rules that some files can break by themselves, with the part of their checks that sees it."""
    checked_rules = [rule for rule in rules if rule["check"]]
    seen = [{**rule, "check": check} for rule in checked_rules if (check := local_check(rule["check"]))]
    count = len(checked_rules) - len(seen)
    notice = Notice(f"{count} more rules have a check that needs the whole repository") if count else None
    return seen, notice


def _stood(results: list[Result], tree: Tree, chosen: Chosen, request: Request) -> tuple[list[Result], list[Notice]]:
    today = datetime.now(UTC).date()
    results, notices = with_waivers(results, chosen.waivers, today)
    if request.changed is not None:  # what a waiver is for may be in the other files
        notices = [notice for notice in notices if not notice.error]
    known = _baseline(tree, request.root) if request.old and request.settings else {}
    results, gone = with_baseline(results, known)
    return results, [*notices, *(gone if request.changed is None else [])]


def _baseline(tree: Tree, root: Path | None) -> dict[str, set[str]]:
    data = own_file(tree, root, baseline.FILE)
    try:
        return baseline.read(data) if data is not None else {}
    except baseline.BadBaseline as why:
        raise UserError(str(why)) from None


def _skipped(chosen: Chosen) -> list[Notice]:
    return [Notice(f"{chosen.file} leaves {rule} out: {reason}") for rule, reason in chosen.skip]


def _told_selection(asked: Questions, chosen: Chosen) -> str:
    parts = [asked.profiles.get(chosen.profile), asked.stages.get(chosen.stage), asked.workloads.get(chosen.workload)]
    named = ", ".join(part for part in parts if part) or "every kind of system"
    return f"{named}; {len(chosen.only)} rules chosen by name" if chosen.only else named
