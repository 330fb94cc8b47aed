"""Chooses the engine of a run by what the user asks for and what is installed."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec

from vger_guide.errors import UserError
from vger_guide.portfolio.engine import Engine
from vger_guide.portfolio.engine.sequential import SequentialEngine

DASK = "distributed"
MISSING = (
    "checking several repositories at a time needs Dask; install it with: pip install 'vger-guide[portfolio]', "
    "or check one after another with --jobs 1"
)


@contextmanager
def open_engine(jobs: int | None, scheduler: str | None, count: int) -> Iterator[Engine]:
    """Give the engine for so many jobs at a time, of `count` in all, as long as the context lasts.

    Raises UserError where Dask is not installed, or its scheduler cannot be reached.
    """
    at_once = min(jobs or os.cpu_count() or 1, count)
    if count == 0 or (not scheduler and at_once <= 1):
        yield SequentialEngine()
        return
    if find_spec(DASK) is None:
        raise UserError(MISSING)
    from vger_guide.portfolio.engine.dask import connect, start_local  # noqa: PLC0415 - Dask is an extra, which may be missing

    with connect(scheduler) if scheduler else start_local(at_once) as engine:
        yield engine
