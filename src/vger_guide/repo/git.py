"""Runs git with nothing of the caller's settings or of a repository's, and with bounds of time and memory."""

import os
import subprocess
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from threading import Timer
from typing import IO, Any

# What a single call may take and give.
SECONDS = 60
MAX_OUTPUT = 64_000_000

# GIT_ALLOC_LIMIT is the most that git allocates at once: a small object may be packed as a change to one of many GB.
_SETTINGS = {
    "GIT_ALLOC_LIMIT": "512m",
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}

# An empty excludesFile keeps out the one in the home folder, and an empty attributesFile likewise.
_CONFIG = """\
[core]
\trepositoryFormatVersion = {version}
\tbare = {bare}
\tcommitGraph = false
\texcludesFile =
\tattributesFile =
"""


class GitError(Exception):
    """Git is not installed, took too long, gave too much or said no; the message is one line."""


def executable() -> str:
    """Return the path of git. Raises GitError where it is not installed.

    Folders on the PATH that are relative are passed over: a repository under check may hold a file named git.
    """
    name = "git.exe" if os.name == "nt" else "git"
    for folder in filter(os.path.isabs, os.get_exec_path()):
        path = os.path.join(folder, name)  # noqa: PTH118 - a Path for each folder takes longer
        if os.access(path, os.X_OK) and os.path.isfile(path):  # noqa: PTH113 - likewise
            return path
    raise GitError("git is not installed")


def environment(folder: Path) -> dict[str, str]:
    """Return the environment for git with `folder` as its git directory."""
    return {**surroundings(), **_SETTINGS, "GIT_DIR": str(folder)}


def surroundings() -> dict[str, str]:
    """Return the environment of this process without what it tells git."""
    return {key: value for key, value in os.environ.items() if not key.upper().startswith("GIT_")}


def make_repository(folder: Path, head: str, *, bare: bool, extensions: dict[str, str] | None = None) -> None:
    """Make an existing folder a git directory without objects and references, and with our own configuration."""
    config = _CONFIG.format(version=int(bool(extensions)), bare=str(bare).lower())
    if extensions:
        config += "[extensions]\n" + "".join(f"\t{name} = {value}\n" for name, value in extensions.items())
    (folder / "config").write_text(config)
    (folder / "HEAD").write_bytes(os.fsencode(head + "\n"))
    (folder / "objects").mkdir()


def run_git(
    arguments: Sequence[str], settings: dict[str, str], given: bytes = b"", fine: Collection[int] = frozenset({0})
) -> bytes:
    """Return the output of git. It runs in its work tree, or in its git directory where it has none.

    `settings` is its environment and `given` its standard input; `fine` are the exit codes that are no failure.
    Raises GitError.
    """
    command = [executable(), "--no-pager", *arguments]
    folder = settings.get("GIT_WORK_TREE", settings["GIT_DIR"])
    with TemporaryFile() as source, TemporaryFile() as errors:
        source.write(given)
        source.seek(0)
        process = subprocess.Popen(
            command, stdin=source, stdout=subprocess.PIPE, stderr=errors, env=settings, cwd=folder
        )
        with limited(process, process.kill, SECONDS, arguments[0]):
            output = _read_bounded(process.stdout, arguments[0]) if process.stdout else b""
        if process.returncode not in fine:
            errors.seek(0)
            said = errors.read(10_000).decode(errors="replace")
            raise GitError(format_complaint(said) or f"git {arguments[0]} stopped with {process.returncode}")
    return output


def format_complaint(said: str) -> str:
    """Return the line of git's that says why it failed, safe to print: the fatal one, or the last."""
    lines = [line for line in said.splitlines() if line.strip()]
    line = next((line for line in lines if line.startswith("fatal: ")), lines[-1] if lines else "")
    shown = "".join(letter if letter.isprintable() else "?" for letter in line)
    return shown.removeprefix("fatal: ").removeprefix("error: ")[:300]


@contextmanager
def limited(process: subprocess.Popen[Any], end: Callable[[], None], seconds: float, name: str) -> Iterator[None]:
    """Wait for a process at the end of the context, and end it when its time is up or the context fails.

    Raises GitError where its time was up.
    """
    started = time.monotonic()
    timer = Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        with process:
            try:
                yield
            except BaseException:
                end()  # nobody reads what it has to say, and it would be waited for
                raise
    finally:
        end()
        timer.cancel()
        # A fork while a thread runs is a warning of Python's, and the scan forks.
        timer.join()
    if time.monotonic() - started >= seconds:
        raise GitError(f"git {name} took longer than {seconds} seconds")


def _read_bounded(stream: IO[bytes], name: str) -> bytes:
    pieces = []
    room = MAX_OUTPUT
    while piece := stream.read(1 << 20):
        pieces.append(piece)
        room -= len(piece)
        if room < 0:
            raise GitError(f"git {name} gave more than {MAX_OUTPUT:,} bytes")
    return b"".join(pieces)
