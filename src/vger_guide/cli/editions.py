"""`vger editions`: the published states of the guide: which there are, whether what changed is explained, a new one."""

from __future__ import annotations

import shlex
import subprocess
import sys
from collections.abc import Iterable
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path

import click

from vger_guide.authoring.skeletons import find_todos
from vger_guide.catalog.catalog import Catalog
from vger_guide.catalog.editions import NEXT
from vger_guide.cli import console
from vger_guide.cli.catalog import load_chosen_catalog
from vger_guide.cli.options import catalog_folder, catalog_option, on_option
from vger_guide.editions.journal import CHANGELOG, finish_writing, write_files
from vger_guide.editions.release import (
    add_edition,
    find_obstacles,
    freeze_files,
    has_tests,
    require_clean_worktree,
    require_passing_tests,
)
from vger_guide.editions.verify import require_changes_explained
from vger_guide.errors import UserError
from vger_guide.records.problems import named

EXAMPLES = """\b
Examples:
  vger editions list
  vger editions check
  vger --catalog checklists editions freeze 2026.12
"""

LIST_EXAMPLES = """\b
Examples:
  vger editions list
  vger editions list --format json
  vger editions list --catalog checklists
"""

CHECK_EXAMPLES = """\b
Examples:
  vger editions check
  vger editions check --catalog checklists
"""

FREEZE_EXAMPLES = """\b
Examples:
  vger editions freeze 2026.12
  vger editions freeze 2027.06 --catalog checklists
"""

RELEASE_EXAMPLES = """\b
Examples:
  vger editions release --catalog checklists --untested 2026.12 --on 2026-12-24 --with-due
"""

REBUILD_EXAMPLES = """\b
Examples:
  vger editions rebuild
  vger editions rebuild 2023.09 --catalog checklists
"""

# What is left to a person, who sees it before anybody else does.
NEXT_STEPS = """
Nothing was pushed. Look at the difference, and then:
  make quick
  git switch --create edition/{edition}
  git add {files}
  git commit --message "Edition {edition}"
  git tag --annotate edition-{edition} --message "Edition {edition}"
  git push origin edition/{edition} edition-{edition}
and merge the branch into main."""


@click.group("editions", epilog=EXAMPLES)
@catalog_option
def command() -> None:
    """List and check the editions, and release a new one."""


@command.command("list", epilog=LIST_EXAMPLES)
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table")
@catalog_option
def list_(form: str) -> None:
    """List the editions with their contents, oldest first."""
    rows = _count(load_chosen_catalog())
    if form == "json":
        console.write_json([dict(zip(("edition", "rules", "rows", "changes"), row, strict=True)) for row in rows])
    else:
        console.write_table(
            "Editions", ["Edition", "Rules", "Rows", "Changes"], [[str(cell) for cell in row] for row in rows]
        )


def _count(catalog: Catalog) -> list[tuple[str, int, int, int]]:
    return [
        (name, len(edition.rules), len(edition.rows), len(catalog.changes_to(name).entries))
        for name, edition in catalog.timeline.items()
    ]


@command.command("check", epilog=CHECK_EXAMPLES)
@catalog_option
def check() -> None:
    """Check that every change since the last edition is explained.

    The explanations are in changes/. They must not explain anything else. Each problem is reported with its file and
    line. The exit code is 2 if there are any.
    """
    explained = require_changes_explained(catalog_folder()).changes_to(NEXT).entries
    console.say(f"Every change is explained: {len(explained)} since the last edition.")


@command.command("freeze", epilog=FREEZE_EXAMPLES)
@click.argument("edition")
@catalog_option
def freeze(edition: str) -> None:
    """Save the current guide as an edition.

    EDITION is a year and a month, such as 2026.12. The changes move from changes/next.yml to a file of their own. A
    frozen edition never changes again. You cannot freeze an edition while a change is not explained.
    """
    folder = catalog_folder()
    if _has_finished(folder, edition):
        return
    _write_files(folder, freeze_files(require_changes_explained(folder), folder, edition))


@command.command("release", epilog=RELEASE_EXAMPLES)
@click.argument("edition")
@click.option("--untested", is_flag=True, help="Do not run 'make test' first, because it has just passed.")
@click.option("--with-due", is_flag=True, help="Release although reviews are due; the changelog counts them.")
@on_option
@catalog_option
def release(edition: str, untested: bool, with_due: bool, on: datetime) -> None:
    """Prepare an edition for publication.

    The command freezes EDITION and adds it to CHANGELOG.md next to the data folder. It stops if a change is not
    explained, a TODO is left, a new or retired rule names another edition, or a review is due (unless you add
    --with-due). In a clone of the guide, it also stops if something is not committed or a test fails. It tells you what
    to push, and pushes nothing itself.
    """
    folder = catalog_folder()
    if _has_finished(folder, edition, CHANGELOG):
        _name_next_steps(folder, edition)
        return
    catalog = require_changes_explained(folder)
    files = freeze_files(catalog, folder, edition)
    todo = [f"{id_}: contains TODO; replace it" for id_ in find_todos(catalog)]
    if left := [*find_obstacles(catalog, edition, on.date(), with_due), *todo]:
        raise UserError("\n".join(left))
    root = folder.resolve().parent
    changelog = root / "CHANGELOG.md"
    try:
        text = add_edition(changelog.read_text(encoding="utf-8"), catalog, edition, on.date())
    except ValueError as why:
        raise UserError(f"{changelog} {why}") from None
    require_clean_worktree(root)
    if not untested and has_tests(root):
        console.complain("Running 'make test', which takes minutes; --untested leaves it out")
        require_passing_tests(root)
    _write_files(folder, {**files, CHANGELOG: text})
    _name_next_steps(folder, edition)


def _name_next_steps(folder: Path, edition: str) -> None:
    console.say(NEXT_STEPS.format(edition=edition, files=f"{shlex.quote(folder.resolve().name)} CHANGELOG.md"))


def _has_finished(folder: Path, edition: str, *besides: str) -> bool:
    """Finish what a killed command has begun, and return whether it was the writing of this edition."""
    names = finish_writing(folder)
    _say_written(folder, names)
    return {f"editions/{edition}.json", *besides} <= set(names)


def _write_files(folder: Path, files: dict[str, str]) -> None:
    write_files(folder, files)
    _say_written(folder, files)


def _say_written(folder: Path, names: Iterable[str]) -> None:
    for name in names:
        console.say(f"Wrote {named(folder / name)}")


@command.command("rebuild", epilog=REBUILD_EXAMPLES)
@click.argument("editions", nargs=-1)
@catalog_option
def rebuild(editions: tuple[str, ...]) -> None:
    """Rebuild published editions, and push them to gh-pages.

    By default all are rebuilt. They get today's theme, code and dependencies, but keep their words and data. You need a
    clone of the guide's repository and what 'make setup' installs. If an edition does not build, it stays as it was and
    the exit code is 1.
    """
    root = catalog_folder().resolve().parent
    if not (root / "tools" / "publish").is_dir():
        raise UserError(f"{root} is not a clone of the guide's repository: it has no tools/publish")
    if missing := [name for name in ("mkdocs", "material", "mike") if not find_spec(name)]:
        raise UserError(f"{', '.join(missing)} cannot be imported; run 'make setup', then use .venv/bin/vger")
    done = subprocess.run([sys.executable, "-m", "tools.publish", "rebuild", *editions], cwd=root)
    click.get_current_context().exit(done.returncode)
