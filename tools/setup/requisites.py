"""What a machine must have before anything is installed, and what to do where it has not."""

import importlib.util
import re
import shutil
import sys
import tomllib
from pathlib import Path

from tools.setup import SetupError

Version = tuple[int, int]


def check(root: Path, whole: bool) -> None:
    """Raise SetupError where the venv module is missing, or git where it is needed: in a clone, and by the tests."""
    if not all(map(importlib.util.find_spec, ("venv", "ensurepip"))):
        raise SetupError(
            f"{sys.executable} has no venv module; Debian and Ubuntu keep it apart: apt install "
            f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
        )
    if not shutil.which("git") and (whole or (root / ".git").exists()):
        raise SetupError("git is not found; install it (Debian and Ubuntu: apt install git), and run this again")


def remark(root: Path, version: Version = sys.version_info[:2]) -> str:
    """Return a line on a Python that is newer than those the project is tested with, or nothing."""
    tested = tested_versions(root)
    if version <= tested[-1]:
        return ""
    first, last = ("{}.{}".format(*each) for each in (tested[0], tested[-1]))
    return (
        f"Python {version[0]}.{version[1]} is newer than those tested, {first} to {last}, and is tried all the same; "
        f"where it fails, name another: make PYTHON=python{last}"
    )


def tested_versions(root: Path) -> list[Version]:
    """Return the Pythons that pyproject.toml says the project is tested with, the oldest first."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    found = (re.fullmatch(r"Programming Language :: Python :: (\d+)\.(\d+)", each) for each in project["classifiers"])
    return sorted((int(each[1]), int(each[2])) for each in found if each)
