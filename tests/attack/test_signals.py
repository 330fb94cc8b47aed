"""A run that is ended leaves no process and no folder, however it is ended."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.vger_process import SECONDS, Vger, environment
from tests.soak import SOAK

pytestmark = pytest.mark.slow

ENDS = [signal.SIGTERM, signal.SIGKILL, *([signal.SIGINT, signal.SIGHUP] if SOAK else [])]
# Ctrl-C is told by an exit code, others by themselves.
CODES = {signal.SIGINT: 130}


@pytest.fixture
def silent() -> Iterator[socket.socket]:
    """Return a server that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(SECONDS)
        yield server


@pytest.mark.parametrize("end", ENDS, ids=lambda end: end.name)
def test_a_clone_ends_with_the_run_that_made_it(end: signal.Signals, vger: Vger, silent: socket.socket) -> None:
    folders = vger.folder / "tmp"
    folders.mkdir()
    process = subprocess.Popen(
        vger.command("check", f"https://127.0.0.1:{silent.getsockname()[1]}/shop.git"),
        env=environment(vger.cache, TMPDIR=str(folders)),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    connection, _ = silent.accept()
    with connection, process:
        connection.settimeout(SECONDS)
        assert connection.recv(1), "git is there"
        process.send_signal(end)
        said = process.communicate(timeout=SECONDS)[1]
        while connection.recv(1 << 16):  # until the last process that has it is gone
            pass
    assert (process.returncode, said.strip()) == (CODES.get(end, -end), b"")
    _wait_for_none(folders)


def test_what_a_killed_run_has_left_goes_with_the_next(vger: Vger) -> None:
    folders, elsewhere = vger.folder / "tmp", vger.folder / "elsewhere"
    (folders / "vger-run-left" / "refs").mkdir(parents=True)
    elsewhere.mkdir()
    (elsewhere / "kept").write_text("", encoding="utf-8")
    (folders / "vger-run-link").symlink_to(elsewhere)
    (folders / "other").mkdir()
    subprocess.run(["git", "init", "--quiet", "shop"], cwd=vger.folder, check=True)
    vger("check", "shop", variables={"TMPDIR": str(folders)})
    assert {each.name for each in folders.iterdir()} == {"vger-run-link", "other"}
    assert (elsewhere / "kept").exists()


def test_errors_that_cannot_be_written_change_no_exit_code(vger: Vger) -> None:
    full = os.open("/dev/full", os.O_WRONLY)
    for words, code in ((["nothing"], 2), (["check", "nowhere"], 2)):
        done = subprocess.run(
            vger.command(*words),
            cwd=vger.folder,
            env=environment(vger.cache),
            stdout=subprocess.DEVNULL,
            stderr=full,
            timeout=SECONDS,
            check=False,
        )
        assert done.returncode == code, words
    os.close(full)


def _wait_for_none(folder: Path) -> None:
    end = time.monotonic() + SECONDS
    while list(folder.iterdir()):
        assert time.monotonic() < end, list(folder.iterdir())
        os.sched_yield()
