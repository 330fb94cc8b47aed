"""Waivers are told before they end, for as long as a month passes between two runs of the workflow that tells them."""

import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.conftest import ROOT
from vger_guide.catalog.settings import FILE, read_settings

pytestmark = pytest.mark.slow

ENDS = date(2027, 5, 31)
SETTINGS = f"""waivers:
  - {{rule: REL003, owner: "@ann", reason: Why, until: "{ENDS}"}}
  - {{rule: REL005, owner: Ann, reason: Why, until: "2100-01-01"}}
"""


def _told(settings: Path, on: date) -> tuple[str, int]:
    command = [sys.executable, "-m", "tools.waivers", "--settings", str(settings), "--on", str(on)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.stderr == ""
    return done.stdout, done.returncode


@pytest.mark.parametrize("days", [62, 31, 0, -1])
def test_a_waiver_that_ends_within_two_months_is_told(days: int, tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(SETTINGS, encoding="utf-8")
    text, code = _told(tmp_path / FILE, ENDS - timedelta(days=days))
    assert code == 1
    assert text == "\nWaivers of .vger.yml that end:\n\n- [ ] REL003, of @&#8203;ann, until 2027-05-31: Why\n"


def test_one_that_holds_longer_is_not(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(SETTINGS, encoding="utf-8")
    assert _told(tmp_path / FILE, ENDS - timedelta(days=63)) == ("", 0)


def test_each_waiver_of_the_project_is_told_before_it_ends() -> None:
    settings, _ = read_settings(ROOT / FILE, (ROOT / FILE).read_bytes())
    for waiver in settings.waivers:
        text, code = _told(ROOT / FILE, waiver.until - timedelta(days=31))
        assert code == 1
        assert f"{waiver.rule}, of" in text
