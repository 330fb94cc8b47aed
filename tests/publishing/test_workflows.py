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
# What a job may do beside reading the repository: those that push gh-pages may write, and wait for their turn; "renew"
# pushes a branch of its own.
WRITING = {"contents": "write"}
PERMISSIONS = {
    ("due", "due"): {"contents": "read", "issues": "write"},
    ("nightly", "soak"): {"contents": "read", "issues": "write"},
    ("previews", "prune"): {**WRITING, "pages": "read"},
    ("rebuild", "rebuild"): {**WRITING, "pages": "read"},
    ("renew", "offer"): {**WRITING, "pull-requests": "write"},
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
    if found["permissions"].items() >= WRITING.items() and name != "renew":
        assert found["concurrency"] == {"group": "gh-pages", "cancel-in-progress": False, "queue": "max"}


def test_nothing_is_published_before_it_is_tested_and_built() -> None:
    assert _job("site", "publish")["needs"] == ["test", "build"]
    assert _job("release", "build")["needs"] == "test"
    assert _job("release", "publish")["needs"] == "build"
    for name in ("site", "release"):
        assert _job(name, "test")["uses"] == "./.github/workflows/test.yml"


def test_a_pull_request_reaches_no_job_that_may_write() -> None:
    by_request = [name for name in NAMES if {"pull_request", "pull_request_target"} & set(workflow(name)["on"])]
    assert by_request == ["own", "previews", "test"]
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
    ("code", "waivers", "number", "code_then", "asked"),
    [
        (1, 0, "", 0, ["list", "create --title Reviews that are due --body-file due.md"]),
        (0, 1, "", 0, ["list", "create --title Reviews that are due --body-file due.md"]),
        (1, 1, "7", 0, ["list", "edit 7 --body-file due.md"]),
        (0, 0, "7", 0, ["list", "edit 7 --body-file due.md", "close 7"]),
        (0, 0, "", 0, ["list"]),
        (2, 0, "7", 2, []),
        (0, 2, "7", 2, []),
    ],
    ids=["opened", "opened for a waiver", "kept up to date", "closed", "none needed", "failed", "waivers unread"],
)
def test_what_is_due_stands_in_one_issue(
    code: int,
    waivers: int,
    number: str,
    code_then: int,
    asked: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """By commands that end with a code, and a gh that knows an issue and writes down what it is asked."""
    _program(tmp_path / ".venv/bin/vger", f"exit {code}")
    _program(tmp_path / ".venv/bin/python", f"exit {waivers}")
    _program(tmp_path / "bin/gh", f'echo "$@" >> asked; [ "$2" != list ] || echo {number}')
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    done = run(tmp_path, "due", ["due"], {"github.token": "x"})
    assert done.returncode == code_then, done.stderr
    calls = (tmp_path / "asked").read_text(encoding="utf-8").splitlines() if asked else []
    assert [re.sub("^list .*", "list", call.removeprefix("issue ")) for call in calls] == asked
    assert all("--app github-actions --limit 1000" in call for call in calls[:1])


@pytest.mark.parametrize(
    ("outcome", "number", "asked"),
    [
        ("failure", "", ["list", "create --title The nightly tests fail --body-file nightly.md"]),
        ("failure", "7", ["list", "edit 7 --body-file nightly.md"]),
        ("success", "7", ["list", "close 7"]),
        ("success", "", ["list"]),
    ],
    ids=["opened", "kept up to date", "closed", "none needed"],
)
def test_what_fails_at_night_stands_in_one_issue(
    outcome: str, number: str, asked: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By a make that tells how far chance goes and fails, and a gh that knows an issue and keeps what it is given."""
    code = 0 if outcome == "success" else 2
    _program(tmp_path / "bin/make", f'echo "SOAK=$SOAK make $@ @somebody"; exit {code}')
    _program(tmp_path / "bin/gh", f'echo "$@" >> asked; [ "$2" != list ] || echo {number}')
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    where = {"github.server_url": "https://git.example", "github.repository": "acme/guide", "github.run_id": "12"}
    known = {"github.token": "x", "steps.tests.outcome": outcome, **where}
    done = run(tmp_path, "nightly", ["soak"], known)
    assert done.returncode == (outcome != "success"), done.stderr
    calls = (tmp_path / "asked").read_text(encoding="utf-8").splitlines()
    assert [re.sub("^list .*", "list", call.removeprefix("issue ")) for call in calls] == asked
    assert "--app github-actions --limit 1000" in calls[0]
    if outcome == "failure":
        said = (tmp_path / "nightly.md").read_text(encoding="utf-8")
        assert "https://git.example/acme/guide/actions/runs/12" in said
        assert "\n\n    SOAK=1 make fuzz @somebody\n    SOAK=1 make test @somebody\n" in said, (
            "as code, which mentions nobody"
        )


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


def test_what_is_renewed_is_offered_in_one_pull_request_and_holds_versions_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", "origin")
    git(tmp_path, "clone", "--quiet", "origin", "clone")
    clone = tmp_path / "clone"
    for name in ("requirements.lock", "requirements.site.lock", "package-lock.json", "tool.py"):
        (clone / name).write_text("old\n", encoding="utf-8")
    git(clone, "add", "--all")
    git(clone, "commit", "--quiet", "--message", "Of main")
    git(clone, "push", "--quiet", "origin", "HEAD:main")
    for name in ("requirements.lock", "requirements.site.lock", "tool.py"):
        (clone / name).write_text("new\n", encoding="utf-8")
    patch = git(clone, "diff", "--binary")
    git(clone, "checkout", "--quiet", ".")
    (clone / "renew.patch").write_text(f"{patch}\n", encoding="utf-8")
    _program(tmp_path / "bin/gh", f'echo "$1 $2" >> {tmp_path / "asked"}')
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    done = run(clone, "renew", ["offer"], {"github.token": "x"})
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "asked").read_text(encoding="utf-8").splitlines() == ["pr list", "pr create"]
    changed = git(tmp_path / "origin", "diff", "--name-only", "main", "renew/locks").split()
    assert changed == ["requirements.lock", "requirements.site.lock"]


def test_nothing_that_is_new_is_run_with_a_right_to_write() -> None:
    assert _job("renew", "lock")["permissions"] == {"contents": "read"}
    commands = [step["run"] for step in _job("renew", "offer")["steps"] if "run" in step]
    assert not any(re.search(r"make|pip|npm|python", command) for command in commands)
