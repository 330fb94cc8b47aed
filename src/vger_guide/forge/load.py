"""What `--forge` gives: the settings of the hosting service, from GitHub or out of a file."""

from pathlib import Path
from typing import Any

from vger_guide.errors import UserError
from vger_guide.forge.alerts import GITHUB
from vger_guide.forge.github import fetch_settings
from vger_guide.forge.settings import HostingSettings, is_unprotected
from vger_guide.matchers.formats.json import parse
from vger_guide.repo.tree import MAX_BYTES, UnreadableFileError
from vger_guide.text.file_read import read_regular

# What GitHub answers with, by the parts that it is asked for.
ANSWERS: dict[str, type] = {"repository": dict, "branch": dict, "rules": list, "protection": dict, "organisation": dict}


SECURITY_HIDDEN = (
    "GitHub shows the settings of security only to administrators of the repository and to security managers"
)


OWNERS_ONLY = "GitHub shows the settings of an organisation only to its owners, by a token with the right admin:org"


def load_hosting_settings(source: str) -> HostingSettings:
    """Return the settings that `github`, `github:OWNER/NAME` or the path of a JSON file stands for.

    A file has what GitHub's REST API answers under the keys of ANSWERS, any of them. Raises UserError.
    """
    host, _, name = source.partition(":")
    if host == GITHUB:
        whose, answers, missing = fetch_settings(name)
        return _settings(whose, answers, missing)
    return _settings(source, _read(Path(source)), {})


def _read(path: Path) -> dict[str, Any]:
    """Return the answers in a file. Raises UserError, and OSError where it cannot be read."""
    try:
        [answers] = parse(read_regular(path, MAX_BYTES).decode(errors="replace")).roots
    except UnreadableFileError as why:
        raise UserError(f"{path} {why}") from None
    if not isinstance(answers, dict) or not set(answers) <= set(ANSWERS):
        raise UserError(f"{path}: write GitHub's answers under the keys {', '.join(ANSWERS)}, and no others")
    return answers


def _settings(whose: str, answers: dict[str, Any], missing: dict[str, str]) -> HostingSettings:
    """Return the settings that answers make: two parts of them are said in others."""
    for part, answer in answers.items():
        if not isinstance(answer, ANSWERS[part]):
            raise UserError(f"{whose}: '{part}' is not an answer from GitHub")
    parts, missing = dict(answers), dict(missing)
    if security := answers.get("repository", {}).get("security_and_analysis"):
        parts["security"] = security
    elif "repository" in answers:
        missing["security"] = SECURITY_HIDDEN
    if answers.get("organisation", {}).get("two_factor_requirement_enabled") is None:
        parts.pop("organisation", None)
        missing.setdefault("organisation", OWNERS_ONLY)
    if is_unprotected(answers.get("branch", {})):
        parts["protection"] = {}
    return HostingSettings(whose, parts, missing)
