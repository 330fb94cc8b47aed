"""A group at GitLab is listed as an organisation is, by a server that answers as GitLab's documentation says."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from tests.cli import github_server as server
from tests.cli.github_server import Answer, GitHub, says, sends
from tests.cli.vger_process import Vger

pytestmark = pytest.mark.slow

TOKEN = "glpat-" + "a1B2" * 5
RUN = ("portfolio", "run", "portfolio.yml", "--jobs", "1")
LISTED = "/groups/acme%2Fshops/projects"


def _row(path: str, **other: Any) -> dict[str, Any]:
    row = {"path_with_namespace": f"Acme/shops/{path}", "http_url_to_repo": f"https://127.0.0.1:1/acme/{path}.git"}
    return {**row, "archived": False, "topics": ["shop"], "last_activity_at": "2026-11-01T10:00:00.000Z", **other}


ROWS = [
    _row("till"),
    _row("web/till"),
    _row("attic", archived=True),
    _row("copy", forked_from_project={"id": 7}),
    _row("other", topics=[]),
    _row("stale", last_activity_at="2025-12-31T23:59:59.000Z"),
]


@pytest.fixture
def gitlab(tmp_path: Path) -> Iterator[GitHub]:
    """Return a server with a group, and a portfolio that names it beside."""
    source = '{group: acme/shops, topics: [shop], pushed_since: "2026-01-01"}'
    (tmp_path / "portfolio.yml").write_text(f"title: Acme\nrepositories: [{source}]\n", encoding="utf-8")

    def answer(handler: BaseHTTPRequestHandler) -> None:
        is_known = handler.headers["If-None-Match"] == 'W/"1"'
        (sends(b"", 304) if is_known else says(ROWS, ETag='W/"1"'))(handler)

    with server.github() as served:
        served.answers[LISTED] = answer
        yield served


def _variables(gitlab: GitHub) -> dict[str, str]:
    return {"CI_API_V4_URL": gitlab.address, "GITLAB_TOKEN": TOKEN}


def test_a_group_is_listed_filtered_and_asked_for_changes_only(gitlab: GitHub, vger: Vger, tmp_path: Path) -> None:
    done = vger(*RUN, variables=_variables(gitlab))
    assert (done.returncode, done.stderr) == (1, ""), "the addresses lead nowhere"
    missed = [line.split()[0] for line in done.stdout.splitlines() if "could not be checked (" in line]
    assert missed == ["till", "web/till"], "one of a subgroup is told by its path"
    vger(*RUN, variables=_variables(gitlab))
    assert [headers["If-None-Match"] for _, headers in gitlab.asked] == [None, 'W/"1"']
    assert {headers["PRIVATE-TOKEN"] for _, headers in gitlab.asked} == {TOKEN}
    assert "include_subgroups=true" in gitlab.asked[0][0]
    written = [path for path in (tmp_path / "portfolio-results").rglob("*") if path.is_file()]
    assert not any(TOKEN.encode() in path.read_bytes() for path in written)
    assert "till" in "\n".join(vger.lines("portfolio", "report", "portfolio.yml")), "which asks nobody"


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (says({"message": "404 Group Not Found"}, 404), "GitLab shows no group acme/shops: 404 Group Not Found; a"),
        (says({"message": "401 Unauthorized"}, 401), "renew the one in GITLAB_TOKEN"),
        (says({"message": "Too many"}, 429, Retry_After="1800"), "repeat the command in 30 min"),
        (says([_row("../../etc")]), "gave a list of projects that is none; check CI_API_V4_URL"),
        (says([_row("till", path_with_namespace="other/till")]), "gave a list of projects that is none"),
        (says([_row("till", http_url_to_repo="file:///etc")]), "GitLab gave no address over https for till"),
    ],
    ids=["not found", "bad token", "rate limit", "hostile name", "another group", "hostile address"],
)
def test_a_group_that_cannot_be_listed_ends_in_a_line(
    answer: Answer, expected: str, gitlab: GitHub, vger: Vger, tmp_path: Path
) -> None:
    gitlab.answers[LISTED] = answer
    done = vger(*RUN, variables=_variables(gitlab))
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1), done
    assert expected in done.stderr
    assert TOKEN not in done.stderr
    assert not (tmp_path / "portfolio-results" / "site").exists()
