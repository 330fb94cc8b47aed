"""Imports stand at the top of a module, where nothing speaks against it."""

import re
import subprocess

from tests.conftest import ROOT

# One more is a reason to look for another design, as a command whose module is imported only for it.
MOST = 25


def test_an_import_inside_a_function_has_a_reason_and_they_are_few() -> None:
    command = ["git", "grep", "--untracked", "-h", "PLC0415", "--", "src", "macros", "tools"]
    lines = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    assert [line for line in lines if not re.search(r"import .*# noqa: PLC0415 - \w+", line)] == []
    assert len(lines) <= MOST
