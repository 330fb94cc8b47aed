"""Looks at one repository in a process of its own: `python -P -m vger_guide.portfolio.child`.

A job comes as JSON on the standard input, and what was found goes as JSON to the standard output. The process bounds
itself, so that one whose starter was killed ends too; what it started ends with it, and its folders go.
"""

import json
import os
import signal
import sys
import time
from functools import partial
from types import FrameType

try:
    import resource
except ImportError:  # on Windows, in a browser
    resource = None  # type: ignore[assignment]

from vger_guide.errors import UserError
from vger_guide.portfolio.look import FAILED, TIMED_OUT, Job, failed_look, look, require_room

# A file that git writes, such as the pack of a clone.
FILE_BYTES = 4_000_000_000
ENDED = 128
# Seconds between two looks at the clock, at the disk and at who waits.
PAUSE = 0.25


class GivenUpError(BaseException):
    """A job has taken more time or disk than it may; no check may take it for an error of its own."""

    def __init__(self, status: str, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


def main() -> None:
    """Run from the command line."""
    job = Job.from_plain(json.load(sys.stdin))
    _bound(job)
    try:
        found = look(job)
        _stop_clock()
    except GivenUpError as error:
        found = failed_look(error.status, error.reason)
    sys.stdout.write(json.dumps(found))


def describe_time(seconds: int) -> str:
    """Return why a repository was given up whose time was up."""
    return f"it took longer than {seconds:,} seconds; raise 'limits: seconds:' if it is that large"


def _bound(job: Job) -> None:
    """Limit the time and memory of this process; those that it starts have the same limits."""
    signal.signal(signal.SIGTERM, _end)
    if hasattr(signal, "SIGALRM"):
        signal.signal(signal.SIGALRM, partial(_look_up, job, os.getppid(), time.monotonic() + job.seconds))
        signal.setitimer(signal.ITIMER_REAL, PAUSE, PAUSE)
    if resource:
        for limit, most in (
            (resource.RLIMIT_DATA, job.megabytes * 1_000_000),
            (resource.RLIMIT_FSIZE, FILE_BYTES),
            (resource.RLIMIT_CORE, 0),
        ):
            _, hard = resource.getrlimit(limit)
            bounded = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.setrlimit(limit, (bounded, hard))


def _end(number: int, _: FrameType | None) -> None:
    sys.exit(ENDED + number)


def _look_up(job: Job, parent: int, end: float, number: int, _: FrameType | None) -> None:
    """End where nobody waits any more, the time is up, or the clone has no more room. Raises GivenUpError."""
    if os.getppid() != parent:
        sys.exit(ENDED + number)
    if time.monotonic() >= end:
        _stop_clock()
        raise GivenUpError(TIMED_OUT, describe_time(job.seconds))
    if job.is_remote:
        try:
            require_room(job)
        except UserError as error:
            _stop_clock()
            raise GivenUpError(FAILED, error.message) from None


def _stop_clock() -> None:
    """Stop the clock: Python forgets its handlers before it ends, and a signal would end it as if it had died."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, 0)


if __name__ == "__main__":
    main()
