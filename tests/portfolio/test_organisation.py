"""An organisation is listed page by page, filtered, asked for changes only, and never with its token shown."""

import subprocess
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from tests.cli import github_server as gh
from tests.cli.github_server import GitHub, says, sends
from tests.cli.vger_process import Vger

pytestmark = pytest.mark.slow

TOKEN = "ghp_" + "a1B2" * 9
RUN = ("portfolio", "run", "portfolio.yml", "--jobs", "1")
QUICK = {"vger_guide.forge.retry.PAUSE": 0.01}
PORTFOLIO = """\
title: Acme
repositories:
  - organisation: acme
    language: python
    topics: [shop]
    pushed_since: "2026-01-01"
    skip: ["old-*"]
"""


def _row(name: str, **other: Any) -> dict[str, Any]:
    row = {"name": name, "clone_url": f"https://127.0.0.1:1/acme/{name}.git", "archived": False, "fork": False}
    return {**row, "topics": ["shop"], "language": "Python", "pushed_at": "2026-11-01T10:00:00Z", **other}


WANTED = [_row("till"), _row("orders", topics=["data", "shop"], language="PYTHON")]
LEFT_OUT = [
    _row("attic", archived=True),
    _row("copy", fork=True),
    _row("other", topics=[]),
    _row("page", language="HTML"),
    _row("stale", pushed_at="2025-12-31T23:59:59Z"),
    _row("empty", pushed_at=None),
    _row("old-till"),
]
FULL = [*LEFT_OUT, *(_row(f"old-{number}") for number in range(100 - len(LEFT_OUT)))]


@pytest.fixture
def github(tmp_path: Path) -> Iterator[GitHub]:
    """Return a server with two pages of repositories, each with a mark, which is busy at first."""
    (tmp_path / "portfolio.yml").write_text(PORTFOLIO, encoding="utf-8")
    busy = [says({"message": "Bad gateway"}, 502), says({"message": "Slow down"}, 429, Retry_After="0")]

    def answer(handler: BaseHTTPRequestHandler) -> None:
        first = "&page=1" in handler.path
        if busy:
            busy.pop()(handler)
        elif handler.headers["If-None-Match"] == f'"{first}"':
            sends(b"", 304)(handler)
        else:
            says(FULL if first else WANTED, ETag=f'"{first}"')(handler)

    with gh.github() as server:
        server.answers["/orgs/acme/repos"] = answer
        yield server


def _run(vger: Vger, github: GitHub) -> "subprocess.CompletedProcess[str]":
    variables = {"GITHUB_API_URL": github.address, "GH_TOKEN": TOKEN}
    return vger(*RUN, variables=variables, constants=QUICK)


def test_an_organisation_is_listed_filtered_and_asked_for_changes_only(
    github: GitHub, vger: Vger, tmp_path: Path
) -> None:
    done = _run(vger, github)
    assert done.returncode == 1, "the addresses lead nowhere"
    assert [line.split()[0] for line in done.stdout.splitlines() if "could not be checked (" in line] == [
        "orders",
        "till",
    ]
    assert [path.partition("?")[2] for path, _ in github.asked[2:]] == ["per_page=100&page=1", "per_page=100&page=2"]
    github.asked.clear()
    _run(vger, github)
    assert [headers["If-None-Match"] for _, headers in github.asked] == ['"True"', '"False"']
    assert {headers["Authorization"] for _, headers in github.asked} == {f"Bearer {TOKEN}"}
    written = [path for path in (tmp_path / "portfolio-results").rglob("*") if path.is_file()]
    assert not any(TOKEN.encode() in path.read_bytes() for path in written)
    assert "till" in "\n".join(vger.lines("portfolio", "report", "portfolio.yml")), "which asks nobody"


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (says(gh.NOT_FOUND, 404), "GitHub shows no organisation acme: Not Found; a private one needs GH_TOKEN"),
        (says({"message": "Protected by SAML"}, 403), "GitHub shows no organisation acme: Protected by SAML"),
        (says({"message": "API rate limit exceeded"}, 403, Retry_After="1800"), "repeat the command in 30 min"),
        (says({"message": "Down"}, 503), "answered 503: Down; repeat the command"),
        (says([{"name": "../../etc"}]), "gave a list of repositories that is none"),
        (says([_row("till", clone_url="file:///etc")]), "gave no address over https for till"),
    ],
    ids=["not found", "refused", "rate limit", "down", "hostile name", "hostile address"],
)
def test_an_organisation_that_cannot_be_listed_ends_in_a_line(
    answer: gh.Answer, expected: str, github: GitHub, vger: Vger, tmp_path: Path
) -> None:
    github.answers["/orgs/acme/repos"] = answer
    text = "title: Acme\nrepositories: [{organisation: acme}]\n"
    (tmp_path / "portfolio.yml").write_text(text, encoding="utf-8")
    done = _run(vger, github)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert expected in done.stderr
    assert not (tmp_path / "portfolio-results" / "site").exists()
