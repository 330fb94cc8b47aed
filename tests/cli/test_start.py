"""The command starts without what a call does not need, and keeps what takes long to make."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.cli.vger_process import SECONDS, Started, Vger, environment

pytestmark = pytest.mark.slow


def _imported(vger: Vger, *arguments: str) -> set[str]:
    """Return the packages that a call imports."""
    python, *rest = vger.command(*arguments)
    done = subprocess.run(
        [python, "-X", "importtime", *rest],
        cwd=vger.folder,
        env=environment(vger.cache),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=True,
    )
    lines = [line.rpartition("|")[2].strip() for line in done.stderr.splitlines() if line.startswith("import time:")]
    return {line.partition(".")[0] for line in lines}


@pytest.fixture
def vger(tmp_path: Path) -> Vger:
    """Return the command with a cache of this test alone."""
    return Vger(tmp_path, tmp_path / "cache")


@pytest.fixture
def started(tmp_path: Path) -> Vger:
    """Return the same in processes of its own, each of which has all to read."""
    return Started(tmp_path, tmp_path / "cache")


def _kept(vger: Vger) -> Path:
    [path] = (vger.cache / "vger-guide").iterdir()
    return path


def test_the_version_needs_nothing(vger: Vger) -> None:
    assert _imported(vger, "--version").isdisjoint({"click", "rich", "yaml", "pydantic", "json", "pathlib"})


@pytest.mark.parametrize("group", [(), ("review",), ("portfolio",)])
def test_the_list_of_commands_imports_none_of_them(vger: Vger, group: tuple[str, ...]) -> None:
    assert _imported(vger, *group, "--help").isdisjoint({"pydantic", "yaml", "rich", "jinja2", "openpyxl"})


def test_a_second_explanation_needs_no_models(vger: Vger) -> None:
    assert "pydantic" in _imported(vger, "explain", "SES004")
    assert _imported(vger, "explain", "SES004").isdisjoint({"pydantic", "yaml", "rich"})


def test_rich_is_for_terminals(vger: Vger) -> None:
    assert "rich" not in _imported(vger, "rules")


def test_what_is_kept_says_the_same(started: Vger) -> None:
    assert started.lines("explain", "SES004") == started.lines("explain", "SES004")


@pytest.mark.parametrize("spoil", ["garbage", "empty", "cut", "changed", "of-another-state", "folder"])
def test_a_cache_that_is_not_as_it_was_written_is_ignored_and_replaced(spoil: str, vger: Vger) -> None:
    expected = vger.lines("explain", "SES004")
    path = _kept(vger)
    good = path.read_bytes()
    if spoil == "folder":
        path.unlink()
        path.mkdir()
    else:
        spoilt = {
            "garbage": b"\xff\x00garbage",
            "empty": b"",
            "cut": good[: len(good) // 2],
            "changed": good.replace(b"Sessions must", b"Sessions MAY!"),
            "of-another-state": re.sub(rb"\A[0-9a-f ]+", b"0", good),
        }
        assert spoilt[spoil] != good
        path.write_bytes(spoilt[spoil])
    assert vger.lines("explain", "SES004") == expected
    if spoil != "folder":
        assert path.read_bytes() == good


def test_an_edit_is_seen_at_once(vger: Vger, small_catalog: Path) -> None:
    assert vger.lines("explain", "TOO001", "--catalog", "checklists")[0] == "TOO001 Use the saw"
    path = small_catalog / "rules" / "tools.yml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("title: Use the saw", "title: Use the axe"), encoding="utf-8"
    )
    assert vger.lines("explain", "TOO001", "--catalog", "checklists")[0] == "TOO001 Use the axe"
    path.write_text("rules: 5\n", encoding="utf-8")
    assert "problem" in vger.refused("explain", "TOO001", "--catalog", "checklists")


@pytest.mark.parametrize("place", ["/dev/null/none", "relative", ""])
def test_no_place_for_a_cache_is_no_problem(place: str, vger: Vger) -> None:
    done = vger("explain", "SES004", variables={"XDG_CACHE_HOME": place, "HOME": "/dev/null"})
    assert (done.returncode, done.stderr) == (0, "")
    assert list(vger.folder.iterdir()) == []


def test_nothing_is_left_beside_what_is_kept(vger: Vger) -> None:
    vger.lines("explain", "SES004")
    assert _kept(vger).name.startswith("catalog-")
