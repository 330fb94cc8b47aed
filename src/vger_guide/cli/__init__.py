"""The command line, `vger`. `--version` is answered here, before anything that takes time is imported."""

import gc
import os
import signal
import sys

from vger_guide import __version__

# What a shell says of a program that Ctrl-C ended.
INTERRUPTED = 130


# Signals that ask a program to end. Windows knows SIGTERM only, and calls no handler of it.
ENDING = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))

# What other tools are ended by where nobody reads any more what they write, as in `vger rules | head -1`.
UNREAD = getattr(signal, "SIGPIPE", signal.SIGTERM)


class StoppedError(BaseException):
    """A signal asked the process to end: what it has open is closed on the way out."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(number)


def main() -> None:
    """Run the command line and end the process with its exit code, or by the signal that ended it."""
    for number in ENDING:
        if signal.getsignal(number) is signal.SIG_DFL:  # or the caller wants it to be passed over, as nohup does
            signal.signal(number, _stop)
    try:
        sys.exit(_version() if sys.argv[1:] == ["--version"] else _command())
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except StoppedError as stopped:
        _end_by(stopped.number)


def _stop(number: int, _: object) -> None:
    for each in ENDING:
        signal.signal(each, signal.SIG_DFL)  # a second one ends the process wherever it is
    raise StoppedError(number)


def _end_by(number: int) -> None:
    """End the process by a signal, so that its caller sees what ended it, and leave no folder."""
    from vger_guide.text.temporary_folder import remove_all  # noqa: PLC0415 - not for `--version`

    remove_all()
    signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)


def _version() -> int:
    try:
        print(f"vger {__version__}", flush=True)
    except OSError:
        return _command()  # which fails as well, and says why
    return 0


def _command() -> int:
    gc.disable()  # nothing that imports make is garbage, and looking for it takes a tenth of a small run

    from vger_guide.cli.app import run  # noqa: PLC0415 - not for `--version`

    return run()
