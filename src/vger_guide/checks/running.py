"""A run: the plan is scanned, every rule is judged."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from vger_guide.checks.judging import holds, judge
from vger_guide.checks.outcomes import Result
from vger_guide.checks.plan import Plan, condition
from vger_guide.checks.probes import Probe
from vger_guide.checks.scan import Scanned, scan
from vger_guide.checks.sharing import Told
from vger_guide.checks.tree import Tree, Unavailable


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
