"""Builds a branch as the version that it is: strictly, under its own addresses, with selector and banner."""

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

from tools.publishing.frozen import ask_frozen
from tools.publishing.names import is_edition, version_of
from tools.publishing.remote import PublishError
from vger_guide.records.problems import CatalogError

BASE = "https://vger-guide.example/"


def base_address() -> str:
    """Return the address above all versions, with a slash at its end; SITE_URL names another than the placeholder."""
    return (os.environ.get("SITE_URL") or BASE).rstrip("/") + "/"


def public_address() -> str:
    """Return the same for what is published, which is nothing below the placeholder. Raises PublishError."""
    ask_set("SITE_URL", "the address above all versions, such as https://someone.github.io/guide")
    return base_address()


def ask_set(variable: str, meaning: str) -> None:
    """Raise PublishError where a variable of the environment is not set."""
    if not os.environ.get(variable):
        raise PublishError(f"{variable} is not set; it is {meaning}")


def build(root: Path, site: Path, branch: str) -> int:
    """Build the clone in `root` into `site`, and return the exit code; an edition is built only as it was frozen.

    Raises UnknownVersionError for no branch of the guide.
    """
    version = version_of(branch)
    if is_edition(version.name):
        try:
            ask_frozen(root / "checklists", version.name)
        except (PublishError, CatalogError) as error:
            print(error, file=sys.stderr)
            return 1
    env = {
        "PYTHONPATH": os.pathsep.join([str(root / "src"), str(root)]),
        "SITE_URL": f"{base_address()}{version.name}/",
        "EDIT_URI": f"edit/{quote(branch)}/docs/",
        "VERSIONS": "mike",
        "VERSION_TITLE": version.title,
    }
    command = [sys.executable, "-m", "tools.site", str(site)]
    return subprocess.run(command, cwd=root, env={**os.environ, **env}).returncode
