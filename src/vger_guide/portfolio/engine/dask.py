"""Jobs on Dask (https://distributed.dask.org): worker processes of this machine, or a cluster that somebody started.

Dask is imported here and nowhere else, and only when a run needs it. A worker gets a job and gives back plain data. The
job runs in a child of the worker, so a repository rarely ends a worker; one that ended several is put aside.
"""

from __future__ import annotations

import atexit
import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import dask
from distributed import Client, KilledWorker, LocalCluster, as_completed
from distributed.deploy.spec import close_clusters

from vger_guide.errors import UserError
from vger_guide.portfolio.bounded import measure, run_job
from vger_guide.portfolio.engine import Report
from vger_guide.portfolio.look import CRASHED, FAILED, Job, failed_look
from vger_guide.text.plural import pluralise
from vger_guide.text.temporary_folder import temporary_folder

# Seconds to wait for a scheduler, and for its first worker.
PATIENCE = 15
# Workers of this machine that one job may end before it is put aside; a cluster has its own setting.
ENDED_WORKERS = 3
# What Dask logs on its own where a scheduler goes; users get one line instead.
LOGGERS = ("distributed", "distributed.client")
GONE = "the Dask scheduler has gone; start it again and repeat the command: what was checked is kept"
# Jobs that are handed out for each that can run: the next is there when one ends.
AHEAD = 2


@contextmanager
def start_local(workers: int) -> Iterator[DaskEngine]:
    """Give an engine of so many worker processes on this machine, which end with the context."""
    # One that Ctrl-C interrupts as it starts cannot be closed as Dask would at the end; its processes end with us.
    atexit.unregister(close_clusters)
    with (
        temporary_folder() as scratch,
        dask.config.set(
            {"distributed.scheduler.allowed-failures": ENDED_WORKERS - 1, "temporary-directory": str(scratch)}
        ),
        _make_cluster(
            LocalCluster,
            n_workers=workers,
            threads_per_worker=1,
            dashboard_address=None,
            silence_logs=logging.CRITICAL,
            local_directory=str(scratch),
            memory_limit=0,  # what needs memory is a child, which has a limit of its own
        ) as cluster,
        Client(cluster) as client,
    ):
        yield DaskEngine(client)


def _make_cluster(make: Callable[..., Any], **settings: Any) -> Any:
    """Return a cluster that has started. Raises UserError."""
    try:
        return make(**settings)
    except (RuntimeError, OSError, TimeoutError) as error:
        raise UserError(
            f"Dask could not start its workers: {error}; repeat the command, or check one after another with --jobs 1"
        ) from None


@contextmanager
def connect(scheduler: str) -> Iterator[DaskEngine]:
    """Give an engine at a scheduler that is running. Raises UserError where it or its workers cannot be reached."""
    for name in LOGGERS:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        client = Client(scheduler, timeout=PATIENCE)
    except (OSError, ValueError, TypeError) as error:
        why = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise UserError(
            f"the Dask scheduler at {scheduler} cannot be reached: {why}; start one with 'dask scheduler', or leave "
            "--scheduler out"
        ) from None
    with client:
        try:
            client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError:
            raise UserError(
                f"the Dask scheduler at {scheduler} has no workers; start one with 'dask worker {scheduler}'"
            ) from None
        yield DaskEngine(client)


class DaskEngine:
    """Hands jobs to a client of Dask, a few more than can run at a time."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def run(self, jobs: Sequence[Job], report: Report) -> Iterator[tuple[Job, dict[str, Any]]]:
        """Yield each job with what was found, in the order in which they end. Raises UserError without a scheduler."""
        try:
            yield from self._run(jobs, report)
        except OSError:  # as a call to a scheduler that has gone ends
            raise UserError(GONE) from None

    def _run(self, jobs: Sequence[Job], report: Report) -> Iterator[tuple[Job, dict[str, Any]]]:
        waiting = list(reversed(jobs))
        running: dict[Any, Job] = {}
        done = as_completed()
        while waiting or running:
            threads = self._count_threads()
            while waiting and len(running) < AHEAD * threads:
                job = waiting.pop()
                share = replace(job, disk=max(1, job.disk // threads))
                future = self._client.submit(run_job, share, pure=False, retries=0)
                running[future] = job
                done.add(future)
            report([job.name for job in list(running.values())[:threads]])
            future = next(done)
            yield running.pop(future), self._find_result(future)

    def _count_threads(self) -> int:
        threads: dict[str, int] = self._client.nthreads()
        return max(1, sum(threads.values()))

    def _find_result(self, future: Any) -> dict[str, Any]:
        if future.cancelled():
            raise UserError(GONE)
        error = future.exception()
        if error is None:
            found: dict[str, Any] = future.result()
            return found
        if isinstance(error, KilledWorker):
            ended = error.allowed_failures + 1
            why = f"{pluralise(ended, 'worker')} ended while it was looked at; it was put aside"
            return {**failed_look(CRASHED, why), **measure(0)}
        why = f"the worker could not look at it: {type(error).__name__}: {error}"
        return {**failed_look(FAILED, why), **measure(0)}
