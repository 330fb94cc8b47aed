"""A process beside the run that does what may take long or crash: one serves all files, and is replaced when it dies.

It is a copy of this process where the system can copy one, and a new one elsewhere. Functions and their arguments go
to it, plain data come back. It ends itself when a question takes it too long, in time of the processor where that can
be measured, or when it asks for too much memory; it ends too when nobody is left to ask.
"""

import contextlib
import faulthandler
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable
from typing import IO, Any, TypeVar

try:
    import resource
except ImportError:  # on Windows, in a browser
    resource = None  # type: ignore[assignment]

from vger_guide.repo.tree import UnreadableFileError

R = TypeVar("R")

# Seconds that a file may take. What people write takes milliseconds.
SECONDS = 2.0
# Bytes of memory that it may ask for beyond what this process has.
MEMORY = 768 << 20
# A repository that kills it so often is hostile, and is not waited for any longer.
MOST_DEATHS = 8

KILLED = f"could not be parsed within {SECONDS:.0f} seconds, or crashed the parser"
GIVEN_UP = f"was not parsed: {MOST_DEATHS} files before it took the parser too long, or crashed it"


class Child:
    """The other process, which is begun when something is asked for the first time."""

    def __init__(self) -> None:
        self.deaths = 0
        self.process: subprocess.Popen[bytes] | int | None = None
        self.questions: IO[bytes] | None = None
        self.answers: IO[bytes] | None = None

    def ask(self, work: Callable[..., R], *arguments: Any) -> R:
        """Return what a function of a module makes of some plain data.

        Raises UnreadableFileError where it does, or where the process dies of it, and RuntimeError for a defect in it.
        """
        if self.deaths >= MOST_DEATHS:
            raise UnreadableFileError(GIVEN_UP)
        try:
            is_done, made = self._answer(work, arguments)
        except (EOFError, BrokenPipeError, ConnectionError, pickle.UnpicklingError):
            self.deaths += 1
            self.close()
            raise UnreadableFileError(KILLED) from None
        if is_done:
            return made  # type: ignore[no-any-return]
        raise made

    def _answer(self, work: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
        if self.questions is None or self.answers is None:
            self._begin()
        assert self.questions is not None and self.answers is not None  # noqa: S101 - it has begun
        pickle.dump((work, arguments), self.questions, pickle.HIGHEST_PROTOCOL)
        self.questions.flush()
        return pickle.load(self.answers)  # noqa: S301 - written by our own copy

    def _begin(self) -> None:
        if hasattr(os, "fork"):
            self.process, self.questions, self.answers = _fork_child()
        else:
            self.process, self.questions, self.answers = _start_child()

    def close(self) -> None:
        """End the process, if there is one; it is begun anew when something is asked."""
        for pipe in (self.questions, self.answers):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        self.questions = self.answers = None
        if isinstance(self.process, int):
            with contextlib.suppress(OSError):
                os.kill(self.process, signal.SIGKILL)
                os.waitpid(self.process, 0)
        elif self.process:
            self.process.kill()
            self.process.wait()
        self.process = None


_children: dict[int, Child] = {}


def ask(work: Callable[..., R], *arguments: Any) -> R:
    """Return what a function makes of some plain data in the process beside this one. Raises as `Child.ask` does."""
    return _children.setdefault(os.getpid(), Child()).ask(work, *arguments)


def close() -> None:
    """End the process beside this one, if there is one, and forget how often it died."""
    if child := _children.pop(os.getpid(), None):
        child.close()


def _fork_child() -> tuple[int, IO[bytes], IO[bytes]]:
    """Return a copy of this process that answers, and the pipes to it and from it."""
    theirs_in, mine_out = os.pipe()
    mine_in, theirs_out = os.pipe()
    copy = os.fork()
    if copy:
        os.close(theirs_in)
        os.close(theirs_out)
        return copy, os.fdopen(mine_out, "wb"), os.fdopen(mine_in, "rb")
    try:
        os.close(mine_in)
        os.close(mine_out)
        faulthandler.disable()
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # a parser that crashes would write to it
        _bound_memory()
        serve(os.fdopen(theirs_in, "rb"), os.fdopen(theirs_out, "wb"))
    finally:
        os._exit(0)


def _start_child() -> tuple[subprocess.Popen[bytes], IO[bytes], IO[bytes]]:
    """Return a new process that answers, and the pipes to it and from it."""
    command = [
        sys.executable,
        "-c",
        f"from {__name__} import serve; import sys; serve(sys.stdin.buffer, sys.stdout.buffer)",
    ]
    pipe = subprocess.PIPE
    process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL)
    assert process.stdin is not None and process.stdout is not None  # noqa: S101 - both were asked for
    return process, process.stdin, process.stdout


def serve(questions: IO[bytes], answers: IO[bytes]) -> None:
    """Answer until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(EOFError, BrokenPipeError):
        while True:
            work, arguments = pickle.load(questions)  # noqa: S301 - written by the process that began this one
            _limit(SECONDS)
            try:
                answer = True, work(*arguments)
            except (MemoryError, RecursionError):
                return
            except Exception as error:  # noqa: BLE001 - told to the process that asked
                answer = False, _plain(error)
            _limit(0)
            pickle.dump(answer, answers, pickle.HIGHEST_PROTOCOL)
            answers.flush()


def _plain(error: Exception) -> Exception:
    """Return an error that another process can read."""
    first = (str(error).splitlines() or [""])[0]
    return error if isinstance(error, UnreadableFileError) else RuntimeError(f"{type(error).__name__}: {first}")


def _limit(seconds: float) -> None:
    """Let this process be killed after some seconds, also amid what no Python runs in; 0 for never."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, seconds)
        signal.setitimer(signal.ITIMER_REAL, 10 * seconds)
        return
    if seconds:
        faulthandler.dump_traceback_later(seconds, exit=True, file=sys.__stderr__ or sys.stderr)
    else:
        faulthandler.cancel_dump_traceback_later()


def _bound_memory() -> None:
    """Refuse this process more memory, where the system can."""
    if resource is None:
        return
    with contextlib.suppress(OSError, ValueError):
        pages = int(open("/proc/self/statm", encoding="ascii").read().split()[0])  # noqa: PTH123, SIM115
        bound = pages * resource.getpagesize() + MEMORY
        resource.setrlimit(resource.RLIMIT_AS, (bound, resource.getrlimit(resource.RLIMIT_AS)[1]))
