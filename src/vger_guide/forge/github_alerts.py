"""The alerts of code scanning and of Dependabot, from GitHub's REST API.

https://docs.github.com/en/rest/code-scanning/code-scanning?apiVersion=2022-11-28
https://docs.github.com/en/rest/dependabot/alerts?apiVersion=2022-11-28
"""

import os
from functools import partial
from typing import Any, NamedTuple

from vger_guide.forge.alerts import GITHUB, Alerts
from vger_guide.forge.client import AccessDeniedError, Api
from vger_guide.forge.github import PUBLIC, TOKENS, find_name, find_token, make_headers
from vger_guide.forge.retry import ask_patiently

# Alerts of a page, short enough to be read, and pages that are read.
PAGE = 50
MAX_PAGES = 100

RIGHTS = (
    "a fine-grained token needs the permissions 'Code scanning alerts: Read' and 'Dependabot alerts: Read', a classic "
    "one 'security_events'"
)


class _Service(NamedTuple):
    title: str
    path: str
    states: tuple[str, ...]


# What somebody dismissed in code scanning is told as suppressed; of Dependabot only the number of open alerts is.
SERVICES = {
    "code-scanning": _Service("GitHub code scanning", "code-scanning/alerts", ("open", "dismissed")),
    "dependabot": _Service("Dependabot", "dependabot/alerts", ("open",)),
}


def fetch_alerts(source: str) -> Alerts:
    """Return the alerts of `github:OWNER/NAME`, or of the repository that GITHUB_REPOSITORY names.

    What this token is not shown, or what is turned off, is said in the notices. Raises UserError.
    """
    name = find_name(source.partition(":")[2], "--evidence")
    whose = f"{GITHUB}:{name}"
    if not find_token():
        why = f"it needs a token in {' or '.join(TOKENS)}; {RIGHTS}"
        return Alerts(whose, notices=tuple(_unavailable(each, whose, why) for each in SERVICES.values()))
    api = Api(os.environ.get("GITHUB_API_URL") or PUBLIC, make_headers())
    answers: dict[str, list[Any]] = {}
    notices: list[str] = []
    for kind, service in SERVICES.items():
        try:
            answers[kind] = _fetch(api, name, service, notices)
        except AccessDeniedError as why:
            notices.append(_unavailable(service, whose, f"GitHub says: {str(why).rstrip('.')}; {RIGHTS}"))
    return Alerts(whose, answers, tuple(notices))


def _fetch(api: Api, name: str, service: _Service, notices: list[str]) -> list[Any]:
    """Return the alerts in the states that count. Raises UserError and AccessDeniedError."""
    rows: list[Any] = []
    for state in service.states:
        found, is_cut = _fetch_pages(api, f"/repos/{name}/{service.path}?state={state}&per_page={PAGE}")
        rows += found
        if is_cut:
            notices.append(f"{service.title} has more than {len(found):,} alerts that are {state}; no more were read.")
    return rows


def _fetch_pages(api: Api, path: str) -> tuple[list[Any], bool]:
    """Return the rows of the pages that lead on to each other, and whether there are more than are read."""
    rows: list[Any] = []
    for _ in range(MAX_PAGES):
        page = ask_patiently(partial(api.page, path))
        rows += map(_keep, page.rows)
        if not page.following:
            return rows, False
        path = page.following
    return rows, True


def _keep(row: Any) -> dict[str, Any]:
    """Return what is read of an alert; the help on a rule and the text of an advisory are many times as long."""
    if not isinstance(row, dict):
        return {}
    rule = row.get("rule")
    of_rule = {key: rule.get(key) for key in ("id", "tags")} if isinstance(rule, dict) else {}
    return {**{key: row.get(key) for key in ("state", "tool", "most_recent_instance")}, "rule": of_rule}


def _unavailable(service: _Service, whose: str, why: str) -> str:
    return f"Evidence of {service.title} in {whose} is unavailable: {why}."
