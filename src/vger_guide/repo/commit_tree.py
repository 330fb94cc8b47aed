"""The files of a commit, read from the objects of the repository without checking it out."""

import os
import select
import subprocess
import weakref
from typing import IO

from vger_guide.repo import git
from vger_guide.repo.git_tree import TrackedTree
from vger_guide.repo.repository import GitRepository, kind
from vger_guide.repo.tree import MAX_BYTES, TreeEntry, UnreadableFileError


class CommitTree(TrackedTree):
    """The files of a commit. The key of an entry is the id of its object."""

    def __init__(self, repository: GitRepository, commit: str, base: str, target: str) -> None:
        """List the commit. Raises GitError."""
        super().__init__(repository, _entries(repository, commit), base, target)
        self._commit = commit
        self._blobs = Blobs(repository.settings)

    @property
    def commit(self) -> str:
        """The full id of the commit."""
        return self._commit

    def size(self, entry: TreeEntry) -> int:
        """Return the size of a file in bytes. Raises UnreadableFileError."""
        if entry.size < 0:
            raise UnreadableFileError("is not in the repository's objects")
        return entry.size

    def _read(self, entry: TreeEntry) -> bytes:
        if self.size(entry) > MAX_BYTES:
            raise UnreadableFileError(f"is too large to search: {entry.size:,} bytes")
        return self._blobs.read(entry.key)


def _entries(repository: GitRepository, commit: str) -> list[TreeEntry]:
    """List a commit: a record is `mode type id size`, a tab and the path; what has no size, or is lost, has a word."""
    entries = []
    for record in repository.records("ls-tree", "-r", "-z", "-l", "--full-tree", commit):
        start, _, path = record.partition("\t")
        mode, _, key, size = start.split()
        entries.append(TreeEntry(path, int(size) if size.isdecimal() else -1, kind(mode), key))
    return sorted(entries)


class Blobs:
    """Gives the bytes of objects: one git for each process that asks, started when it first does."""

    def __init__(self, settings: dict[str, str]) -> None:
        self._settings = settings
        self._running: dict[int, subprocess.Popen[bytes]] = {}
        weakref.finalize(self, _stop, self._running)

    def read(self, key: str) -> bytes:
        """Return the bytes of an object of some MAX_BYTES at most. Raises UnreadableFileError."""
        process = self._running.get(os.getpid()) or self._start()
        try:
            return _request(process, key)
        except OSError as error:
            _stop(self._running)
            raise UnreadableFileError(f"cannot be read from the repository's objects: {error}") from None

    def _start(self) -> subprocess.Popen[bytes]:
        # The other process' git, where there is one, is not ours to end.
        command = [git.executable(), "cat-file", "--batch"]
        pipe, folder = subprocess.PIPE, self._settings["GIT_DIR"]
        process = subprocess.Popen(
            command, bufsize=0, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, env=self._settings, cwd=folder
        )
        self._running[os.getpid()] = process
        return process


def _request(process: subprocess.Popen[bytes], key: str) -> bytes:
    """Ask for an object: the answer is `id type size` and a newline, the bytes, and a newline; or `id missing`."""
    if not process.stdin or not process.stdout:
        raise BrokenPipeError
    process.stdin.write(key.encode() + b"\n")
    header, _, data = _read_some(process.stdout).partition(b"\n")
    if header.endswith(b" missing"):
        raise UnreadableFileError("is not in the repository's objects")
    pieces = [data]
    wanted = int(header.split()[2]) + 1 - len(data)
    while wanted > 0:
        pieces.append(_read_some(process.stdout))
        wanted -= len(pieces[-1])
    if b" blob " not in header:
        raise UnreadableFileError("is not a regular file")
    return b"".join(pieces)[:-1]


def _read_some(stream: IO[bytes]) -> bytes:
    """Return the bytes that git has written, as soon as there are any.

    Raises OSError where it ended or takes too long.
    """
    if hasattr(select, "poll"):
        poll = select.poll()
        poll.register(stream, select.POLLIN)
        if not poll.poll(git.SECONDS * 1000):
            raise TimeoutError("git takes too long")
    data = os.read(stream.fileno(), 1 << 16)
    if not data:
        raise BrokenPipeError("git ended")
    return data


def _stop(running: dict[int, subprocess.Popen[bytes]]) -> None:
    process = running.pop(os.getpid(), None)
    if process:
        process.kill()
        with process:
            pass
