"""Builds published editions anew: their pages and data, with the theme, the code and the dependencies of today."""

import re
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tools.publish.branches import EDITION_BRANCH, REMOTE, PublishError, git, heads, is_edition
from tools.publish.build import ask_set, build, public_address
from tools.publish.deploy import put
from tools.vendored import LOCKED

ROOT = Path(__file__).resolve().parent.parent.parent
# What is of today; the rest, the pages and the data, is the edition's.
FOLDERS = ("macros", "overrides", "src", "tools", "docs/assets", "checklists/schema")
FILES = ("pyproject.toml", "requirements.lock", *LOCKED)
NAV = re.compile(r"^nav:\n(?:[ \t#-].*\n|\n)*", re.MULTILINE)


def rebuild(editions: Sequence[str]) -> int:
    """Build and publish editions anew, all without a name; return 1 where one does not build and stays as it was.

    Raises PublishError where an edition has no branch, or it is not said where the site and the repository are.
    """
    base = public_address()
    ask_set("REPO_URL", "the address of the repository, such as https://github.com/someone/guide")
    there = sorted(name.removeprefix(EDITION_BRANCH) for name in heads() if name.startswith(EDITION_BRANCH))
    known = [name for name in there if is_edition(name)]
    if strange := [each for each in editions if each not in known]:
        raise PublishError(f"No branch edition/{strange[0]}; there are: {', '.join(known) or 'none'}")
    return max([_rebuilt(edition, base) for edition in editions or known], default=0)


def _rebuilt(edition: str, base: str) -> int:
    branch = EDITION_BRANCH + edition
    with worktree(branch) as clone:
        modernise(clone)
        site = clone / "site"
        if build(clone, site, branch):
            print(f"{edition} does not build with today's code, and stays as it was.", file=sys.stderr)
            return 1
        print(put(site, branch, base, f"{REMOTE}/{branch}"))
    return 0


@contextmanager
def worktree(branch: str) -> Iterator[Path]:
    """Give a folder with a branch of the remote in it, which is gone afterwards."""
    git("fetch", "--quiet", REMOTE, f"+refs/heads/{branch}:refs/remotes/{REMOTE}/{branch}")
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder) / "clone"
        git("worktree", "add", "--quiet", "--detach", str(clone), f"{REMOTE}/{branch}")
        try:
            yield clone
        finally:
            git("worktree", "remove", "--force", str(clone))


def modernise(clone: Path) -> None:
    """Put today's code over an edition's; the menu stays the edition's, as its pages do."""
    for name in FOLDERS:
        shutil.rmtree(clone / name, ignore_errors=True)
        shutil.copytree(ROOT / name, clone / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in FILES:
        shutil.copyfile(ROOT / name, clone / name)
    config = clone / "mkdocs.yml"
    menu = NAV.search(config.read_text(encoding="utf-8"))
    today = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    config.write_text(NAV.sub(lambda _: menu[0] if menu else "", today), encoding="utf-8")
