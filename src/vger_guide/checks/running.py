"""A run: the plan is scanned, every rule is judged."""

from vger_guide.checks.judging import judge
from vger_guide.checks.outcomes import Result
from vger_guide.checks.plan import Plan
from vger_guide.checks.scan import Scanned, scan
from vger_guide.checks.tree import Tree


def look(plan: Plan, tree: Tree) -> tuple[list[Result], Scanned]:
    """Return the outcome of every rule of a plan, in its order, and what was read for it.

    Raises Unavailable where the tree cannot be read at all, and ShareLost.
    """
    scanned = scan(tree, plan.probes)
    return [judge(asked, scanned.seen, tree) for asked in plan.rules], scanned
