"""Kills `vger review answer` while it writes, again and again: `python -m tests.reviews.kill_loop FILE TIMES`.

Each time a fork of this program runs the real command over and over, with two answers in turn, until it is killed: in
turn at a moment of chance, and as soon as the file beside the review is there. Prints how often the file was whole, and
how often the command was killed with a half-written file beside it. Forks, as 200 starts of Python would take minutes.
"""

import os
import random
import signal
import sys
import time
from itertools import cycle
from pathlib import Path

from vger_guide.cli import console
from vger_guide.cli.app import vger
from vger_guide.reviews import store

RULE = "SES004"
# Seconds: longer than the command takes to write, and than it takes to begin.
LONGEST, PATIENCE = 0.4, 60


def main(file: Path, times: int) -> None:
    """Kill and look, so many times."""
    console.prepare()
    chance = random.Random(5)  # noqa: S311 - moments, not secrets
    _answer(file, "met")
    whole = amid = 0
    for i in range(times):
        child = os.fork()
        if child == 0:
            _answer_for_ever(file)
        if i % 2:
            time.sleep(chance.uniform(0.01, LONGEST))
        else:
            _until_it_writes(file.parent)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        review = store.load(file)
        whole += review.answers[RULE]["a"].comment in ("met", "partial") and len(review.answers) > 100
        for left in file.parent.glob(".*.new"):
            amid += 1
            left.unlink()
    print(f"{times} killed, {whole} whole, {amid} amid writing")


def _until_it_writes(folder: Path) -> None:
    """Wait for a file beside the review, at most as long as the slowest machine takes."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and not any(folder.glob(".*.new")):
        pass


def _answer(file: Path, value: str) -> None:
    arguments = ["review", "answer", str(file), RULE, value, "--target", "a", "--comment", value]
    vger.main(arguments, prog_name="vger", standalone_mode=False)


def _answer_for_ever(file: Path) -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    for value in cycle(["met", "partial"]):
        _answer(file, value)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
