"""Ends a process and all that it started when this process is gone, however it went: SIGKILL tells nobody else."""

import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

# The descriptor that the copy reads, and the highest that a process may have open.
PIPE = 3
MOST = 1 << 16


@contextmanager
def watched(group: int, folder: Path) -> Iterator[None]:
    """Let a copy of this process watch it meanwhile: it ends the group and removes the folder if this one dies.

    The copy reads a pipe that ends with this process. Where the system can make no copies, nobody watches.
    """
    if not hasattr(os, "fork"):
        yield
        return
    reader, writer = os.pipe()
    copy = os.fork()
    if not copy:
        _watch(reader, group, folder)
    os.close(reader)
    try:
        yield
    finally:
        os.kill(copy, signal.SIGKILL)
        os.waitpid(copy, 0)
        os.close(writer)


def _watch(reader: int, group: int, folder: Path) -> None:
    try:
        for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(each, signal.SIG_IGN)  # what ends the run ends the copy too, by the pipe
        # Nobody waits for a stream that only the copy holds; and it must not hold the pipe's other end.
        os.dup2(reader, PIPE)
        nothing = os.open(os.devnull, os.O_RDWR)
        for stream in range(PIPE):
            os.dup2(nothing, stream)
        os.closerange(PIPE + 1, MOST)
        os.read(PIPE, 1)
        with suppress(OSError):
            os.killpg(group, signal.SIGKILL)
        shutil.rmtree(folder, ignore_errors=True)
    finally:
        os._exit(0)
