"""A scratch repository with a bare remote: this project, with a small guide, on several branches that really differ."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

from tests.editions.catalog_fixtures import begin_anew
from tests.project import small_project
from tests.publishing.workflows import run

# Where the site is said to be; it is served elsewhere, and addresses are taken over.
BASE = "https://guide.example/repo/"
FEATURE = "feature/New-Idea"
BROKEN = "broken"
PUBLISHED = ("main", "edition/2024.06", "edition/2023.09", FEATURE)
KNOWN = {
    "steps.pages.outputs.base_url": BASE.rstrip("/"),
    "needs.build.outputs.address": BASE.rstrip("/"),
    "github.server_url": "https://forge.example",
    "github.repository": "someone/guide",
}


def git(folder: Path, *words: str) -> str:
    """Return what git says in a folder."""
    person = ["-c", "user.name=A Person", "-c", "user.email=person@example.org"]
    done = subprocess.run(["git", *person, *words], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def publish(folder: Path) -> None:
    """Make the remote in a new folder, and publish its branches there, each from a clone of its own."""
    folder.mkdir()
    remote = begin(folder)
    for number, branch in enumerate(PUBLISHED):
        done = deploy(clone(remote, folder / f"clone-{number}", branch), branch)
        assert done.returncode == 0, done.stdout + done.stderr


def begin(folder: Path) -> Path:
    """Make the remote with all its branches, and return it."""
    work = small_project(folder / "work")
    git(folder, "init", "--quiet", "--bare", "--initial-branch=main", "remote.git")
    git(work, "init", "--quiet", "--initial-branch=main")
    git(work, "remote", "add", "origin", "../remote.git")
    _commit(work, "main", "All")
    _edition(work, "2023.09", lambda: add_page(work, "only-old", "Only in the old edition"))
    _edition(work, "2024.06", lambda: _move_page(work))
    add_page(work, "only-next", "Only in the next edition")
    _commit(work, "main", "A page that comes")
    _branch(work, FEATURE, lambda: add_page(work, "idea", "An idea"))
    _branch(work, BROKEN, lambda: add_page(work, "broken", "A page [to nowhere](nowhere.md)"))
    return folder / "remote.git"


def clone(remote: Path, folder: Path, branch: str) -> Path:
    """Clone a branch of the remote into a new folder, as the workflows' checkout does."""
    git(remote, "clone", "--quiet", "--branch", branch, str(remote), str(folder))
    return folder


def deploy(clone: Path, branch: str) -> subprocess.CompletedProcess[str]:
    """Run what the workflow site runs on a push to a branch."""
    return run(clone, "site", ["build", "publish"], {**KNOWN, "github.ref_name": branch})


def versions(remote: Path) -> str:
    """Return the text of versions.json as it is published."""
    return git(remote, "show", "gh-pages:versions.json")


def add_page(folder: Path, name: str, title: str) -> None:
    """Add a page to the guide and its menu."""
    (folder / "docs" / f"{name}.md").write_text(f"# {title} {{: #{name} }}\n", encoding="utf-8")
    replace(folder / "mkdocs.yml", "  - Rules: rules/index.md\n", f"  - {name}: {name}.md\n  - Rules: rules/index.md\n")


def replace(path: Path, old: str, new: str) -> None:
    """Replace a text that a file holds once."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{path}: {old}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def _move_page(work: Path) -> None:
    """Move the page of chapter 2, with all links to it."""
    (work / "docs/principles.md").rename(work / "docs/tenets.md")
    for path in [*work.glob("docs/**/*.md"), *work.glob("checklists/**/*.yml"), work / "mkdocs.yml"]:
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(r"(?<![a-z-])principles\.md", "tenets.md", text), encoding="utf-8")


def _edition(work: Path, edition: str, change: Callable[[], None]) -> None:
    def made() -> None:
        change()
        begin_anew(work / "checklists", edition)

    _branch(work, f"edition/{edition}", made)


def _branch(work: Path, branch: str, change: Callable[[], None]) -> None:
    git(work, "switch", "--quiet", "--create", branch, "main")
    change()
    _commit(work, branch, branch)
    git(work, "switch", "--quiet", "main")


def _commit(work: Path, branch: str, message: str) -> None:
    git(work, "add", "--all")
    git(work, "commit", "--quiet", "--message", message)
    git(work, "push", "--quiet", "origin", branch)
