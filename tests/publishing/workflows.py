"""Runs the commands of the workflows, read from their files, as GitHub would run them in a clone."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from tests.conftest import ROOT

FOLDER = ROOT / ".github" / "workflows"
EXPRESSION = re.compile(r"\$\{\{\s*([^}]*?)\s*\}\}")
SECONDS = 300


def workflow(name: str) -> dict[str, Any]:
    """Return a workflow; `on` is a truth value to YAML 1.1, and comes back under its name."""
    read = yaml.safe_load((FOLDER / f"{name}.yml").read_text(encoding="utf-8"))
    return {"on" if key is True else key: value for key, value in read.items()}


def steps(name: str, job: str) -> Iterator[dict[str, Any]]:
    """Yield the steps of a job that run a command, but for the setting up of the environment, which stands already."""
    for step in workflow(name)["jobs"][job]["steps"]:
        if "run" in step and step["run"] not in ("make setup", "make setup-site"):
            yield step


def run(clone: Path, name: str, jobs: list[str], known: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Run the steps of jobs in a clone, up to one that ends its job, and return the last; artefacts stay in the clone.

    `known` says what expressions such as `github.ref_name` stand for. Raises KeyError for one that is not known.
    """
    venv = clone / ".venv"
    if not venv.exists():
        venv.symlink_to(sys.prefix)
    for job in jobs:
        for step in steps(name, job):
            done = _run(clone, step, known)
            if done.returncode and not step.get("continue-on-error"):
                return done
    return done


def _run(clone: Path, step: Mapping[str, Any], known: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    given = {
        key: EXPRESSION.sub(lambda found: known[found[1]], str(value)) for key, value in step.get("env", {}).items()
    }
    env = {**os.environ, "PYTHONPATH": f"{clone / 'src'}{os.pathsep}{clone}", **given}
    env["GITHUB_STEP_SUMMARY"] = str(clone / "summary.md")
    # The shell of a step (https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax).
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
    return subprocess.run(command, cwd=clone, env=env, capture_output=True, text=True, timeout=SECONDS)
