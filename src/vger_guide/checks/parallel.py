"""Sharing work between this process and a copy of it, where there is much to do and a second core.

Which of the two takes which chunk is decided as they go: each takes the next number out of a pipe.
"""

import os
import pickle
import signal
import struct
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

J = TypeVar("J")
R = TypeVar("R")

# What is taken in one go; fewer than WORTH are not worth a second process, which takes some 10 ms to begin and end.
CHUNK = 64
WORTH = 1500

# 20,000 numbers of two bytes fit into a pipe that nobody reads yet.
_NUMBER = struct.Struct("=H")
_MOST = 20_000


class WorkerDiedError(Exception):
    """The second process ended before its work was done."""


# Told how many of the jobs are done, and how many there are.
ProgressCallback = Callable[[int, int], None]


def map_forked(
    work: Callable[[Iterable[J]], R], jobs: Sequence[J], progress: ProgressCallback | None = None
) -> list[R]:
    """Return the results of `work` over the jobs: one, or two of a part each. Raises WorkerDiedError."""
    if len(jobs) < WORTH or not hasattr(os, "fork") or (os.cpu_count() or 1) < 2:
        return [work(jobs)]
    size = max(CHUNK, len(jobs) // _MOST + 1)
    chunks = [jobs[i : i + size] for i in range(0, len(jobs), size)]
    numbers = _numbers(len(chunks))
    try:
        return _run_both(work, lambda progress: _take(chunks, numbers, progress), progress)
    finally:
        os.close(numbers)


def _numbers(count: int) -> int:
    """Return a pipe that gives the numbers from 0 on, each once whoever reads it."""
    numbers, fill = os.pipe()
    os.write(fill, b"".join(_NUMBER.pack(i) for i in range(count)))
    os.close(fill)
    return numbers


def _take(chunks: Sequence[Sequence[J]], numbers: int, progress: ProgressCallback | None) -> Iterator[J]:
    while token := os.read(numbers, _NUMBER.size):
        [number] = _NUMBER.unpack(token)
        if progress:
            progress(number * len(chunks[0]), sum(map(len, chunks)))
        yield from chunks[number]


def _run_both(
    work: Callable[[Iterable[J]], R],
    taken: Callable[[ProgressCallback | None], Iterator[J]],
    progress: ProgressCallback | None,
) -> list[R]:
    parent = os.getpid()
    answer, copy = _fork(lambda: work(taken(lambda *_: _end_orphan(parent))))
    try:
        with os.fdopen(answer, "rb") as theirs:  # closed whatever happens: nobody waits for a reader that has gone
            mine = work(taken(progress))
            data = theirs.read()
    except BaseException:
        os.kill(copy, signal.SIGKILL)  # nobody waits for its share any more
        raise
    finally:
        status = os.waitpid(copy, 0)[1]
    if status:
        raise WorkerDiedError(f"a process that read files ended with status {status}")
    return [mine, pickle.loads(data)]  # noqa: S301 - written by our own copy


def _end_orphan(parent: int) -> None:
    """End the copy where the process that it was made by has gone."""
    if os.getppid() != parent:
        os._exit(1)


def _fork(make: Callable[[], R]) -> tuple[int, int]:
    """Let a copy of this process make something, and return the pipe that it comes through, pickled, and its id."""
    answer, mine = os.pipe()
    copy = os.fork()
    if copy:
        os.close(mine)
        return answer, copy
    status = 1
    try:
        with os.fdopen(mine, "wb") as out:
            pickle.dump(make(), out)
        status = 0
    finally:
        os._exit(status)
