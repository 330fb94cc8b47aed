"""Which version of the site a branch is, and gh-pages on the remote, which many may change at once."""

import random
import re
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass

from vger_guide.records.fields import EDITION

MAIN = "main"
NEXT = "next"
LATEST = "latest"
PAGES = "gh-pages"
EDITION_BRANCH = "edition/"
PREVIEW = "preview-"


class UnknownVersionError(Exception):
    """A branch is no version of the site."""


@dataclass(frozen=True)
class Version:
    """A version: `name` is its folder, `title` what the selector shows; both hold nothing that markup could be."""

    name: str
    title: str
    branch: str


def version_of(branch: str) -> Version:
    """Return the version that a branch is published as. Raises UnknownVersionError for a branch that is none."""
    name = branch.removeprefix(EDITION_BRANCH)
    slug = re.sub(r"[^a-z0-9]+", "-", branch.lower()).strip("-")
    if branch == PAGES or not slug:
        raise UnknownVersionError(
            f"'{branch}' is no branch of the guide; 'main', 'edition/2023.09' and 'feature/x' would be"
        )
    if branch == MAIN:
        return Version(NEXT, "Next edition, not released", branch)
    if name != branch and is_edition(name):
        return Version(name, f"Edition {name}", branch)
    return Version(PREVIEW + slug, f"Preview {slug}", branch)


def is_edition(name: str) -> bool:
    """Return whether a version is a published edition."""
    return re.fullmatch(EDITION, name) is not None


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
