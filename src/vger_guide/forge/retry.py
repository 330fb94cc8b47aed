"""Asks a server again that is busy, as late as it says."""

import time
from collections.abc import Callable
from typing import TypeVar

from vger_guide.errors import UserError
from vger_guide.forge.client import BusyError

T = TypeVar("T")

# Seconds to wait where a server says no time, doubled each time; how often it is asked; the longest wait at a time.
PAUSE = 2.0
TRIES = 4
PATIENCE = 120.0


def ask_patiently(ask: Callable[[], T], busy: type[BusyError] = BusyError) -> T:
    """Return an answer; `busy` is the error after which it is safe to ask again. Raises UserError as `ask` does."""
    for tried in range(1, TRIES + 1):
        try:
            return ask()
        except busy as error:
            wait = error.wait or PAUSE * 2 ** (tried - 1)
            if tried == TRIES or wait > PATIENCE:
                minutes = max(1, round(wait / 60))
                raise UserError(f"{error.message}; repeat the command in {minutes} min") from None
            time.sleep(wait)
    raise AssertionError("a loop that returns or raises")
