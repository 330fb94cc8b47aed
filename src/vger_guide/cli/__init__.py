"""The command line, `vger`. `--version` is answered here, before anything that takes time is imported."""

import signal
import sys

from vger_guide import __version__

# What a shell says of a program that Ctrl-C ended.
INTERRUPTED = 130


def main() -> None:
    """Run the command line and end the process with its exit code."""
    if hasattr(signal, "SIGPIPE"):  # not on Windows
        # `vger rules | head -1` ends without a word when `head` has seen enough, as other tools do.
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    try:
        sys.exit(_version() if sys.argv[1:] == ["--version"] else _command())
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


def _version() -> int:
    try:
        print(f"vger {__version__}", flush=True)
    except OSError:
        return _command()  # which fails as well, and says why
    return 0


def _command() -> int:
    from vger_guide.cli.app import run

    return run()
