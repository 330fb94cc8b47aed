"""Runs the real command, as its users do."""

import json
import os
import shlex
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.cli import warm
from tests.conftest import ROOT

SECONDS = 60

# Where the guide's data is, for a call that has another folder of it.
DATA = "vger_guide.catalog.paths.CHECKOUT"

# What Python reads when it begins: a call that sets one of these needs a Python of its own.
_OF_PYTHON = ("PYTHON", "LC_", "LANG")

# What a line has that a shell is needed for.
_OF_SHELLS = set("|&;<>()$`\\*?#~{}[]\n")


def environment(cache: Path, root: Path = ROOT, **more: str) -> dict[str, str]:
    """Return the variables of a plain call: the code of `root`, an empty cache of its own, no colour settings."""
    inherited = {name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "TERM", "COLUMNS"}}
    return {**inherited, "PYTHONPATH": str(root / "src"), "XDG_CACHE_HOME": str(cache), "TERM": "xterm", **more}


class Vger:
    """The command, run from a folder with the data of `root`, in a fork of a process that has imported it."""

    def __init__(self, folder: Path, cache: Path, root: Path = ROOT) -> None:
        self.folder = folder
        self.cache = cache
        self.root = root

    def __call__(
        self,
        *arguments: str,
        variables: Mapping[str, str] | None = None,
        constants: Mapping[str, Any] | None = None,
    ) -> subprocess.CompletedProcess[str]:
        """Run it into pipes, and return what it wrote; a traceback is never right.

        `constants`, such as a time to wait, are those of modules of the command, by their full names.
        """
        done = self._run(arguments, variables or {}, {DATA: str(self.root / "checklists"), **(constants or {})})
        assert "Traceback" not in done.stderr, done.stderr
        return done

    def _run(
        self, arguments: Sequence[str], variables: Mapping[str, str], constants: Mapping[str, Any]
    ) -> subprocess.CompletedProcess[str]:
        if any(name.startswith(_OF_PYTHON) for name in variables):
            return _started(self, arguments, variables)
        env = environment(self.cache, self.root, **variables)
        return warm.run(arguments, self.folder, env, seconds=SECONDS, constants=constants)

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

    def line(
        self, text: str, folder: Path, variables: Mapping[str, str] | None = None, *, merged: bool = False
    ) -> subprocess.CompletedProcess[str]:
        """Run a line of a shell in which `vger` is the command, its errors in its output where they are merged.

        A line of plain words is run by a fork, as calls are, and another by bash.
        """
        more = variables or {}
        first, *words = shlex.split(text)
        if first == "vger" and not _OF_SHELLS & set(text):
            env, data = environment(self.cache, self.root, **more), {DATA: str(self.root / "checklists")}
            return warm.run(words, folder, env, seconds=SECONDS, merged=merged, constants=data)
        return subprocess.run(
            ["bash", "-c", f'vger() {{ "{sys.executable}" -m vger_guide.cli "$@"; }}\n{text}'],
            cwd=folder,
            env=environment(self.cache, self.root, **more),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT if merged else subprocess.PIPE,
            text=True,
            encoding="utf-8",
            timeout=SECONDS,
            check=False,
        )


class Started(Vger):
    """The command in a process of its own, where it matters how Python begins and ends."""

    def _run(
        self, arguments: Sequence[str], variables: Mapping[str, str], constants: Mapping[str, Any]
    ) -> subprocess.CompletedProcess[str]:
        assert set(constants) == {DATA}, "only a fork can be given constants"
        return _started(self, arguments, variables)


def _started(vger: Vger, arguments: Sequence[str], variables: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        vger.command(*arguments),
        cwd=vger.folder,
        env=environment(vger.cache, vger.root, **variables),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=SECONDS,
        check=False,
    )
