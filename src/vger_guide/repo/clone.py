"""Clones a repository from an address into a temporary folder: only one commit of it, and nothing checked out."""

import os
import re
import signal
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from vger_guide.repo import git
from vger_guide.repo.git import GitError
from vger_guide.repo.open import RepositoryNotFoundError, open_tree
from vger_guide.repo.tree import Tree
from vger_guide.repo.watcher import watched
from vger_guide.text.temporary_folder import temporary_folder

SECONDS = 900
# What asking for a commit may take, and how many characters of the answer are read. Whoever asks in a thread cannot be
# interrupted, so it is short.
ASKING = 20
WORDS = 10_000

# What may come from the caller: how to reach a server. Never where a repository is.
_KEPT = ("GIT_SSH", "GIT_SSL_", "GIT_HTTP_", "GIT_PROXY_", "GIT_CONFIG")
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?://|:)|[^/\\:@]+@[^/\\:@]+:")
_ALLOWED = re.compile(r"(?:https|ssh|file)://[^-]|[A-Za-z0-9_.][^/\\:@]*@[A-Za-z0-9_.\[][^/\\:@]*:")
_SETTINGS = {
    "GIT_ALLOC_LIMIT": "512m",
    "GIT_ALLOW_PROTOCOL": "https:ssh:file",
    "GIT_ASKPASS": "",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
    "SSH_ASKPASS_REQUIRE": "never",
}
# Who logs in, and what is asked for: either may be a secret.
_USER = re.compile(r"//[^/\s]*@")
_QUERY = re.compile(r"\?[^\s']+")


def is_address(text: str) -> bool:
    """Return whether a text is the address of a repository rather than a path, as git understands it."""
    return _ADDRESS.match(text) is not None


def is_cloneable(address: str) -> bool:
    """Return whether an address is one that `open_clone` takes: https, ssh, file or `user@host:path`."""
    try:
        return _ALLOWED.match(address) is not None and bool(urlsplit(address))
    except ValueError:  # such as a bracket that is not closed
        return False


def fetch_head(address: str, login: Mapping[str, str]) -> str:
    """Return the id of the commit that the HEAD of a remote repository stands for. Raises RepositoryNotFoundError.

    `login` are variables by which git logs in, beside what the caller's own tell it.
    """
    shown = mask_credentials(address)
    if not is_cloneable(address):
        raise RepositoryNotFoundError(f"{shown} is not an address that can be cloned")
    try:
        said = _ask(["ls-remote", "--quiet", "--", address, "HEAD"], login)
    except GitError as error:
        raise RepositoryNotFoundError(f"{shown} cannot be reached: {mask_credentials(str(error))}") from None
    for line in said.splitlines():  # warnings may stand before it
        head, tab, name = line.partition("\t")
        if tab and name == "HEAD" and len(head) in (40, 64) and head.isalnum():
            return head
    raise RepositoryNotFoundError(f"{shown} has no commits")


@contextmanager
def open_clone(address: str, progress: Callable[[str], None], ref: str | None = None) -> Iterator[Tree]:
    """Clone a repository for as long as the context lasts, and give the files of its HEAD, or of a branch or tag.

    `progress` is told of the progress, a line at a time. The user's own configuration of git counts: it may have a
    proxy or log in; nobody is asked. Addresses are https, ssh, file and `user@host:path`. Raises
    RepositoryNotFoundError.
    """
    shown = mask_credentials(address)
    if not is_cloneable(address):
        raise RepositoryNotFoundError(
            f"{shown} is not an address that can be cloned; give one with https://, ssh://, file:// or git@"
        )
    with temporary_folder() as folder:
        choice = [f"--branch={ref}"] if ref else []
        try:
            _clone([*choice, "--", address], folder, progress)
        except GitError as error:
            raise RepositoryNotFoundError(f"{shown} cannot be cloned: {mask_credentials(str(error))}") from None
        yield open_tree(folder, target=f"{shown} at {ref}" if ref else shown)


def mask_credentials(text: str) -> str:
    """Return a text without what may be secret in an address in it."""
    return _QUERY.sub("?***", _USER.sub("//***@", text))


def _ask(arguments: list[str], login: Mapping[str, str]) -> str:
    """Return the first words that git says of a server. Raises GitError.

    It runs in an empty folder of ours: the configuration of a repository around it would name commands.
    """
    with temporary_folder() as folder:
        process = subprocess.Popen(
            [git.executable(), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env={**_environment(), **login, "GIT_CEILING_DIRECTORIES": str(folder.resolve().parent)},
            cwd=folder.resolve(),
            start_new_session=True,
            encoding="utf-8",
            errors="replace",
        )
        with git.limited(process, partial(_end, process), ASKING, arguments[0]):
            said = process.stdout.read(WORDS) if process.stdout else ""
    if process.returncode:
        raise GitError(git.format_complaint(said) or f"git {arguments[0]} stopped with {process.returncode}")
    return said


def _clone(arguments: list[str], folder: Path, progress: Callable[[str], None]) -> None:
    hardened = ["-c", f"core.hooksPath={os.devnull}", "-c", "core.fsmonitor=false"]
    shape = ["--bare", "--depth=1", "--single-branch", "--no-tags", "--template=", "--no-recurse-submodules"]
    command = [git.executable(), *hardened, "clone", *shape, "--progress", *arguments, str(folder)]
    # In a session of its own nothing can ask on the terminal, and all that git starts can be ended with it.
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=_environment(),
        start_new_session=True,
        encoding="utf-8",
        errors="replace",
    )
    with watched(process.pid, folder):
        said = _follow(process, progress)
    if process.returncode:
        raise GitError(git.format_complaint(said) or f"git clone stopped with {process.returncode}")


def _follow(process: subprocess.Popen[str], progress: Callable[[str], None]) -> str:
    """Tell of the progress until git ends, and return the end of what it said else. Raises GitError."""
    said = ""
    with git.limited(process, partial(_end, process), SECONDS, "clone"):
        while process.stderr and (line := process.stderr.readline(1000)):
            if line.startswith(("Receiving objects:", "Resolving deltas:")):
                progress(line.strip())
            else:
                said = (said + line)[-10_000:]
    return said


def _end(process: subprocess.Popen[str]) -> None:
    if process.poll() is None:
        if os.name == "nt":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)


def _environment() -> dict[str, str]:
    reaching = {key: value for key, value in os.environ.items() if key.startswith(_KEPT)}
    return {**git.surroundings(), **reaching, **_SETTINGS}
