"""Runs pip so that one sees it go on, and says in a line why it failed."""

import re
import subprocess
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tools.setup import SetupError

SECONDS = 5  # between two lines that say how far it is
# Packages come as pip finds them built, and none is built here: what building needs is in no lock file.
LOCKED = ("--no-deps", "--require-hashes", "--only-binary", ":all:")
NETWORK = re.compile(
    r"NewConnectionError|NameResolutionError|ConnectTimeout|ReadTimeout|ProxyError|SSLError|ConnectionResetError"
    r"|Connection aborted|Network is unreachable|name resolution"
)
DISK = re.compile(r"No space left on device|Disk quota exceeded")
NO_BUILD = re.compile(r"No matching distribution found for (\S+)")
HASH = re.compile(r"DO NOT MATCH THE HASHES")


def install_locked(python: Path, lock: Path) -> None:
    """Install what a lock file names, as it is named. Raises SetupError."""
    total = len(re.findall(r"^\w", lock.read_text(encoding="utf-8"), re.MULTILINE))
    _run(python, [*LOCKED, "--requirement", str(lock)], _Progress(total))


def install_project(python: Path, root: Path) -> None:
    """Install the project in place, by the back end that stands in the environment already. Raises SetupError."""
    _run(python, ["--no-build-isolation", "--no-deps", "--editable", str(root)], _Progress(1))


class _Progress:
    """How far pip is, by the lines that it prints."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.found = 0
        self.installing = False

    def see(self, line: str) -> None:
        self.found += line.startswith(("Collecting ", "Requirement already satisfied: "))
        self.installing |= line.startswith("Installing collected packages")

    def __str__(self) -> str:
        if self.installing:
            return "installing"
        return f"{min(self.found, self.total)} of {self.total} packages found"


def _run(python: Path, arguments: Sequence[str], progress: _Progress) -> None:
    command = [str(python), "-I", "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    printed = []
    with (
        _told_every(SECONDS, progress),
        subprocess.Popen(
            [*command, "--progress-bar", "off", *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
        ) as process,
    ):
        for line in process.stdout or ():
            progress.see(line)
            printed.append(line)
    if process.returncode:
        raise SetupError(reason("".join(printed)))


@contextmanager
def _told_every(seconds: float, progress: _Progress) -> Iterator[None]:
    """Print how far it is from time to time, until the block ends."""
    ended = threading.Event()

    def tell() -> None:
        while not ended.wait(seconds):
            print(f"  {progress}", flush=True)

    thread = threading.Thread(target=tell, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def reason(output: str) -> str:
    """Return in a line why pip failed, by what it printed, and what to do."""
    if DISK.search(output):
        return "the disk is full; make room (the whole takes about 700 MB), and run this again"
    if HASH.search(output):
        return "a package is not the one that was locked, by its hash; do not install it, and ask who runs the index"
    if NETWORK.search(output):
        return "the packages cannot be fetched; connect to the network, or name a mirror in PIP_INDEX_URL"
    if found := NO_BUILD.search(output):
        return f"there is no build of {found[1]} for this Python and machine; name another: make PYTHON=python3.13"
    errors = [line for line in output.splitlines() if line.strip()]
    return f"pip failed: {errors[-1].strip() if errors else 'it says nothing'}"
