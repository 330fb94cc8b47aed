"""What docs/command.md shows is what the command does: its example folder is good, and its output is the real one."""

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.vger_process import Vger
from tests.conftest import ROOT

pytestmark = pytest.mark.slow

PAGE = (ROOT / "docs" / "command.md").read_text(encoding="utf-8")
FENCE = re.compile(r'^```(\w+) title="([^"]+)"\n(.*?)^```$', re.MULTILINE | re.DOTALL)
# A line that stands for lines which are left out.
LEFT_OUT = "…"


@dataclass(frozen=True)
class Call:
    """A line that the page gives to a shell, and the lines that it shows behind it."""

    line: str
    shown: list[str]

    def __str__(self) -> str:
        return self.line


def _files() -> dict[str, str]:
    return {title: text for language, title, text in FENCE.findall(PAGE) if language == "yaml"}


def _calls() -> list[Call]:
    blocks = [text for language, _, text in FENCE.findall(PAGE) if language == "text"]
    parts = [part for block in blocks for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]]
    return [Call(line, shown) for line, *shown in map(str.splitlines, parts)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with the example of the page, and beside it the data of a checkout."""
    for name, text in _files().items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    shutil.copytree(ROOT / "checklists", tmp_path / "checklists")
    return tmp_path


@pytest.mark.parametrize("call", _calls(), ids=str)
def test_a_call_writes_what_the_page_shows(call: Call, folder: Path, vger: Vger) -> None:
    done = vger.line(call.line, folder, merged=True)
    assert call.shown
    assert _pattern(call.shown).fullmatch(done.stdout), done.stdout


def _pattern(shown: list[str]) -> re.Pattern[str]:
    """Return what the output must match: these lines, any where some are left out, and any gaps between columns."""
    lines = [r"(?:.*\n)*?" if line == LEFT_OUT else _line(line) + r"\n" for line in shown]
    return re.compile("".join(lines))


def _line(text: str) -> str:
    return r" {2,}".join(map(re.escape, re.split(" {2,}", text)))


def test_the_page_shows_every_command_and_every_file_of_the_example() -> None:
    shown = {call.line.split()[1] for call in _calls()}
    assert shown == {"rules", "explain", "tables", "validate", "new"}, "and 'due', whose output changes with the day"
    assert set(_files()) == {"own/extends.yml", "own/profiles.yml", "own/rules/sessions.yml"}


def test_the_page_has_the_exit_codes_and_the_completion_of_the_help(vger: Vger) -> None:
    told = vger("--help").stdout
    codes = re.findall(r"^    (\d+)  +\w", told, re.MULTILINE)
    assert re.findall(r"^\| (\d+) \|", PAGE, re.MULTILINE) == codes
    lines = re.findall(r"^    ((?:bash|zsh|fish) .+)$", told, re.MULTILINE)
    assert len(lines) == 3
    assert [line for line in lines if f"\n{line}\n" not in PAGE] == []
