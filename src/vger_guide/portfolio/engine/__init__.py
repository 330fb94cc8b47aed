"""What runs the jobs of a portfolio: one after another in this process, or Dask on many cores or machines."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Protocol

from vger_guide.portfolio.look import Job

# Told which jobs are under way, by the names of their repositories.
Report = Callable[[Sequence[str]], None]


class Engine(Protocol):
    """Runs jobs; whatever happens to one of them, it is given with a status and a reason."""

    def run(self, jobs: Sequence[Job], report: Report) -> Iterator[tuple[Job, dict[str, Any]]]:
        """Yield each job with what was found, in the order in which they end."""
