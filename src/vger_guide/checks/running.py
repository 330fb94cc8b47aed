"""A run: the plan is scanned, every rule is judged."""

from vger_guide.checks.judging import judge
from vger_guide.checks.outcomes import Result
from vger_guide.checks.plan import Plan
from vger_guide.checks.scan import Scanned, scan
from vger_guide.checks.sharing import Told
from vger_guide.checks.tree import Tree


def look(plan: Plan, tree: Tree, told: Told | None = None) -> tuple[list[Result], Scanned]:
    """Return the outcome of every rule of a plan, in its order, and what was read for it.

    `told` is told how many files have been read so far, and of how many.

    Raises Unavailable where the tree cannot be read at all, and ShareLost.
    """
    scanned = scan(tree, plan.probes, told)
    return [judge(asked, scanned.seen, tree) for asked in plan.rules], scanned
