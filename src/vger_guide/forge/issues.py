"""The issues of a repository at GitHub: found by a mark in their text, opened and updated.

https://docs.github.com/en/rest/issues/issues?apiVersion=2022-11-28
"""

import os
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from vger_guide.errors import UserError
from vger_guide.forge.client import AccessDeniedError, Api, BusyError, RateLimitError
from vger_guide.forge.github import PUBLIC, TOKENS, find_name, find_token, make_headers
from vger_guide.forge.retry import ask_patiently

# A page of the longest issues is short enough to be read.
PAGE = 30
MAX_PAGES = 200
# What GitHub takes as the text of an issue, in characters.
MAX_BODY = 65_536
RIGHT = "a fine-grained token needs the permission 'Issues: Read and write', a classic one 'repo'"
MARK = re.compile(r"^<!-- vger portfolio ([0-9a-f]{32}) -->\s*$", re.MULTILINE)


@dataclass(frozen=True)
class Issue:
    """An issue with its text, and where people see it."""

    number: int
    body: str
    address: str
    is_open: bool


def format_mark(digest: str) -> str:
    """Return the line of an issue's text by which it is found again; readers do not see it."""
    return f"<!-- vger portfolio {digest} -->"


class IssueTracker:
    """The issues of one private repository."""

    def __init__(self, name: str) -> None:
        """Take OWNER/NAME, or nothing for that in GITHUB_REPOSITORY. Raises UserError where it is not to be used."""
        asked = find_name(name)
        self._api = Api(os.environ.get("GITHUB_API_URL") or PUBLIC, make_headers())
        try:
            repository = ask_patiently(lambda: self._api.table(f"/repos/{asked}"))
        except AccessDeniedError as why:
            raise UserError(f"GitHub shows no repository {asked}: {why}; a private one needs {TOKENS[0]}") from None
        self.name = find_name(str(repository.get("full_name")))  # writing does not follow to a new name
        if repository.get("private") is not True:
            raise UserError(
                f"{self.name} is public, and the results name weaknesses of repositories; name a private one"
            )
        if repository.get("has_issues") is False:
            raise UserError(f"{self.name} has no issues; turn them on in its settings, under Features")

    def find_marked(self) -> dict[str, Issue]:
        """Return the issues with a mark by their digests, closed ones too; of several the oldest. Raises UserError."""
        found: dict[str, Issue] = {}
        for number in range(1, MAX_PAGES + 1):
            path = f"/repos/{self.name}/issues?state=all&sort=created&direction=asc&per_page={PAGE}&page={number}"
            rows = self._list(path)
            for row in rows:
                if mark := MARK.search(_body_of(row)):
                    found.setdefault(mark[1], self._read(row))
            if len(rows) < PAGE:
                return found
        raise UserError(f"{self.name} has more than {PAGE * MAX_PAGES:,} issues; name a repository with fewer")

    def _list(self, path: str) -> list[Any]:
        try:
            rows, _ = ask_patiently(lambda: self._api.changed_rows(path, ""))
        except AccessDeniedError as why:
            raise UserError(f"GitHub does not show the issues of {self.name}: {why}; {RIGHT}") from None
        return rows or []

    def open_issue(self, title: str, body: str) -> Issue:
        """Open an issue. Raises UserError."""
        return self._send("POST", f"/repos/{self.name}/issues", {"title": title, "body": body})

    def update_issue(self, number: int, body: str) -> Issue:
        """Replace the text of an issue; its title and state stay as people left them. Raises UserError."""
        return self._send("PATCH", f"/repos/{self.name}/issues/{number}", {"body": body})

    def _send(self, method: str, path: str, data: dict[str, Any]) -> Issue:
        """Write. Only what the server certainly did not do is tried again: an issue is opened once."""
        if not find_token():
            raise UserError(f"writing an issue needs a token in {' or '.join(TOKENS)}; {RIGHT}")
        try:
            return self._read(ask_patiently(lambda: self._api.send(method, path, data), RateLimitError))
        except AccessDeniedError as why:
            raise UserError(f"this token may not write issues in {self.name}: {why}; {RIGHT}") from None
        except BusyError as error:
            raise UserError(f"{error.message}; repeat the command: it finds what was written") from None

    def _read(self, row: Any) -> Issue:
        """Return what is told of an issue. Raises UserError where it is not told as it should be."""
        number = str(row.get("number")) if isinstance(row, dict) else ""
        if not re.fullmatch(r"[0-9]{1,12}", number):
            raise UserError(f"GitHub gave no issue of {self.name} where there should be one; check GITHUB_API_URL")
        address = str(row.get("html_url") or "")
        shown = address if urlsplit(address).scheme == "https" and address.isprintable() else ""
        return Issue(int(number), _body_of(row), shown[:400], row.get("state") != "closed")


def _body_of(row: Any) -> str:
    """Return the text of an issue; nothing of a pull request, which is among them."""
    if not isinstance(row, dict) or "pull_request" in row:
        return ""
    return str(row.get("body") or "").replace("\r\n", "\n")
