"""The rules that fail in some repositories, and in how many, which all reports list."""

from collections import Counter
from collections.abc import Iterable

from vger_guide.portfolio.repository_line import RepositoryLine, RuleOverview


def count_failures(lines: Iterable[RepositoryLine]) -> list[tuple[RuleOverview, int]]:
    """Return the rules that fail with the number of repositories, worst first."""
    counts = Counter(rule for line in lines for rule in line.failed)
    return sorted(counts.items(), key=lambda pair: (*pair[0].weight, -pair[1], pair[0].id))
