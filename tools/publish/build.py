"""Builds a branch as the version that it is: strictly, under its own addresses, with selector and banner.

An edition's branch holds what was frozen, and nothing that changed since.
"""

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

from tools.publish.branches import PublishError, is_edition, version_of
from vger_guide.catalog.editions import NEXT
from vger_guide.catalog.loader import load
from vger_guide.editions.compare import compare
from vger_guide.records.problems import CatalogError


def ask_frozen(checklists: Path, edition: str) -> None:
    """Raise PublishError where the records are not those of the frozen edition; CatalogError for bad data."""
    catalog = load(checklists)
    if edition not in catalog.editions:
        raise PublishError(
            f"checklists/editions/{edition}.json is missing; 'vger editions release {edition}' writes it"
            " before the branch is made"
        )
    if changed := [each.id for each in compare(catalog, edition, NEXT).differences]:
        raise PublishError(
            f"checklists/editions/{edition}.json says something else than the records: {', '.join(changed[:5])};"
            " a frozen edition stays as it is, and what changes is of the next one"
        )


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
