"""Kills `vger review answer` while it writes, again and again: `python -m tests.reviews.kill_loop FILE TIMES`.

Each time a fork of this program runs the real command over and over, with two answers in turn, until it is killed: in
turn at a moment of chance, as soon as it opens the file beside the review, and before it renames that. Prints how often
the review was whole, and how often a file was left beside it. Forks, as 200 starts of Python would take minutes; and
the fork tells how far it is, as whoever looks for that file finds it seldom where other things run.
"""

import os
import random
import signal
import sys
import time
from collections.abc import Callable
from itertools import cycle
from pathlib import Path
from typing import Any

from vger_guide.cli import console
from vger_guide.cli.app import vger
from vger_guide.reviews import store

RULE = "SES004"
# Seconds: longer than the command takes to write.
LONGEST = 0.4
# What Python tells of a file that is opened or renamed.
STEPS = ("", "open", "os.rename")


def main(file: Path, times: int) -> None:
    """Kill and look, so many times."""
    console.prepare()
    chance = random.Random(5)  # noqa: S311 - moments, not secrets
    _answer(file, "met")
    whole = amid = 0
    for i in range(times):
        _kill(file, STEPS[i % len(STEPS)], chance.uniform(0.01, LONGEST))
        review = store.load(file)
        whole += review.answers[RULE]["a"].comment in ("met", "partial") and len(review.answers) > 100
        for left in file.parent.glob(".*.new"):
            amid += 1
            left.unlink()
    print(f"{times} killed, {whole} whole, {amid} amid writing")


def _kill(file: Path, step: str, seconds: float) -> None:
    """Kill the command at a step of its writing, or after so many seconds."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        if step:
            sys.addaudithook(_tell(step, writer))
        _answer_for_ever(file)
    os.close(writer)
    if step:
        os.read(reader, 1)
    else:
        time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(reader)


def _tell(step: str, writer: int) -> Callable[[str, tuple[Any, ...]], None]:
    """Return what tells of a step into a pipe; before the renaming it waits to be killed."""

    def hear(event: str, arguments: tuple[Any, ...]) -> None:
        if event == step and str(arguments[0]).endswith(".new"):
            os.write(writer, b".")
            if step != "open":
                signal.pause()

    return hear


def _answer(file: Path, value: str) -> None:
    arguments = ["review", "answer", str(file), RULE, value, "--target", "a", "--comment", value]
    vger.main(arguments, prog_name="vger", standalone_mode=False)


def _answer_for_ever(file: Path) -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    for value in cycle(["met", "partial"]):
        _answer(file, value)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
