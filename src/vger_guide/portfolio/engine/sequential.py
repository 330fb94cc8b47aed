"""One job after another, which needs nothing but this installation."""

from collections.abc import Iterator, Sequence
from typing import Any

from vger_guide.portfolio.bounded import run_job
from vger_guide.portfolio.engine import Report
from vger_guide.portfolio.look import Job


class SequentialEngine:
    """Runs jobs in their order, each in a child process."""

    def run(self, jobs: Sequence[Job], report: Report) -> Iterator[tuple[Job, dict[str, Any]]]:
        """Yield each job with what was found."""
        for job in jobs:
            report([job.name])
            yield job, run_job(job)
