"""GitHub as the hosting service: what is asked of its REST API, and with which token.

What it answers, and whom, is said in https://docs.github.com/en/rest?apiVersion=2022-11-28.
"""

import os
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from vger_guide.errors import UserError
from vger_guide.forge.client import AccessDeniedError, Api
from vger_guide.forge.settings import is_unprotected

PUBLIC = "https://api.github.com"
# In the order of GitHub's own command line.
TOKENS = ("GH_TOKEN", "GITHUB_TOKEN")

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}/(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}")


def fetch_settings(name: str) -> tuple[str, dict[str, Any], dict[str, str]]:
    """Return whose settings they are, GitHub's answers by part, and why others are missing.

    `name` is OWNER/NAME; if it is empty, GITHUB_REPOSITORY has it, as in a workflow. GITHUB_API_URL names another
    server than the public one, and GH_TOKEN or GITHUB_TOKEN hold a token. Raises UserError.
    """
    name = find_name(name)
    api = Api(os.environ.get("GITHUB_API_URL") or PUBLIC, make_headers())
    try:
        repository = api.table(f"/repos/{name}")
    except AccessDeniedError as why:
        raise UserError(f"GitHub shows no repository {name}: {why}; a private one needs GITHUB_TOKEN") from None
    branch = quote(str(repository.get("default_branch")), safe="")
    answers, missing = _about_branch(api, f"/repos/{name}", branch)
    answers |= _about_owner(api, repository.get("owner"))
    return f"{name} at {api.host}", {"repository": repository, **answers}, missing


def _about_branch(api: Api, path: str, branch: str) -> tuple[dict[str, Any], dict[str, str]]:
    answers: dict[str, Any] = {}
    missing = {}
    questions: dict[str, Callable[[], Any]] = {
        "branch": lambda: api.table(f"{path}/branches/{branch}"),
        "rules": lambda: api.rows(f"{path}/rules/branches/{branch}"),
        "protection": lambda: _protection(api, f"{path}/branches/{branch}/protection", answers.get("branch", {})),
    }
    for part, question in questions.items():
        try:
            answers[part] = question()
        except AccessDeniedError as why:
            missing[part] = f"GitHub does not show the {part} of the main branch, perhaps not to this token: {why}"
    return answers, missing


def _about_owner(api: Api, owner: Any) -> dict[str, Any]:
    """Return what GitHub tells of the organisation that owns a repository; nothing of a person, or where it refuses."""
    if not isinstance(owner, dict) or owner.get("type") != "Organization":
        return {}
    try:
        return {"organisation": api.table(f"/orgs/{quote(str(owner.get('login')), safe='')}")}
    except AccessDeniedError:
        return {}


def _protection(api: Api, path: str, branch: dict[str, Any]) -> dict[str, Any]:
    """Return the protection of a branch; only administrators are told, so it is asked for where there may be one."""
    if is_unprotected(branch):
        return {}
    try:
        return api.table(path)
    except AccessDeniedError as why:
        if str(why) == "Branch not protected":
            return {}
        raise


def find_name(name: str, option: str = "--forge") -> str:
    """Return OWNER/NAME, which GITHUB_REPOSITORY holds where it is not given. Raises UserError for anything else."""
    name = name or os.environ.get("GITHUB_REPOSITORY", "")
    if not _NAME.fullmatch(name):
        raise UserError(f"name the repository, as in {option} github:OWNER/NAME")
    return name


def find_token() -> str:
    """Return the token that the environment holds, or nothing."""
    return next(filter(None, (os.environ.get(name, "").strip() for name in TOKENS)), "")


def make_headers() -> dict[str, str]:
    """Return the headers that GitHub is asked with, a token among them where there is one. Raises UserError."""
    headers = {"Accept": "application/vnd.github+json", "X-GitHub-Api-Version": "2022-11-28"}
    token = find_token()
    if not re.fullmatch(r"[!-~]*", token):
        raise UserError(f"{' or '.join(TOKENS)} contains a character that no token has, such as a space")
    return {**headers, "Authorization": f"Bearer {token}"} if token else headers
