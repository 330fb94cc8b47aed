"""What docs/reviews.md shows of the command line is what the commands do, one after another in one folder."""

import re
from fnmatch import fnmatch
from pathlib import Path

import pytest

from tests.checks.repositories import Scratch
from tests.cli.test_command_page import FENCE, LEFT_OUT, Call
from tests.cli.vger_process import Vger
from tests.conftest import ROOT
from vger_guide.cli.review import SUMMARIES
from vger_guide.output.reviews.formats import format_names

PAGE = (ROOT / "docs" / "reviews.md").read_text(encoding="utf-8")
_PARTS = [part for _, _, text in FENCE.findall(PAGE) for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]]
CALLS = [Call(line, shown) for line, *shown in map(str.splitlines, _PARTS)]


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """Return a repository of a shop."""
    scratch = Scratch(tmp_path / "shop")
    scratch.write("settings.py", "DEBUG = False\n")
    return scratch.root


@pytest.mark.slow
def test_the_calls_of_the_page_write_what_it_shows(shop: Path, vger: Vger) -> None:
    assert len(CALLS) > 10
    for call in CALLS:
        done = vger.line(call.line, shop, merged=True)
        assert _pattern(call).fullmatch(done.stdout), f"{call.line}\n{done.stdout}"


def _pattern(call: Call) -> re.Pattern[str]:
    """Return what the output must match: these lines, and any where some are left out."""
    return re.compile("".join(r"(?:.*\n)*?" if line == LEFT_OUT else re.escape(line) + "\n" for line in call.shown))


@pytest.mark.parametrize("name", [*SUMMARIES, *format_names()])
def test_the_page_has_every_command_and_form(name: str) -> None:
    rows = [row.split("|")[1] for row in PAGE.splitlines() if row.startswith("| `")]
    named = [word.removeprefix("vger review ") for row in rows for word in re.findall("`([^`]+)`", row)]
    assert any(fnmatch(name, word) for word in named)
