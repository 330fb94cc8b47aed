"""Runs the real command, as its users do."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.conftest import ROOT

SECONDS = 60


def environment(cache: Path, root: Path = ROOT, **more: str) -> dict[str, str]:
    """Return the variables of a plain call: the code of `root`, an empty cache of its own, no colour settings."""
    inherited = {name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "TERM", "COLUMNS"}}
    return {**inherited, "PYTHONPATH": str(root / "src"), "XDG_CACHE_HOME": str(cache), "TERM": "xterm", **more}


class Vger:
    """The command, run from a folder, with the code and data of `root`."""

    def __init__(self, folder: Path, cache: Path, root: Path = ROOT) -> None:
        self.folder = folder
        self.cache = cache
        self.root = root

    def __call__(self, *arguments: str, variables: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        """Run it into pipes, and return what it wrote; a traceback is never right."""
        done = subprocess.run(
            self.command(*arguments),
            cwd=self.folder,
            env=environment(self.cache, self.root, **(variables or {})),
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=SECONDS,
            check=False,
        )
        assert "Traceback" not in done.stderr, done.stderr
        return done

    @staticmethod
    def command(*arguments: str) -> list[str]:
        """Return the words of a call; warnings are errors here as in the other tests."""
        return [sys.executable, "-W", "error", "-m", "vger_guide.cli", *arguments]

    def lines(self, *arguments: str) -> list[str]:
        """Return the lines of a call that must succeed."""
        done = self(*arguments)
        assert (done.stderr, done.returncode) == ("", 0), done.stderr
        return done.stdout.splitlines()

    def json(self, *arguments: str) -> Any:
        """Return what a call that must succeed says as JSON."""
        done = self(*arguments, "--format", "json")
        assert (done.stderr, done.returncode) == ("", 0), done.stderr
        return json.loads(done.stdout)

    def refused(self, *arguments: str) -> str:
        """Return what a call says that must be refused, and must say nothing else."""
        done = self(*arguments)
        assert (done.returncode, done.stdout) == (2, ""), done
        return done.stderr
