"""What a look at a repository depends on, in a digest: as long as it is the same, nobody has to look again."""

import hashlib
import json
import os
from collections.abc import Iterable
from pathlib import Path

from vger_guide import __version__
from vger_guide.checks.rule_set import RuleSetSnapshot
from vger_guide.checks.settings import OWN, read_own_file
from vger_guide.portfolio.login import login_variables
from vger_guide.portfolio.repositories import Repository
from vger_guide.repo.clone import fetch_head
from vger_guide.repo.open import open_tree
from vger_guide.repo.tree import Tree

_PACKAGE = Path(__file__).resolve().parent.parent
# Rooms whose code decides what a look says, and how it is kept.
CODE = ("catalog", "checks", "matchers", "portfolio", "records", "repo", "text")


def digest_guide(rule_set: RuleSetSnapshot) -> str:
    """Return the digest of the rules and of the code that checks them, by their contents."""
    hashed = hashlib.sha256(f"{__version__}\n{json.dumps(vars(rule_set), sort_keys=True)}".encode())
    for room in CODE:
        for path in sorted(each for each in (_PACKAGE / room).rglob("*") if each.suffix in (".py", ".json")):
            hashed.update(path.read_bytes())
    return hashed.hexdigest()


def digest_state(repository: Repository, folder: Path) -> str:
    """Return the digest of the files and references that a look would see, or nothing where it has to look.

    Of a checkout the sizes and times of the files count, as they do for git itself; of a remote repository the commit.
    Raises RepositoryNotFoundError, UserError and OSError.
    """
    if repository.is_remote:
        return _digest([fetch_head(repository.place, login_variables(repository.place))])
    root = (folder / repository.place).resolve()
    tree = open_tree(root)
    own = [read_own_file(tree, root, name) or b"" for name in OWN]
    if b"extends" in b"".join(own):
        return ""  # an organisation's folder may hold what git does not track
    states = [tree.commit, *(getattr(tree, "references", list)()), *(each.hex() for each in own)]
    return _digest([*states, *_list_files(tree, root)])


def _list_files(tree: Tree, root: Path) -> Iterable[str]:
    base = os.fsencode(root)
    for entry in tree.entries():
        name = entry.path.encode("utf-8", "surrogateescape")
        try:
            status = os.lstat(base + b"/" + name)
        except OSError:
            yield f"{name!r} gone"
        else:
            yield f"{name!r} {status.st_mode} {status.st_size} {status.st_mtime_ns} {status.st_ino}"


def digest_key(guide: str, repository: Repository, state: str) -> str:
    """Return the key of a result: the guide, the profile that the portfolio gives, and the state of the repository."""
    return _digest([guide, repository.profile, state]) if state else ""


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
