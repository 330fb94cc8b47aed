"""The projects of a group at GitLab and of its subgroups, page by page, without asking for what has not changed.

https://docs.gitlab.com/api/groups/#list-projects
"""

import os
import re
from collections.abc import Sequence
from functools import partial
from typing import Any
from urllib.parse import quote

from vger_guide.errors import UserError
from vger_guide.forge.client import AccessDeniedError, Api, GivenBy
from vger_guide.forge.organisation import WORDS, HostedRepository, Page, walk_pages

PUBLIC = "https://gitlab.com/api/v4"
# The first is set in a pipeline of GitLab; the second is that of GitLab's own command line.
GIVEN_BY = GivenBy("CI_API_V4_URL", "GITLAB_TOKEN")
RIGHT = "a private one needs GITLAB_TOKEN, with the scope read_api"

_PART = r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,98}[A-Za-z0-9_-])?"
NAME = rf"{_PART}(?:/{_PART}){{0,20}}"


def find_token() -> str:
    """Return the token that the environment holds, or nothing."""
    return os.environ.get(GIVEN_BY.token, "").strip()


def fetch_group_pages(group: str, known: Sequence[Page]) -> list[Page]:
    """Return the pages of the list of a group; `known` are those of the last time.

    Raises UserError where there is no good answer.
    """
    token = find_token()
    if not re.fullmatch(r"[!-~]*", token):
        raise UserError(f"{GIVEN_BY.token} contains a character that no token has, such as a space")
    headers = {"Accept": "application/json", **({"PRIVATE-TOKEN": token} if token else {})}
    api = Api(os.environ.get(GIVEN_BY.address) or PUBLIC, headers, GIVEN_BY)
    path = f"/groups/{quote(group, safe='')}/projects?include_subgroups=true&with_shared=false&order_by=id&sort=asc&"
    try:
        return list(walk_pages(api, path, known, partial(_read, group)))
    except AccessDeniedError as why:
        raise UserError(f"GitLab shows no group {group}: {why}; {RIGHT}") from None


def _read(group: str, row: Any) -> HostedRepository:
    """Return what is kept of a project; its name is the path below the group. Raises UserError where it is none."""
    whole = row.get("path_with_namespace") if isinstance(row, dict) else None
    name = whole[len(group) + 1 :] if isinstance(whole, str) else ""
    if not re.fullmatch(NAME, name) or not str(whole).lower().startswith(f"{group.lower()}/"):
        raise UserError(f"GitLab gave a list of projects that is none; check {GIVEN_BY.address}")
    topics = row.get("topics")
    return HostedRepository(
        name=name,
        address=str(row.get("http_url_to_repo") or "")[: 2 * WORDS],
        archived=bool(row.get("archived")),
        fork=bool(row.get("forked_from_project")),
        topics=[str(each)[:WORDS] for each in topics] if isinstance(topics, list) else [],
        language="",
        pushed=str(row.get("last_activity_at") or "")[:10],
    )
