"""`vger check --evidence github`: alerts from a server that answers as GitHub does, written from its schema."""

import json
import subprocess
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.cli import github_server as gh
from tests.cli.github_server import GitHub, says
from tests.cli.vger_process import Vger

pytestmark = pytest.mark.slow

TOKEN = "ghp_" + "a1B2" * 9
CODE, DEPENDABOT = "/code-scanning/alerts", "/dependabot/alerts"
BUCKET = 'resource "aws_s3_bucket" "a" {\n  acl = "public-read"\n}\n'


def _alert(state: str = "open", line: int = 2) -> dict[str, Any]:
    place = {"path": "main.tf", "start_line": line, "end_line": line, "start_column": 3, "end_column": 22}
    return {
        "number": line,
        "state": state,
        "rule": {"id": "CKV_AWS_20", "severity": "error", "tags": []},
        "tool": {"name": "Checkov", "guid": None, "version": "3.3.30"},
        "most_recent_instance": {"state": state, "message": {"text": "ACL"}, "location": place},
    }


@pytest.fixture
def github() -> Iterator[GitHub]:
    """Return a server where code scanning has an alert, and Dependabot has one."""
    with gh.github() as server:
        server.set(CODE, _by_state({"open": [_alert()]}))
        server.set(DEPENDABOT, says([{"number": 1, "state": "open", "security_advisory": {"ghsa_id": "GHSA-x"}}]))
        yield server


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """Return a folder with a bucket that everybody may read."""
    folder = tmp_path / "shop"
    folder.mkdir()
    (folder / "main.tf").write_text(BUCKET, "utf-8")
    return folder


def _by_state(alerts: dict[str, list[Any]]) -> gh.Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        [state] = parse_qs(urlsplit(handler.path).query)["state"]
        says(alerts.get(state, []))(handler)

    return answer


def _variables(github: GitHub, token: str = TOKEN) -> dict[str, str]:
    return {"GITHUB_API_URL": github.address, "GITHUB_TOKEN": token, "GH_TOKEN": "", "GITHUB_REPOSITORY": "acme/shop"}


def _check(vger: Vger, github: GitHub, source: str = "github", token: str = TOKEN, **more: Any) -> dict[str, Any]:
    """Return the run, with all that it says of itself as one text."""
    rules = ("--rule", "INF011", "--rule", "ALW003")
    variables = _variables(github, token)
    done = vger("check", "shop", *rules, "--evidence", source, "--format", "json", variables=variables, **more)
    assert (done.stderr, done.returncode in (0, 1), TOKEN in done.stdout) == ("", True, False), done
    run: dict[str, Any] = json.loads(done.stdout)
    told = " ".join(notice["message"] for notice in run["notices"])
    return {**{each["rule"]["id"]: each for each in run["results"]}, "told": told}


def _refused(vger: Vger, *arguments: str, **more: Any) -> str:
    done: subprocess.CompletedProcess[str] = vger(*arguments, **more)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1), done
    assert TOKEN not in done.stderr
    return done.stderr


@pytest.mark.usefixtures("shop")
def test_alerts_fail_what_stands_in_the_files_and_tell_that_tools_look(vger: Vger, github: GitHub) -> None:
    run = _check(vger, github)
    [finding] = run["INF011"]["findings"]
    assert (run["INF011"]["outcome"], finding["line"]) == ("fail", 2)
    assert finding["message"].endswith("also found by Checkov (CKV_AWS_20)")
    assert run["ALW003"]["outcome"] == "manual", "it is set up at the hosting service, where no file tells of it"
    assert "GitHub code scanning (analysed) and Dependabot (alerts) reports" in run["ALW003"]["reason"]
    assert "Evidence of Checkov 3.3.30 in github:acme/shop: 1 result; about rules: 1 confirmed." in run["told"]
    assert {headers["Authorization"] for _, headers in github.asked} == {f"Bearer {TOKEN}"}


@pytest.mark.usefixtures("shop")
def test_what_somebody_dismissed_stays_suppressed(vger: Vger, github: GitHub) -> None:
    github.set(CODE, _by_state({"dismissed": [_alert("dismissed")]}))
    run = _check(vger, github)
    assert "Checkov" not in str(run["INF011"]["findings"])
    assert "Checkov 3.3.30 in github:acme/shop: 1 result; about rules: 1 suppressed" in run["told"]


@pytest.mark.usefixtures("shop")
def test_pages_lead_on_by_their_links_and_are_bounded(vger: Vger, github: GitHub) -> None:
    def page(handler: BaseHTTPRequestHandler) -> None:
        query = parse_qs(urlsplit(handler.path).query)
        number = int(query.get("after", ["1"])[0])
        more = f'<{github.address}/repos/acme/shop{CODE}?state={query["state"][0]}&after={number + 1}>; rel="next"'
        link: dict[str, Any] = (
            {"Link": f'<https://x/>; rel="prev", {more}'} if query["state"] == ["open"] or number < 2 else {}
        )
        says([_alert(query["state"][0], line=number)], **link)(handler)

    github.set(CODE, page)
    run = _check(vger, github, constants={"vger_guide.forge.github_alerts.MAX_PAGES": 3})
    assert "GitHub code scanning has more than 3 alerts that are open; no more were read." in run["told"]
    assert "Evidence of Checkov 3.3.30 in github:acme/shop: 5 results" in run["told"], "three open, two dismissed"
    assert len(github.asked) == 6


@pytest.mark.usefixtures("shop")
def test_without_a_token_nothing_is_asked_and_evidence_is_unavailable(vger: Vger, github: GitHub) -> None:
    run = _check(vger, github, token="")
    assert "Evidence of Dependabot in github:acme/shop is unavailable: it needs a token in GH_TOKEN" in run["told"]
    assert "'Code scanning alerts: Read'" in run["told"]
    assert (github.asked, run["ALW003"]["outcome"]) == ([], "fail")


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize(
    ("status", "message"),
    [
        (403, "Dependabot alerts are disabled for this repository."),
        (403, "Resource not accessible by integration"),
        (404, "Not Found"),
    ],
)
def test_what_is_turned_off_or_not_shown_is_unavailable_in_the_words_of_github(
    vger: Vger, github: GitHub, status: int, message: str
) -> None:
    github.set(DEPENDABOT, says({"message": f"{message}\n\x1b[31m::error::x"}, status))
    github.set(CODE, says({"message": "no analysis found"}, 404))
    variables = _variables(github)
    done = vger("check", "shop", "--rule", "ALW003", "--evidence", "github:acme/shop", variables=variables)
    told = " ".join(done.stdout.split())
    assert f"Evidence of Dependabot in github:acme/shop is unavailable: GitHub says: {message}" in told
    assert "Evidence of GitHub code scanning in github:acme/shop is unavailable: GitHub says: no analysis found" in told
    assert (done.returncode, done.stderr, "\x1b" in done.stdout) == (0, "", False)


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (says({"message": "Slow down"}, 429, Retry_After="600"), "refuses further requests for now: Slow down; repeat"),
        (says({"message": "Bad credentials"}, 401), "needs a valid token: Bad credentials"),
        (says({"message": "no list"}), "gave an unexpected answer"),
        (says([], Link='<http://127.0.0.1:1/x>; rel="next"'), "leads on to another server: not followed"),
        (says([[[["x"] * 3]] * 3] * 3, Link=f'<{"x" * 5000}>; rel="next"'), ""),
    ],
    ids=["rate limit", "bad token", "no list", "another server", "no alerts"],
)
def test_an_answer_that_is_none_ends_the_run_with_a_line(
    vger: Vger, github: GitHub, answer: gh.Answer, message: str
) -> None:
    github.set(CODE, answer)
    if message:
        arguments = ("check", "shop", "--rule", "ALW003", "--evidence", "github")
        assert message in _refused(vger, *arguments, variables=_variables(github))
    else:
        assert "Evidence of GitHub code scanning in github:acme/shop: 0 results" in _check(vger, github)["told"]


@pytest.mark.usefixtures("shop")
def test_the_repository_has_to_be_named_and_is_one(vger: Vger, github: GitHub, tmp_path: Path) -> None:
    variables = {**_variables(github), "GITHUB_REPOSITORY": ""}
    said = _refused(vger, "check", "shop", "--evidence", "github", variables=variables)
    assert said == "Error: name the repository, as in --evidence github:OWNER/NAME\n"
    review = tmp_path / "review.json"
    vger.lines("review", "new", str(review), "--target", "Shop", "--target", "Till")
    both = ("review", "check", str(review), "--target", "shop=shop", "--target", "till=shop")
    assert "are of one repository" in _refused(vger, *both, "--evidence", "github", variables=_variables(github))
    done = vger(*both[:5], "--evidence", "github", variables=_variables(github))
    [outcome] = json.loads(review.read_text("utf-8"))["outcomes"]["INF011"].values()
    assert (done.stderr, outcome["outcome"], outcome["places"]) == ("", "fail", ["main.tf:2"])
