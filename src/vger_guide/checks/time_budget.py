"""Time that slow searches may take in a run: hostile files and patterns together must not hold it for hours."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from vger_guide.repo.tree import UnreadableFileError

# Seconds of the processor. A search of less is not slow: it takes time for the size of the files only.
SLOW = 1.0
MOST = 60.0

SPENT = f"was not searched: files before it took more than {MOST:.0f} seconds"


class TimeBudget:
    """What is left for slow searches."""

    def __init__(self) -> None:
        self._left = MOST

    @contextmanager
    def spend(self) -> Iterator[None]:
        """Count the time of a search. Raises UnreadableFileError where none is left."""
        if self._left <= 0:
            raise UnreadableFileError(SPENT)
        began = time.process_time()
        try:
            yield
        finally:
            took = time.process_time() - began
            self._left -= took if took > SLOW else 0
