"""The engine that the site carries has all that it needs, without what this machine has installed besides."""

import subprocess
import sys
from importlib.metadata import distribution
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tools.browser_bundle import COMPILED

# Pydantic looks for plugins in the metadata of all packages, which only licences are left of.
STARTED = """
import os, sys
os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
from pathlib import Path
site = Path(sys.argv[1])
sys.path += [sys.argv[2], str(site / "engine/packages.zip"), str(site / "engine/vger_guide.zip")]
from vger_guide.worker import load_worker
print(load_worker(str(site / "catalog.json"), str(site / "editions.json")))
"""


@pytest.mark.slow
def test_the_engine_starts_with_what_lies_with_the_site_alone(site: Path, tmp_path: Path) -> None:
    [core] = {file.parts[0] for file in distribution(COMPILED).files or () if file.name == "__init__.py"}
    (tmp_path / core).symlink_to(Path(str(distribution(COMPILED).locate_file(core))))
    command = [sys.executable, "-I", "-S", "-c", STARTED, str(site), str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert "Worker object" in done.stdout, done.stderr
