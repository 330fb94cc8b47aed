"""Copies of the project, to be changed and built: of all of it, or of its programs with a small guide."""

import re
import shutil
import subprocess
from pathlib import Path

from vger_guide.catalog.loader import load
from vger_guide.catalog.rule_pages import render_rule_page

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "tests" / "examples"
# What a site is built by, apart from the words of the guide; the schemas are published with it.
PROGRAMS = ("macros/", "overrides/", "src/", "tools/", "docs/assets/", "checklists/schema/")
FILES = (
    ".gitignore",
    "Makefile",
    "docs/review-offline.js",
    "mkdocs.yml",
    "package-lock.json",
    "package.json",
    "pyproject.toml",
    "requirements.lock",
    "requirements.site.lock",
)
MENU = re.compile(r"^nav:\n(?:  .*\n)+", re.MULTILINE)


def copied_project(folder: Path) -> Path:
    """Copy the project's tracked and new files into a folder, and return it."""
    return _copied(_files(), folder)


def small_project(folder: Path) -> Path:
    """Copy the programs of the project into a folder, with the dozen pages of a small guide, and return it.

    A site of it is built in a third of the time, and by the same programs and settings. So it stands for the guide
    wherever a test asks how a site is built or published, and not what it says.
    """
    _copied([name for name in _files() if name.startswith(PROGRAMS) or name in FILES], folder)
    shutil.copytree(EXAMPLES / "catalog" / "good", folder / "checklists", dirs_exist_ok=True)
    shutil.copytree(EXAMPLES / "guide" / "docs", folder / "docs", dirs_exist_ok=True)
    for rule in load(folder / "checklists").known_rules:
        (folder / "docs" / rule.page).write_text(render_rule_page(rule), encoding="utf-8")
    settings = folder / "mkdocs.yml"
    menu = (EXAMPLES / "guide" / "nav.yml").read_text(encoding="utf-8")
    text, count = MENU.subn(menu, settings.read_text(encoding="utf-8"))
    assert count == 1, "mkdocs.yml has another menu than this expects"
    settings.write_text(text, encoding="utf-8")
    return folder


def _files() -> list[str]:
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def _copied(names: list[str], folder: Path) -> Path:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, folder / name)
    return folder
