"""The branch gh-pages and its remote: fetched, changed, and pushed, by many at once if need be."""

import random
import subprocess
import time
from collections.abc import Callable

from tools.publishing.names import PAGES

REMOTE = "origin"
ATTEMPTS = 8


class PublishError(Exception):
    """What should be published is not; what was there is as it was."""


def git(*words: str) -> str:
    """Return the output of git. Raises PublishError with its words where it fails."""
    done = subprocess.run(["git", *words], capture_output=True, text=True)
    if done.returncode:
        raise PublishError(f"git {words[0]} failed: {done.stderr.strip()}")
    return done.stdout.strip()


def heads() -> dict[str, str]:
    """Return the branches of the remote with their commits."""
    lines = git("ls-remote", "--heads", REMOTE).splitlines()
    return {name.removeprefix("refs/heads/"): commit for commit, name in (line.split("\t") for line in lines)}


def publish(change: Callable[[], None]) -> None:
    """Make a change on top of what is published, and push it: anew where somebody else was faster.

    `change` commits to the local branch gh-pages. Raises PublishError.
    """
    why = None
    for attempt in range(ATTEMPTS):
        time.sleep(random.uniform(0, attempt))  # noqa: S311 - so that two who collided do not do so again
        _fetch()
        change()
        try:
            git("push", REMOTE, f"{PAGES}:{PAGES}")
        except PublishError as error:
            why = error
        else:
            return
    raise PublishError(f"{why}\nGiven up after {ATTEMPTS} attempts; what was published is as it was.")


def _fetch() -> None:
    """Take the remote's branch as it is now; none is begun where there is none."""
    if PAGES in heads():
        git("fetch", "--quiet", "--depth=1", "--no-tags", REMOTE, f"+{PAGES}:{PAGES}")
    else:
        git("update-ref", "-d", f"refs/heads/{PAGES}")
