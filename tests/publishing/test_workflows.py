"""The workflows: one at a time, with the fewest permissions, and never for a fork."""

import os
import re
from pathlib import Path
from typing import Any

import pytest

from tests.publishing.scratch import git
from tests.publishing.workflows import FOLDER, run, workflow

NAMES = sorted(path.stem for path in FOLDER.glob("*.yml"))
JOBS = [(name, job) for name in NAMES for job in workflow(name)["jobs"]]
# What a job may do beside reading the repository: those that push gh-pages may write, and wait for their turn.
WRITING = {"contents": "write"}
PERMISSIONS = {
    ("due", "due"): {"contents": "read", "issues": "write"},
    ("previews", "prune"): {**WRITING, "pages": "read"},
    ("rebuild", "rebuild"): {**WRITING, "pages": "read"},
    ("release", "publish"): {"id-token": "write"},
    ("site", "build"): {"contents": "read", "pages": "read"},
    ("site", "publish"): WRITING,
}


def _job(name: str, job: str) -> dict[str, Any]:
    found: dict[str, Any] = workflow(name)["jobs"][job]
    return found


@pytest.mark.parametrize("name", NAMES)
def test_a_workflow_grants_nothing_to_all_of_its_jobs(name: str) -> None:
    assert workflow(name)["permissions"] == {}


@pytest.mark.parametrize(("name", "job"), JOBS)
def test_a_job_may_do_what_it_needs_and_what_pushes_the_published_branch_waits_for_its_turn(
    name: str, job: str
) -> None:
    found = _job(name, job)
    assert found["permissions"] == PERMISSIONS.get((name, job), {"contents": "read"})
    if found["permissions"].items() >= WRITING.items():
        assert found["concurrency"] == {"group": "gh-pages", "cancel-in-progress": False, "queue": "max"}


def test_nothing_is_published_before_it_is_tested_and_built() -> None:
    assert _job("site", "publish")["needs"] == ["test", "build"]
    assert _job("release", "build")["needs"] == "test"
    assert _job("release", "publish")["needs"] == "build"
    for name in ("site", "release"):
        assert _job(name, "test")["uses"] == "./.github/workflows/test.yml"


def test_a_pull_request_reaches_no_job_that_may_write() -> None:
    by_request = [name for name in NAMES if {"pull_request", "pull_request_target"} & set(workflow(name)["on"])]
    assert by_request == ["previews", "test"]
    assert not any("pull_request_target" in workflow(name)["on"] for name in NAMES)
    assert _job("previews", "prune")["if"].startswith("github.event_name == 'delete' && ")


@pytest.mark.parametrize(("name", "job"), JOBS)
def test_what_a_job_uses_is_pinned_and_no_command_holds_an_expression(name: str, job: str) -> None:
    for step in _job(name, job).get("steps", []):
        uses = step.get("uses", "./")
        assert uses == "./" or re.search(r"@[0-9a-f]{40}$", uses), uses
        assert "${{" not in step.get("run", "")


def _program(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(0o755)


@pytest.mark.parametrize(
    ("code", "number", "code_then", "asked"),
    [
        (1, "", 0, ["list", "create --title Reviews that are due --body-file due.md"]),
        (1, "7", 0, ["list", "edit 7 --body-file due.md"]),
        (0, "7", 0, ["list", "edit 7 --body-file due.md", "close 7"]),
        (0, "", 0, ["list"]),
        (2, "7", 2, []),
    ],
    ids=["opened", "kept up to date", "closed", "none needed", "failed"],
)
def test_what_is_due_stands_in_one_issue(
    code: int, number: str, code_then: int, asked: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By a vger that ends with a code, and a gh that knows an issue and writes down what it is asked."""
    _program(tmp_path / ".venv/bin/vger", f"exit {code}")
    _program(tmp_path / "bin/gh", f'echo "$@" >> asked; [ "$2" != list ] || echo {number}')
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    done = run(tmp_path, "due", ["due"], {"github.token": "x"})
    assert done.returncode == code_then, done.stderr
    calls = (tmp_path / "asked").read_text(encoding="utf-8").splitlines() if asked else []
    assert [re.sub("^list .*", "list", call.removeprefix("issue ")) for call in calls] == asked
    assert all("--app github-actions --limit 1000" in call for call in calls[:1])


def test_only_a_commit_of_main_is_released(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "--initial-branch=main", "origin")
    git(tmp_path / "origin", "commit", "--quiet", "--allow-empty", "--message", "Of main")
    git(tmp_path, "clone", "--quiet", "origin", "clone")
    clone = tmp_path / "clone"
    _program(clone / ".venv/bin/python", "echo built")
    known = {"github.ref_name": "v1.2.0"}
    assert run(clone, "release", ["build"], known).stdout == "built\n"
    git(clone, "commit", "--quiet", "--allow-empty", "--message", "Of no branch")
    done = run(clone, "release", ["build"], known)
    assert (done.returncode, done.stderr) == (1, "The tag is on no commit of main; nothing is released.\n")
