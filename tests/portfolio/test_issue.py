"""A unit has one issue: opened once, found again by its mark, updated only when the state changes, and private."""

import json
import re
import subprocess
from collections.abc import Callable, Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from tests.checks.repositories import Scratch
from tests.cli import github_server as gh
from tests.cli.github_server import GitHub, says
from tests.cli.vger_process import Vger
from vger_guide.checks.rule_set import RuleSetSnapshot
from vger_guide.forge.issues import MAX_BODY
from vger_guide.portfolio.history import extend_history
from vger_guide.portfolio.issues import draft_issues
from vger_guide.portfolio.load import LoadedPortfolio
from vger_guide.portfolio.models import Limits
from vger_guide.portfolio.overview import Overview
from vger_guide.portfolio.record import FACTS
from vger_guide.portfolio.repositories import Repository
from vger_guide.portfolio.run import Member

pytestmark = pytest.mark.slow

TOKEN = "ghp_" + "a1B2" * 9
KEY = "AKIA" + "Z3MWDVBNGT4KQJH2"
RUN = ("portfolio", "run", "portfolio.yml", "--jobs", "1")
ISSUE = ("portfolio", "issue", "portfolio.yml", "--forge", "github:acme/plans")
QUICK = {"vger_guide.forge.retry.PAUSE": 0.01, "vger_guide.portfolio.issues.PAUSE": 0.0}
HOSTILE = "@ada #1 `a|<b>|` <img src=x> --> ![](https://evil.example/x)"
WAIVED = f"""\
waivers:
  - rule: VER006
    owner: "Grace"
    reason: "The key is {KEY}, see `a|b`."
    until: "2099-12-31"
"""
PORTFOLIO = """\
title: Northwind
repositories:
  - list: retail.csv
  - {path: clean, unit: Quiet}
  - {path: gone, unit: Lost}
"""


class Forge:
    """A repository at GitHub with issues, which keeps what is written to it and counts that."""

    def __init__(self, server: GitHub) -> None:
        self.server = server
        self.issues: list[dict[str, Any]] = []
        self.writes: list[str] = []
        self.refusals: list[gh.Answer] = []
        self.about: dict[str, Any] = {"full_name": "acme/plans", "private": True, "has_issues": True}
        server.answers["/repos/acme/plans"] = lambda handler: says(self.about)(handler)
        server.answers["/repos/acme/plans/issues"] = self._answer_list

    def _answer_list(self, handler: BaseHTTPRequestHandler) -> None:
        if handler.command == "GET":
            number = int(re.findall(r"&page=([0-9]+)", handler.path)[0])
            return says(self.issues[30 * (number - 1) : 30 * number])(handler)
        data = _read(handler)
        if self.refusals:
            return self.refusals.pop()(handler)
        return self._write(self.add(**data), handler, "open")

    def add(self, **data: Any) -> dict[str, Any]:
        """Have an issue, as if somebody had opened it."""
        number = len(self.issues) + 1
        issue = {"number": number, "state": "open", "html_url": f"https://github.example/i/{number}", **data}
        self.issues.append(issue)
        self.server.answers[f"/repos/acme/plans/issues/{number}"] = self._answer_one(issue)
        return issue

    def _answer_one(self, issue: dict[str, Any]) -> gh.Answer:
        def answer(handler: BaseHTTPRequestHandler) -> None:
            assert handler.command == "PATCH"
            issue.update(_read(handler))
            self._write(issue, handler, "update")

        return answer

    def _write(self, issue: dict[str, Any], handler: BaseHTTPRequestHandler, what: str) -> None:
        self.writes.append(f"{what} {issue['number']}")
        issue["body"] = issue["body"].replace("\n", "\r\n").strip()  # as GitHub may give it back
        says(issue, 201)(handler)


def _read(handler: BaseHTTPRequestHandler) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(handler.rfile.read(int(handler.headers["Content-Length"])))
    return data


@pytest.fixture
def forge() -> Iterator[Forge]:
    """Return a private repository with issues."""
    with gh.github() as server:
        yield Forge(server)


@pytest.fixture(scope="session")
def checked(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Path:
    """Return the folder of a portfolio with three units, one of them quiet and one lost, after a run."""
    folder = tmp_path_factory.mktemp("units")
    for name in ("shop", "till"):
        scratch = Scratch(folder / name)
        scratch.write("node_modules/left-pad/package.json", "{}\n")
        scratch.write(".vger.yml", WAIVED if name == "till" else "profile: api\n")
        scratch.commit("Sell things")
    quiet = Scratch(folder / "clean")
    quiet.write(".vger.yml", "only: [VER006]\n")
    quiet.commit("Rest")
    (folder / "portfolio.yml").write_text(PORTFOLIO, encoding="utf-8")
    lines = ["repository,unit,owner", "shop,Retail <b>,Ada", f"till,Retail <b>,{HOSTILE}"]
    (folder / "retail.csv").write_text("\n".join(lines), encoding="utf-8")
    assert Vger(folder, cache)(*RUN).returncode == 1
    return folder


@pytest.fixture
def ask(checked: Path, cache: Path, forge: Forge) -> Callable[..., "subprocess.CompletedProcess[str]"]:
    """Return the command about these issues, with a token."""

    def call(*more: str, token: str = TOKEN) -> "subprocess.CompletedProcess[str]":
        variables = {"GITHUB_API_URL": forge.server.address, "GH_TOKEN": token, "GITHUB_TOKEN": ""}
        done = Vger(checked, cache)(*ISSUE, *more, variables=variables, constants=QUICK)
        assert TOKEN not in done.stdout + done.stderr
        return done

    return call


Ask = Callable[..., "subprocess.CompletedProcess[str]"]


def test_an_issue_is_opened_once_and_written_only_when_the_state_has_changed(ask: Ask, forge: Forge) -> None:
    for number in range(31):
        forge.add(title="Northwind: architecture rules in Lost", body=f"Same title, no mark {number}")
    forge.add(title="A pull request", body="", pull_request={})
    forge.add(title="No text", body=None)
    first = ask()
    assert (first.returncode, first.stderr) == (0, "")
    assert first.stdout.splitlines() == [
        "Retail <b>: opened #34 https://github.example/i/34",
        "Lost: opened #35 https://github.example/i/35",
        "Quiet: nothing fails and there is no issue",
    ]
    again = ask().stdout.splitlines()
    assert again[:2] == [
        "Retail <b>: unchanged #34 https://github.example/i/34",
        "Lost: unchanged #35 https://github.example/i/35",
    ]
    assert forge.writes == ["open 34", "open 35"]
    forge.issues[33].update(title="Renamed", state="closed", body=f"Overwritten\n{forge.issues[33]['body'][-60:]}")
    said = ask("--unit", "retail <b>").stdout
    assert said == "Retail <b>: updated #34, closed https://github.example/i/34\n"
    assert forge.writes[2:] == ["update 34"]
    assert forge.issues[33]["title"] == "Renamed", "people's own title and state stay"


def test_the_text_of_an_issue_does_nothing_and_shows_no_secret(ask: Ask, forge: Forge) -> None:
    ask("--unit", "retail <b>")
    [issue] = forge.issues
    body = issue["body"]
    assert issue["title"] == "Northwind: architecture rules in Retail <b>"
    assert KEY not in body and TOKEN not in body
    assert not re.search(r"20[0-9]{2}-[0-9]{2}-[0-9]{2}(?!\)| \((current|ending|expired)\))", body), "no day of the run"
    page = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(body)
    tags = set(re.findall(r"<(!--|[a-z0-9]+)", page))
    assert tags == {"p", "strong", "h2", "table", "thead", "tbody", "tr", "th", "td", "a", "code", "!--"}, page
    assert page.count("<!--") == 1, "only the mark"
    assert set(re.findall(r'href="https?://([^/]+)/', page)) == {"vger-guide.example"}
    assert "@ada" not in page and "#1" not in page
    assert "a|&lt;b&gt;|" in page and "shop" in page and "Grace" in page
    assert "AKIA…" in page


def test_a_dry_run_writes_nothing_and_needs_no_token(ask: Ask, forge: Forge) -> None:
    told = ask("--dry-run")
    assert told.returncode == 0
    assert "Lost: would open 'Northwind: architecture rules in Lost' in acme/plans:\n\nLost: 1 rep" in told.stdout
    ask("--unit", "Lost")
    said = ask("--dry-run").stdout
    assert "Lost: unchanged #1 https://github.example/i/1\n" in said
    assert forge.writes == ["open 1"]
    asked = len(forge.server.asked)
    alone = ask("--dry-run", "--unit", "Lost", token="")
    assert alone.stdout.startswith("Without a token acme/plans was not asked")
    assert (alone.returncode, len(forge.server.asked)) == (0, asked)


def test_a_long_list_is_cut_to_what_github_takes() -> None:
    facts = dict.fromkeys(FACTS, "@#$" * 60) | {"level": "must", "severity": "high"}
    rules = [{"facts": {**facts, "id": f"R{number}"}} for number in range(100)]
    result = {"status": "checked", "at": "2026-11-28T10:00:00Z", "outcomes": {f"R{n}": "fail" for n in range(100)}}
    kept = {"result": result, "history": extend_history([], result)}
    members = [Member(Repository("@#$" * 60, f"place-{number}"), kept) for number in range(100)]
    empty: dict[str, Any] = {
        key: {} for key in ("site", "profiles", "stages", "workloads", "signs", "evidence", "meanings")
    }
    rule_set = RuleSetSnapshot({**empty, "edition": "next", "rules": rules})
    portfolio = LoadedPortfolio(Path("portfolio.yml"), "Ours", Limits(), ())
    [draft] = draft_issues(Overview(portfolio, members, rule_set, date(2026, 11, 28)), "", {})
    assert 20_000 < len(draft.body) < MAX_BODY
    assert len(re.findall(r"^And 9[0-9] more: see the pages", draft.body, re.MULTILINE)) == 2


@pytest.mark.parametrize(
    ("about", "expected"),
    [
        ({"private": False}, "acme/plans is public, and the results name weaknesses"),
        ({"has_issues": False}, "acme/plans has no issues; turn them on"),
    ],
    ids=["public", "without issues"],
)
def test_an_unfit_repository_is_refused(about: dict[str, Any], expected: str, ask: Ask, forge: Forge) -> None:
    forge.about |= about
    _is_refused(ask(), expected)
    assert forge.writes == []


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (says({"message": "Bad credentials"}, 401), "needs a valid token: Bad credentials"),
        (
            says(gh.FORBIDDEN, 403),
            "may not write issues in acme/plans: Resource not accessible by integration; a fine",
        ),
        (says(gh.NOT_FOUND, 404), "may not write issues in acme/plans: Not Found; a fine-grained token needs"),
        (says({"message": "Issues are disabled"}, 410), "answered 410: Issues are disabled"),
        (
            says({"message": "Slow down"}, 429, Retry_After="1800"),
            "refuses further requests for now: Slow down; rep",
        ),
        (says({"message": "Down"}, 502), "answered 502: Down; repeat the command: it finds what was written"),
    ],
    ids=["revoked", "forbidden", "hidden", "gone", "rate limit", "down"],
)
def test_what_cannot_be_written_ends_in_a_line(answer: gh.Answer, expected: str, ask: Ask, forge: Forge) -> None:
    forge.refusals = [answer]
    _is_refused(ask(), expected)
    assert forge.writes == []


def test_a_busy_server_is_asked_again_and_without_a_token_nothing_is_written(ask: Ask, forge: Forge) -> None:
    forge.refusals = [says({"message": "Slow down"}, 429, Retry_After="0"), says({"message": "rate limit"}, 403)]
    assert ask("--unit", "Lost").returncode == 0
    assert forge.writes == ["open 1"]
    _is_refused(ask(token=""), "writing an issue needs a token in GH_TOKEN or GITHUB_TOKEN")
    _is_refused(ask("--forge", "gitlab:acme/plans"), "is no repository at GitHub; write it as in github:OWNER/NAME")
    _is_refused(ask("--unit", "Lots"), "did you mean Lost")


def _is_refused(done: "subprocess.CompletedProcess[str]", expected: str) -> None:
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1), done
    assert expected in done.stderr
