"""`vger check --forge`: the settings of the hosting service, from a server that answers as GitHub does, or a file."""

import json
import subprocess
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from tests.cli import github_server as gh
from tests.cli.github_server import GitHub, says, sends
from tests.cli.vger_process import Vger
from vger_guide.forge.client import SECONDS, SILENCE

pytestmark = pytest.mark.slow

TOKEN = "ghp_" + "a1B2" * 9
RULES = ("--rule", "KEY004", "--rule", "REL001")


@pytest.fixture
def github() -> Iterator[GitHub]:
    """Return a server with a repository that is readable, and protected in no way."""
    with gh.github() as server:
        yield server


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """Return a folder to look at."""
    folder = tmp_path / "shop"
    folder.mkdir()
    (folder / "README.md").write_text("# Shop\n", encoding="utf-8")
    return folder


def _variables(github: GitHub, token: str = TOKEN) -> dict[str, str]:
    return {"GITHUB_API_URL": github.address, "GITHUB_TOKEN": token, "GH_TOKEN": "", "GITHUB_REPOSITORY": "acme/shop"}


def _results(vger: Vger, *arguments: str, **variables: str) -> dict[str, Any]:
    """Return the results of the two rules by their ids."""
    done = vger("check", "shop", *RULES, "--format", "json", *arguments, variables=variables)
    assert done.stderr == ""
    assert TOKEN not in done.stdout
    return {each["rule"]["id"]: each for each in json.loads(done.stdout)["results"]}


def _asked(vger: Vger, github: GitHub) -> dict[str, Any]:
    return _results(vger, "--forge", "github", **_variables(github))


def _refused(vger: Vger, *arguments: str, **variables: str) -> str:
    return _one_line(vger("check", "shop", *RULES, *arguments, variables=variables))


def _one_line(done: subprocess.CompletedProcess[str]) -> str:
    """Return the line that a call ended with, which did nothing else."""
    assert (done.returncode, done.stdout) == (2, ""), done
    assert TOKEN not in done.stderr
    assert done.stderr.count("\n") == 1, "one line"
    return done.stderr


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize(
    ("owner", "told", "outcome"),
    [
        ("Organization", {"login": "acme", "two_factor_requirement_enabled": True}, "pass"),
        ("Organization", {"login": "acme", "two_factor_requirement_enabled": False}, "fail"),
        ("Organization", {"login": "acme"}, "unavailable"),
        ("User", None, "unavailable"),
    ],
)
def test_only_an_owner_of_an_organisation_is_told_of_second_factors(
    vger: Vger, github: GitHub, owner: str, told: Any, outcome: str
) -> None:
    github.set("", says({**gh.REPOSITORY, "owner": {"login": "acme", "type": owner}}))
    github.answers["/orgs/acme"] = says(told)
    rules = ("--rule", "INT002", "--rule", "GIT002")
    done = vger("check", "shop", *rules, "--format", "json", "--forge", "github", variables=_variables(github))
    asked, hosted = json.loads(done.stdout)["results"]
    assert (asked["outcome"], hosted["outcome"]) == (outcome, "pass")
    assert done.returncode == 0, "previews fail nothing"
    assert (outcome == "unavailable") == ("shows the settings of an organisation only to its owners" in asked["reason"])


@pytest.mark.usefixtures("shop")
def test_without_settings_the_rules_are_unavailable(vger: Vger) -> None:
    results = _results(vger)
    assert {each["outcome"] for each in results.values()} == {"unavailable"}
    assert results["REL001"]["reason"] == "the settings of the hosting service were not given; see --forge"


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize(
    ("rules", "branch", "protection", "outcome"),
    [
        ([*gh.KEPT, gh.PULL_REQUEST], gh.branch(protected=True, classic=False), None, "pass"),
        (gh.KEPT, gh.branch(protected=True, classic=False), None, "fail"),
        ([], gh.branch(protected=False, classic=False), None, "fail"),
        ([], gh.branch(protected=True, classic=True), says(gh.REVIEWS), "pass"),
        ([], gh.branch(protected=True, classic=True), says({"enforce_admins": {"enabled": True}}), "fail"),
        ([], gh.branch(protected=True, classic=True), says({"message": "Branch not protected"}, 404), "fail"),
        ([], gh.branch(protected=True, classic=True), says(gh.NOT_FOUND, 404), "unavailable"),
        ([], gh.branch(protected=True, classic=True), says(gh.FORBIDDEN, 403), "unavailable"),
        ([gh.PULL_REQUEST], gh.branch(protected=True, classic=True), says(gh.FORBIDDEN, 403), "pass"),
        ([], {"name": "main", "protected": True}, says(gh.FORBIDDEN, 403), "unavailable"),
    ],
    ids=[
        "a ruleset asks for pull requests",
        "a ruleset asks for something else",
        "nothing protects it",
        "classic protection with reviews",
        "classic protection without reviews",
        "an administrator is told that there is none",
        "classic protection, and not shown as not found",
        "classic protection, and forbidden",
        "a ruleset beside hidden classic protection",
        "a branch that does not say which kind",
    ],
)
def test_the_main_branch_is_protected_or_not_or_nobody_may_tell(
    vger: Vger, github: GitHub, rules: Any, branch: Any, protection: Any, outcome: str
) -> None:
    github.set("/rules/branches/main", says(rules))
    github.set("/branches/main", says(branch))
    if protection:
        github.set("/branches/main/protection", protection)
    assert _asked(vger, github)["REL001"]["outcome"] == outcome
    was_asked = any(path.endswith("/protection") for path, _ in github.asked)
    assert was_asked == bool(protection), "only administrators may ask, so it is asked only where there may be one"


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize(
    ("security", "outcome"),
    [
        (gh.SECURITY, "pass"),
        ({**gh.SECURITY, "secret_scanning_push_protection": {"status": "disabled"}}, "fail"),
        ({"dependabot_security_updates": {"status": "enabled"}}, "fail"),
    ],
)
def test_push_protection_is_on_or_off(vger: Vger, github: GitHub, security: Any, outcome: str) -> None:
    github.set("", says({**gh.REPOSITORY, "security_and_analysis": security}))
    result = _asked(vger, github)["KEY004"]
    assert (result["outcome"], result["strength"]) == (outcome, "proof")


@pytest.mark.usefixtures("shop")
def test_a_failure_says_what_is_set(vger: Vger, github: GitHub) -> None:
    github.set("/rules/branches/main", says(gh.KEPT))
    [finding] = _asked(vger, github)["REL001"]["findings"]
    assert finding["message"] == "there is no active rule of the main branch that asks for a pull request"
    assert finding["text"] == 'rules[0].type is "deletion"; rules[1].type is "non_fast_forward"'


@pytest.mark.usefixtures("shop")
def test_what_only_administrators_are_shown_is_unavailable_with_that_reason(vger: Vger, github: GitHub) -> None:
    result = _asked(vger, github)["KEY004"]
    assert result["outcome"] == "unavailable"
    assert "GitHub shows the settings of security only to administrators" in result["reason"]


@pytest.mark.usefixtures("shop")
def test_rules_on_a_later_page_count(vger: Vger, github: GitHub) -> None:
    pages = {"1": gh.KEPT * 50, "2": [gh.PULL_REQUEST]}

    def page(handler: BaseHTTPRequestHandler) -> None:
        says(pages[handler.path.rpartition("&page=")[2]])(handler)

    github.set("/rules/branches/main", page)
    assert _asked(vger, github)["REL001"]["outcome"] == "pass"


@pytest.mark.usefixtures("shop")
def test_rules_that_are_not_shown_are_unavailable_in_the_words_of_github(vger: Vger, github: GitHub) -> None:
    message = "Upgrade to GitHub Pro or make this repository public to enable this feature."
    github.set("/rules/branches/main", says({"message": f"{message}\n\x1b[31m"}, 403))
    reason = _asked(vger, github)["REL001"]["reason"]
    assert reason.startswith("GitHub does not show the rules of the main branch")
    assert message in reason


@pytest.mark.usefixtures("shop")
def test_the_requests_carry_the_token_and_the_version_of_the_api(vger: Vger, github: GitHub) -> None:
    github.set("", says({**gh.REPOSITORY, "default_branch": "release/1 x?"}))
    _asked(vger, github)
    paths = [path for path, _ in github.asked]
    assert paths[1] == "/repos/acme/shop/branches/release%2F1%20x%3F"
    assert {headers["Authorization"] for _, headers in github.asked} == {f"Bearer {TOKEN}"}
    assert {headers["X-GitHub-Api-Version"] for _, headers in github.asked} == {"2022-11-28"}


@pytest.mark.usefixtures("shop")
def test_a_repository_is_named_and_asked_without_a_token(vger: Vger, github: GitHub) -> None:
    variables = {**_variables(github, token=""), "GITHUB_REPOSITORY": ""}
    assert _results(vger, "--forge", "github:acme/shop", **variables)["REL001"]["outcome"] == "fail"
    assert all("Authorization" not in headers for _, headers in github.asked)
    done = vger("check", "shop", *RULES, "--forge", "github:acme/shop", variables=variables)
    assert "The settings of the hosting service are those of acme/shop at 127.0.0.1." in done.stdout
    assert "name the repository" in _refused(vger, "--forge", "github", **variables)


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize("name", ["acme", "acme/..", "acme/shop/../../user", "acme/shop?x", "-/shop", "acme/s hop"])
def test_what_is_no_name_of_a_repository_is_not_asked_for(vger: Vger, github: GitHub, name: str) -> None:
    assert "name the repository" in _refused(vger, "--forge", f"github:{name}", **_variables(github))
    assert github.asked == []


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (says(gh.NOT_FOUND, 404), "GitHub shows no repository acme/shop: Not Found; a private one needs GITHUB_TOKEN"),
        (says({"message": "Bad credentials"}, 401), "needs a valid token: Bad credentials"),
        (
            says({"message": "API rate limit exceeded for 192.0.2.1."}, 403, X_RateLimit_Remaining="0"),
            "refuses further requests for now: API rate limit exceeded for 192.0.2.1.",
        ),
        (says({"message": "Slow down"}, 429, Retry_After="60"), "refuses further requests for now: Slow down"),
        (sends(b"<html>Unicorn!</html>", 502, Content_Type="text/html"), "answered 502: Bad Gateway"),
        (sends(b"<html>Log in</html>", Content_Type="text/html"), "the answer is not JSON"),
        (sends(b"[" * 100_000), "the answer is nested more than 100 deep"),
        (sends(b""), "the answer is not JSON"),
        (says([gh.REPOSITORY]), "gave an unexpected answer"),
        (sends(b'{"a": "' + b"a" * 50_000_000), "the answer is longer than 3,000,000 bytes"),
        (sends(b"", 302, Location="/repos/acme/shop"), "answered 302"),
        (sends(b"", 302, Location="file:///etc/passwd"), "answered 302"),
    ],
    ids=[
        *("not found", "bad token", "rate limit", "secondary limit", "server error", "HTML", "deep", "empty", "list"),
        *("50 MB", "circle", "file"),
    ],
)
def test_an_answer_that_is_none_ends_the_run_with_a_line(
    vger: Vger, github: GitHub, answer: gh.Answer, message: str
) -> None:
    github.set("", answer)
    assert message in _refused(vger, "--forge", "github", **_variables(github))


@pytest.mark.usefixtures("shop")
def test_a_redirect_is_followed_on_the_same_server_and_never_to_another(vger: Vger, github: GitHub) -> None:
    github.answers["/repositories/1296269"] = says(gh.REPOSITORY)
    github.set("", sends(b"", 301, Location=f"{github.address}/repositories/1296269"))
    assert _asked(vger, github)["REL001"]["outcome"] == "fail"
    with gh.github() as other:
        github.set("", sends(b"", 301, Location=f"{other.address}/repos/acme/shop"))
        message = _refused(vger, "--forge", "github", **_variables(github))
        assert f"leads to another server, {other.address.removeprefix('http://')}: not followed" in message
        assert other.asked == []


@pytest.mark.slow
@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize(("pause", "message"), [(60, "timed out"), (0.05, "it takes longer than 1 seconds")])
def test_a_server_that_hangs_or_drips_is_left(vger: Vger, github: GitHub, pause: float, message: str) -> None:
    assert (SILENCE, SECONDS) == (10, 20), "what people wait for; here it is less"

    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        while not github.ended.wait(pause):
            handler.wfile.write(b" ")

    github.set("", drip)
    waits = {"vger_guide.forge.client.SILENCE": 1, "vger_guide.forge.client.SECONDS": 1}
    done = vger("check", "shop", *RULES, "--forge", "github", variables=_variables(github), constants=waits)
    assert message in _one_line(done)


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize(
    "address", ["http://github.example/api/v3", "ftp://127.0.0.1", "https://me:x@127.0.0.1", "x", "https://[x"]
)
def test_a_server_that_would_be_sent_the_token_in_the_clear_is_not_asked(vger: Vger, address: str) -> None:
    variables = {"GITHUB_API_URL": address, "GITHUB_TOKEN": TOKEN}
    assert "must begin with https://" in _refused(vger, "--forge", "github:acme/shop", **variables)


@pytest.mark.usefixtures("shop")
def test_nobody_at_home_is_told_in_a_line(vger: Vger) -> None:
    variables = {"GITHUB_API_URL": "http://127.0.0.1:1", "GITHUB_TOKEN": TOKEN}
    assert "cannot be read: " in _refused(vger, "--forge", "github:acme/shop", **variables)


@pytest.mark.usefixtures("shop")
def test_a_token_that_would_make_another_header_is_not_sent_and_not_shown(vger: Vger, github: GitHub) -> None:
    variables = _variables(github, token=f"{TOKEN}\r\nHost: elsewhere")
    assert "contains a character that no token has" in _refused(vger, "--forge", "github", **variables)
    assert github.asked == []


def _file(shop: Path, data: Any) -> str:
    path = shop.parent / "forge.json"
    path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    return path.name


def test_settings_come_from_a_file_of_what_github_answers(vger: Vger, shop: Path) -> None:
    repository = {**gh.REPOSITORY, "security_and_analysis": gh.SECURITY}
    file = _file(shop, {"repository": repository, "branch": gh.branch(protected=True, classic=False), "rules": []})
    results = _results(vger, "--forge", file)
    assert [results[rule]["outcome"] for rule in ("KEY004", "REL001")] == ["pass", "fail"]


def test_what_a_file_does_not_have_is_unavailable(vger: Vger, shop: Path) -> None:
    results = _results(vger, "--forge", _file(shop, {"rules": gh.KEPT}))
    assert results["KEY004"]["reason"] == "'security' is not in the settings of forge.json"
    assert results["REL001"]["reason"] == "'protection' is not in the settings of forge.json"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (
            gh.REPOSITORY,
            "write GitHub's answers under the keys repository, branch, rules, protection, organisation, and no others",
        ),
        ([], "write GitHub's answers under the keys"),
        ({"rules": {}}, "'rules' is not an answer from GitHub"),
        ("{", "forge.json is not JSON"),
        ("[" * 100_000, "forge.json is nested more than 100 deep"),
        (" " * 5_000_000, "forge.json has 5,000,000 characters"),
    ],
    ids=["an answer alone", "list", "another kind", "cut", "deep", "long"],
)
def test_a_file_that_is_none_of_this_is_refused(vger: Vger, shop: Path, data: Any, message: str) -> None:
    assert message in _refused(vger, "--forge", _file(shop, data))


@pytest.mark.usefixtures("shop")
def test_a_file_that_is_not_there_is_named(vger: Vger) -> None:
    assert _refused(vger, "--forge", "no.json") == "Error: no.json: No such file or directory\n"


def test_a_waiver_for_what_could_not_be_looked_at_is_no_error(vger: Vger, shop: Path) -> None:
    waiver = '{rule: REL001, owner: Ann, reason: One person only., until: "2100-01-01"}'
    (shop / ".vger.yml").write_text(f"waivers:\n  - {waiver}\n", encoding="utf-8")
    assert vger("check", "shop", *RULES).returncode == 0
    waived = ("check", "shop", *RULES, "--forge", _file(shop, {"rules": [], "protection": {}}))
    assert "One person only." in vger(*waived).stdout
    needless = vger("check", "shop", "--forge", _file(shop, {"rules": [gh.PULL_REQUEST]}))
    assert needless.returncode == 2
    assert "which does not fail (pass)" in " ".join(needless.stdout.split())


def test_what_could_not_be_looked_at_is_not_gone_from_the_baseline(vger: Vger, shop: Path) -> None:
    baseline = {"schemaVersion": 2, "findings": {"REL001": ["0123456789abcdef"]}}
    (shop / ".vger-baseline.json").write_text(json.dumps(baseline), encoding="utf-8")
    gone = "1 finding of the baseline is gone"
    unseen = vger("check", "shop", *RULES)
    assert (unseen.returncode, gone in unseen.stdout) == (0, False)
    assert gone in vger("check", "shop", *RULES, "--forge", _file(shop, {"rules": [gh.PULL_REQUEST]})).stdout
