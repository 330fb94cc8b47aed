"""What the command writes is fit for where it goes: a terminal, a pipe, a file."""

import os
import re
import signal
import subprocess
import termios
from pathlib import Path

import pytest

from tests.cli.vger_process import SECONDS, Vger, environment

pytestmark = pytest.mark.slow

ESCAPE = "\x1b"


def _on_a_terminal(vger: Vger, *arguments: str, **variables: str) -> str:
    """Return what a call writes to a terminal (pty(7))."""
    leader, follower = os.openpty()
    size = {"COLUMNS": "100", **variables}
    termios.tcsetwinsize(follower, (24, int(size["COLUMNS"])))
    process = subprocess.Popen(
        vger.command(*arguments),
        cwd=vger.folder,
        env=environment(vger.cache, vger.root, **size),
        stdin=follower,
        stdout=follower,
        stderr=subprocess.PIPE,
    )
    os.close(follower)
    written = b""
    while chunk := _read(leader):
        written += chunk
    os.close(leader)
    assert process.communicate(timeout=SECONDS)[1] == b""
    assert process.returncode == 0
    return written.decode().replace("\r\n", "\n")


def _read(leader: int) -> bytes:
    try:
        return os.read(leader, 65536)
    except OSError:  # how Linux says that the other side was closed
        return b""


@pytest.mark.parametrize(
    "arguments", [("rules", "--section", "2.3.1"), ("tables", "code-analysis"), ("explain", "SES004")]
)
def test_a_terminal_gets_colours_and_a_pipe_none(arguments: tuple[str, ...], vger: Vger) -> None:
    assert ESCAPE in _on_a_terminal(vger, *arguments)
    assert ESCAPE not in vger(*arguments).stdout


def test_a_terminal_gets_heads_and_a_count(vger: Vger) -> None:
    shown = _on_a_terminal(vger, "rules", "--section", "2.3.1")
    assert " rules" in shown
    assert all(head in shown for head in ("Rule", "Level", "Severity", "Section", "Title", "SES004"))


@pytest.mark.parametrize("arguments", [("rules", "--section", "2.3.1"), ("tables",), ("explain", "SES004")])
@pytest.mark.parametrize("variables", [{"NO_COLOR": "1"}, {"TERM": "dumb"}], ids=["NO_COLOR", "dumb"])
def test_a_terminal_that_wants_none_gets_what_a_pipe_gets(
    arguments: tuple[str, ...], variables: dict[str, str], vger: Vger
) -> None:
    assert _on_a_terminal(vger, *arguments, **variables) == vger(*arguments).stdout


@pytest.mark.parametrize("columns", [20, 40, 60, 80])
@pytest.mark.parametrize("arguments", [("rules", "--section", "2.3.1"), ("tables",)])
def test_a_terminal_of_any_width_gets_every_word(arguments: tuple[str, ...], columns: int, vger: Vger) -> None:
    shown = re.sub(r"\x1b\[[0-9;]*m", "", _on_a_terminal(vger, *arguments, COLUMNS=str(columns)))
    assert "…" not in shown
    letters = re.sub(r"\s", "", shown)
    words = [word for line in vger.lines(*arguments) for word in line.split()]
    assert [word for word in words if len(word) > columns // 2 and word not in letters] == []
    assert [word for word in words if len(word) <= columns // 2 and word not in shown] == []
    assert columns == 20 or max(map(len, shown.splitlines())) <= columns


def test_an_empty_no_color_is_none(vger: Vger) -> None:
    assert ESCAPE in _on_a_terminal(vger, "explain", "SES004", NO_COLOR="")


@pytest.mark.parametrize(
    "arguments", [("rules", "--format", "csv"), ("explain", "SES004"), ("--help",), ("--version",)]
)
def test_a_pipe_that_was_closed_is_no_reason_to_speak(arguments: tuple[str, ...], vger: Vger) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        vger.command(*arguments),
        cwd=vger.folder,
        env=environment(vger.cache),
        stdout=writer,
        stderr=subprocess.PIPE,
        timeout=SECONDS,
        check=False,
    )
    os.close(writer)
    assert (done.returncode, done.stderr) == (-signal.SIGPIPE, b"")


def _in_a_shell(vger: Vger, line: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a line in which $@ is a call of the command."""
    command = ["sh", "-c", line, "sh", *vger.command(*arguments)]
    return subprocess.run(
        command, env=environment(vger.cache), capture_output=True, text=True, timeout=SECONDS, check=False
    )


def test_head_gets_its_line(vger: Vger) -> None:
    done = _in_a_shell(vger, '"$@" | head -1', "rules")
    assert done.stdout.startswith("MET001 ")
    assert (done.returncode, done.stdout.count("\n"), done.stderr) == (0, 1, "")


@pytest.mark.parametrize("arguments", [("rules",), ("--version",)])
def test_a_full_disk_is_told(arguments: tuple[str, ...], vger: Vger) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            vger.command(*arguments),
            env=environment(vger.cache),
            stdout=full,
            stderr=subprocess.PIPE,
            timeout=SECONDS,
            check=False,
        )
    assert (done.returncode, done.stderr) == (2, b"Error: the output: No space left on device\n")


@pytest.mark.parametrize("streams", [">&-", "2>&-", ">&- 2>&-"])
def test_closed_streams_are_no_defect(streams: str, vger: Vger) -> None:
    done = _in_a_shell(vger, f'"$@" {streams}', "explain", "SES004")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    "arguments",
    [
        ("explain", f"{ESCAPE}[31mred"),
        ("validate", f"{ESCAPE}[31mred"),
        ("rules", "--section", f"{ESCAPE}]0;title\x07"),
        ("rules", f"--{ESCAPE}[31mred"),
        ("rules", "--level", f"{ESCAPE}[31mred"),
        (f"{ESCAPE}[31mred",),
        ("explain", "\udcff\u202e"),
    ],
)
def test_control_characters_never_reach_the_terminal(arguments: tuple[str, ...], vger: Vger) -> None:
    said = vger.refused(*arguments)
    assert [character for character in said if not (character.isprintable() or character == "\n")] == []


def test_another_locale_changes_no_byte(vger: Vger) -> None:
    other = {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    for arguments in (("explain", "SES004"), ("rules", "--format", "json"), ("rules", "--format", "csv")):
        assert vger(*arguments, variables=other).stdout == vger(*arguments).stdout


def test_a_defect_is_one_line_that_says_where(vger: Vger, tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "csv.py").write_text("1 / 0\n", encoding="utf-8")
    variables = {"PYTHONPATH": f"{broken}{os.pathsep}{vger.root / 'src'}"}
    done = vger("rules", variables=variables)
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.startswith("Error: this is a bug in vger, please report it: ZeroDivisionError in ")
    assert done.stderr.endswith("csv.py:1: division by zero\n")
