"""A repository that takes too long, or ends the process that looks at it, is told as such, and nothing else ends."""

import random
import sys
from base64 import b64decode
from pathlib import Path

import pytest

from tests.checks.repositories import Scratch
from tests.cli.vger_process import Vger
from vger_guide.portfolio import bounded
from vger_guide.portfolio.login import login_variables
from vger_guide.portfolio.look import Job, is_denial

JOB = Job("shop-1", "shop", "/nowhere", False, "", "/nowhere", 0, 500, 100)


def _child(monkeypatch: pytest.MonkeyPatch, code: str) -> dict[str, object]:
    monkeypatch.setattr(bounded, "COMMAND", (sys.executable, "-S", "-c", code))
    monkeypatch.setattr(bounded, "GRACE", 0.3)
    found = bounded.run_job(JOB)
    return {"status": found["status"], "reason": found["reason"]}


def test_a_child_that_does_not_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    code = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"
    assert _child(monkeypatch, code)["status"] == "timed-out"


def test_a_child_that_dies_or_says_no_result_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    killed = _child(monkeypatch, "import os; os.kill(os.getpid(), 9)")
    assert killed == {"status": "crashed", "reason": "the process that looked at it was ended by SIGKILL"}
    assert _child(monkeypatch, "print('?')")["status"] == "crashed"


def test_a_token_goes_to_its_server_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GH_TOKEN", "ghp_secret")
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.delenv("GITHUB_SERVER_URL", raising=False)
    given = login_variables("https://github.com/acme/shop.git")
    assert given["GIT_CONFIG_COUNT"] == "2"
    assert given["GIT_CONFIG_KEY_1"] == "http.https://github.com/.extraHeader"
    for other in ("https://github.com.evil.example/a", "http://github.com/a", "git@github.com:a/b", "file:///a"):
        assert login_variables(other) == {}
    monkeypatch.setenv("GITLAB_TOKEN", "glpat-secret")
    monkeypatch.delenv("CI_SERVER_URL", raising=False)
    of_gitlab = login_variables("https://gitlab.com/acme/shop.git")
    assert of_gitlab["GIT_CONFIG_KEY_1"] == "http.https://gitlab.com/.extraHeader"
    assert b64decode(of_gitlab["GIT_CONFIG_VALUE_1"].rpartition(" ")[2]) == b"oauth2:glpat-secret"
    assert not {"GH_TOKEN", "GITLAB_TOKEN"} & set(bounded._environment(JOB))  # noqa: SLF001 - what a child is given


def test_denials_are_told_from_other_failures() -> None:
    assert is_denial("https://x cannot be cloned: could not read Username for 'https://x': terminal prompts disabled")
    assert not is_denial("https://x cannot be cloned: Could not resolve host: x")


def test_a_clone_that_outgrows_its_share_of_the_disk_is_told_and_the_rest_goes_on(tmp_path: Path, vger: Vger) -> None:
    for name, size in (("large", 11_000_000), ("small", 100)):
        Scratch(tmp_path / name).write("noise", random.Random(1).randbytes(size))  # noqa: S311 - does not pack
        Scratch(tmp_path / name).commit()
    places = "".join(f"  - url: file://{tmp_path}/{name}\n" for name in ("large", "small"))
    text = f"title: Ours\nlimits: {{disk: 10}}\nrepositories:\n{places}"
    (tmp_path / "portfolio.yml").write_text(text, encoding="utf-8")
    done = vger("portfolio", "run", "portfolio.yml", "--jobs", "1")
    assert done.returncode == 1
    assert "2 repositories: 1 checked now, 0 unchanged, 1 not checked." in done.stdout
    assert "large could not be checked (failed): its clone takes more than 10 MB, its share of 'limits" in done.stdout
