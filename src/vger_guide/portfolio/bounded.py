"""Runs a job in a child process, and tells what became of it: found, out of time, or the process died."""

import json
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from typing import Any

from vger_guide.forge.github import TOKENS
from vger_guide.forge.group import GIVEN_BY
from vger_guide.portfolio.child import describe_time
from vger_guide.portfolio.login import login_variables
from vger_guide.portfolio.look import CRASHED, TIMED_OUT, Job, failed_look
from vger_guide.text.json_objects import format_moment

# Seconds beyond its time in which a child ends by itself, and then in which it cleans up.
GRACE = 5
# What a child says: a few findings of each rule.
MAX_BYTES = 20_000_000

COMMAND = (sys.executable, "-P", "-m", "vger_guide.portfolio.child")


def run_job(job: Job) -> dict[str, Any]:
    """Return what a look at a repository found, with the time that it took in seconds and the day and hour (UTC)."""
    started = time.monotonic()
    found = _run(job)
    return {**found, **measure(time.monotonic() - started)}


def measure(seconds: float) -> dict[str, Any]:
    """Return when a look began that took so long and ends now, and how long it took."""
    began = datetime.now(UTC) - timedelta(seconds=seconds)
    return {"at": format_moment(began), "seconds": round(seconds, 2)}


def _run(job: Job) -> dict[str, Any]:
    process = subprocess.Popen(
        COMMAND,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(job),
        start_new_session=True,  # Ctrl-C ends the run, which ends its children
    )
    try:
        said, _ = process.communicate(json.dumps(job.plain()).encode(), timeout=job.seconds + GRACE)
    except subprocess.TimeoutExpired:
        _end(process)
        return failed_look(TIMED_OUT, describe_time(job.seconds))
    except BaseException:
        _end(process)
        raise
    return _read(process.returncode, said)


def _read(code: int, said: bytes) -> dict[str, Any]:
    if code < 0:
        return failed_look(CRASHED, f"the process that looked at it was ended by {_name_signal(-code)}")
    try:
        found = json.loads(said) if len(said) <= MAX_BYTES else None
    except ValueError:
        found = None
    if code or not isinstance(found, dict):
        return failed_look(CRASHED, f"the process that looked at it ended with {code}; 'vger check' on it may say more")
    return found


def _name_signal(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a child: it is asked first, so that it removes its folders, and then made to."""
    process.terminate()
    try:
        process.communicate(timeout=GRACE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()


def _environment(job: Job) -> dict[str, str]:
    """Return the variables of a child: no token is among them, only what a clone of this repository needs of it."""
    inherited = {name: value for name, value in os.environ.items() if name not in (*TOKENS, GIVEN_BY.token)}
    return {**inherited, "PYDANTIC_DISABLE_PLUGINS": "true", **(login_variables(job.place) if job.is_remote else {})}
