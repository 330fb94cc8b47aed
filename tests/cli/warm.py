"""Runs `vger` by a fork of a process that has imported it: a call takes a hundredth of a second, not a quarter.

A server, `python -m tests.cli.warm DESCRIPTOR`, imports all of the command once and then forks for each call. The fork
has the folder, variables, streams and words of its call, runs `main` and ends as a process of its own does. It has no
more than one thread, and nothing of pytest is in it. What depends on how Python itself begins is not tested by it:
`running.Vger` starts a process of its own for that.
"""

import atexit
import gc
import importlib
import json
import os
import pkgutil
import random
import selectors
import signal
import socket
import struct
import subprocess
import sys
import time
import traceback
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import cycle
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent

# How long the words and variables of a call are, the id of its process, and the exit code.
_SIZE = struct.Struct("=I")
_NUMBER = struct.Struct("=i")

# What Python says when it could not write the last of the output.
LOST_OUTPUT = 120


class Warm:
    """A server with a hash seed of its own, and this process's end of the way to it."""

    def __init__(self) -> None:
        self._channel, theirs = socket.socketpair()
        seed = random.SystemRandom().randrange(1, 2**32)
        paths = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-W", "error", "-m", "tests.cli.warm", str(theirs.fileno())],
                cwd=ROOT,
                env={**os.environ, "PYTHONPATH": paths, "PYTHONHASHSEED": str(seed)},
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                start_new_session=True,
            )

    def stop(self) -> None:
        """End the server, which reads the end of the way to it."""
        self._channel.close()
        self._process.wait()

    def run(
        self,
        words: Sequence[str],
        folder: Path,
        variables: Mapping[str, str],
        *,
        seconds: float,
        merged: bool = False,
        constants: Mapping[str, Any] | None = None,
    ) -> subprocess.CompletedProcess[str]:
        """Return what a call wrote into pipes, into a single one where they are merged, and its exit code.

        `constants` are set before the call, by the names of their modules and their own. Raises TimeoutExpired.
        """
        self._channel.settimeout(seconds)
        call = {"words": list(words), "folder": str(folder), "variables": dict(variables), "constants": constants or {}}
        readers = self._send(json.dumps(call).encode(), merged=merged)
        [process] = _NUMBER.unpack(_received(self._channel, _NUMBER.size))
        try:
            written = _read(readers, time.monotonic() + seconds)
        except TimeoutError:
            os.kill(process, signal.SIGKILL)
            _received(self._channel, _NUMBER.size)
            raise subprocess.TimeoutExpired(["vger", *words], seconds) from None
        [code] = _NUMBER.unpack(_received(self._channel, _NUMBER.size))
        return subprocess.CompletedProcess(["vger", *words], code, *map(_text, written))

    def _send(self, data: bytes, *, merged: bool) -> list[int]:
        """Ask for a call, and return where the output and the errors of it are read."""
        readers, writers = zip(*(os.pipe() for _ in range(1 if merged else 2)), strict=True)
        nothing = os.open(os.devnull, os.O_RDONLY)
        socket.send_fds(self._channel, [_SIZE.pack(len(data))], [nothing, writers[0], writers[-1]])
        self._channel.sendall(data)
        for each in (nothing, *writers):
            os.close(each)
        return list(readers)


@cache
def _servers() -> Iterator[Warm]:
    """Return two servers in turn, so that what a call writes twice is the same under two hash seeds."""
    both = [Warm(), Warm()]
    for each in both:
        atexit.register(each.stop)
    return cycle(both)


def run(
    words: Sequence[str],
    folder: Path,
    variables: Mapping[str, str],
    *,
    seconds: float,
    merged: bool = False,
    constants: Mapping[str, Any] | None = None,
) -> subprocess.CompletedProcess[str]:
    """Return what a call wrote, and its exit code. See `Warm.run`."""
    server = next(_servers())
    return server.run(words, folder, variables, seconds=seconds, merged=merged, constants=constants)


def _received(channel: socket.socket, size: int) -> bytes:
    """Return so many bytes. Raises EOFError where the other side has gone."""
    data = b""
    while len(data) < size:
        piece = channel.recv(size - len(data))
        if not piece:
            raise EOFError("the other side of a warm vger has gone")
        data += piece
    return data


def _read(readers: Sequence[int], end: float) -> list[bytes]:
    """Return all that comes out of pipes, and close them. Raises TimeoutError."""
    written = dict.fromkeys(readers, b"")
    with selectors.DefaultSelector() as selector:
        for reader in readers:
            selector.register(reader, selectors.EVENT_READ)
        try:
            while selector.get_map():
                if time.monotonic() > end:
                    raise TimeoutError
                for key, _ in selector.select(max(0, end - time.monotonic())):
                    piece = os.read(key.fd, 1 << 16)
                    written[key.fd] += piece
                    if not piece:
                        selector.unregister(key.fd)
        finally:
            for reader in readers:
                os.close(reader)
    return list(written.values())


def _text(data: bytes) -> str:
    """Return bytes as `subprocess` returns them in the mode of texts."""
    return data.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")


def serve(channel: socket.socket) -> None:
    """Fork for each call that is asked for, until the other side goes; return never in a fork."""
    _import_all()
    gc.collect()
    gc.freeze()
    while True:
        head, streams, _, _ = socket.recv_fds(channel, _SIZE.size, 3)
        if not head:
            return
        [size] = _SIZE.unpack(head)
        call = json.loads(_received(channel, size))
        process = os.fork()
        if not process:
            channel.close()
            os._exit(_end(_answer(call, streams)))
        for each in streams:
            os.close(each)
        channel.sendall(_NUMBER.pack(process))
        channel.sendall(_NUMBER.pack(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])))


def _import_all() -> None:
    """Import what any call imports, and load the guide's catalogue as a call finds it, in files or in their snapshot.

    The files are looked at anew when they change, and the snapshot when its bytes are others.
    """
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "true"  # as the command itself does before it imports Pydantic
    import vger_guide

    for module in pkgutil.walk_packages(vger_guide.__path__, "vger_guide."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    from vger_guide.catalog.loader import load
    from vger_guide.catalog.paths import guide_folder
    from vger_guide.catalog.snapshot_parts import dump_catalog, make_line, restore_line

    restore_line(make_line(dump_catalog(load(guide_folder()))))


def _answer(call: dict[str, Any], streams: Sequence[int]) -> int:
    """Run a call in this process, and return its exit code."""
    for target, stream in enumerate(streams):
        os.dup2(stream, target)
        os.close(stream)
    sys.stdin = open(0, encoding=sys.stdin.encoding, closefd=False)  # noqa: SIM115
    for name, number, buffering in (("stdout", 1, -1), ("stderr", 2, 1)):
        old = getattr(sys, name)
        setattr(sys, name, open(number, "w", buffering, old.encoding, old.errors, closefd=False))  # noqa: SIM115
    os.chdir(call["folder"])
    os.environ.clear()
    os.environ.update(call["variables"])
    time.tzset()
    for name, value in call["constants"].items():
        module, _, constant = name.rpartition(".")
        known = getattr(importlib.import_module(module), constant)
        setattr(sys.modules[module], constant, type(known)(value))
    sys.path[0] = call["folder"]
    cli = importlib.import_module("vger_guide.cli")
    sys.argv = [str(Path(cli.__path__[0]) / "__main__.py"), *call["words"]]
    try:
        cli.main()
    except SystemExit as end:
        return int(end.code or 0)
    except BaseException:  # noqa: BLE001 - as Python ends a process
        traceback.print_exc()
    return 1


def _end(code: int) -> int:
    """Do what Python does at the end of a process, and return the exit code that it leaves with."""
    atexit._run_exitfuncs()  # noqa: SLF001 - there is no other way to run them without ending
    gc.collect()  # what was left open is told, as at the end of a process
    try:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
    except OSError:
        return LOST_OUTPUT
    return code


if __name__ == "__main__":
    with socket.socket(fileno=int(sys.argv[1])) as way:
        serve(way)
