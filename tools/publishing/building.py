"""Builds a branch as the version that it is: strictly, under its own addresses, with selector and banner."""

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

from tools.publishing.naming import is_edition, version_of
from vger_guide.catalog.editions import NEXT

BASE = "https://vger-guide.example/"


def base_address() -> str:
    """Return the address above all versions, with a slash at its end; SITE_URL names another than the placeholder."""
    return os.environ.get("SITE_URL", BASE).rstrip("/") + "/"


def build(root: Path, site: Path, branch: str) -> int:
    """Build the clone in `root` into `site`, and return the exit code. Raises ValueError for no branch of the guide."""
    version = version_of(branch)
    env = {
        "PYTHONPATH": os.pathsep.join([str(root / "src"), str(root)]),
        "SITE_URL": f"{base_address()}{version.name}/",
        "EDIT_URI": f"edit/{quote(branch)}/docs/",
        "GUIDE_EDITION": version.name if is_edition(version.name) else NEXT,
        "VERSIONS": "mike",
        "VERSION_TITLE": version.title,
    }
    command = [sys.executable, "-m", "tools.site", str(site)]
    return subprocess.run(command, cwd=root, env={**os.environ, **env}).returncode
