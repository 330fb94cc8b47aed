"""The workflows: one at a time, with the fewest permissions, and never for a fork."""

import re
from typing import Any

import pytest

from tests.publishing.workflows import FOLDER, workflow

NAMES = sorted(path.stem for path in FOLDER.glob("*.yml"))
JOBS = [(name, job) for name in NAMES for job in workflow(name)["jobs"]]
# What pushes gh-pages, and so may write.
WRITING = {("site", "publish"), ("previews", "prune"), ("rebuild", "rebuild")}


def _job(name: str, job: str) -> dict[str, Any]:
    found: dict[str, Any] = workflow(name)["jobs"][job]
    return found


@pytest.mark.parametrize("name", NAMES)
def test_a_workflow_grants_nothing_to_all_of_its_jobs(name: str) -> None:
    assert workflow(name)["permissions"] == {}


@pytest.mark.parametrize(("name", "job"), JOBS)
def test_only_what_pushes_the_published_branch_may_write_and_waits_for_its_turn(name: str, job: str) -> None:
    found = _job(name, job)
    writes = found["permissions"].get("contents") == "write"
    assert writes == ((name, job) in WRITING)
    if writes:
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


@pytest.mark.parametrize(("name", "job"), JOBS)
def test_what_an_expression_names_is_there(name: str, job: str) -> None:
    found = _job(name, job)
    ids = {step["id"] for step in found.get("steps", []) if "id" in step}
    for step in found.get("steps", []):
        assert set(re.findall(r"steps\.(\w+)\.", str(step))) <= ids
        for needed, output in re.findall(r"needs\.(\w+)\.outputs\.(\w+)", str(step)):
            assert needed in found["needs"]
            assert output in _job(name, needed)["outputs"]
