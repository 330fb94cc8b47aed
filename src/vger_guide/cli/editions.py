"""`vger editions`: the published states of the guide: which there are, whether what changed is explained, a new one."""

from __future__ import annotations

import shlex
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vger_guide.authoring.skeletons import find_todos
from vger_guide.catalog.editions import NEXT
from vger_guide.cli import console
from vger_guide.cli.options import catalog_folder, catalog_option, load_chosen_catalog, on_option
from vger_guide.errors import UserError

if TYPE_CHECKING:
    from datetime import datetime

    from vger_guide.catalog.catalog import Catalog

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
  vger editions release --untested 2026.12 --on 2026-12-24 --catalog checklists
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
    """List the editions, look after the changes between them, and release a new one."""


@command.command("list", epilog=LIST_EXAMPLES)
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table")
@catalog_option
def list_(form: str) -> None:
    """List the editions, oldest first, with what each has and how many changes made it."""
    rows = _counted(load_chosen_catalog())
    if form == "json":
        console.write_json([dict(zip(("edition", "rules", "rows", "changes"), row, strict=True)) for row in rows])
    else:
        console.write_table(
            "Editions", ["Edition", "Rules", "Rows", "Changes"], [[str(cell) for cell in row] for row in rows]
        )


def _counted(catalog: Catalog) -> list[tuple[str, int, int, int]]:
    return [
        (name, len(edition.rules), len(edition.rows), len(catalog.changes_to(name).entries))
        for name, edition in catalog.timeline.items()
    ]


@command.command("check", epilog=CHECK_EXAMPLES)
@catalog_option
def check() -> None:
    """Look whether every change since the last edition is explained, in changes/, and nothing else is.

    Each problem is told with its file and line; the exit code is then 2.
    """
    from vger_guide.editions.verify import require_changes_explained

    explained = require_changes_explained(catalog_folder()).changes_to(NEXT).entries
    console.say(f"Every change is explained: {len(explained)} since the last edition.")


@command.command("freeze", epilog=FREEZE_EXAMPLES)
@click.argument("edition")
@catalog_option
def freeze(edition: str) -> None:
    """Write down what the guide says now, as EDITION, a year and a month such as 2026.12.

    Its changes move from changes/next.yml into a file of its own. A frozen edition is never written again, and none is
    frozen while a change is not explained.
    """
    from vger_guide.editions.release import freeze_files
    from vger_guide.editions.verify import require_changes_explained

    folder = catalog_folder()
    _write_files(folder, freeze_files(require_changes_explained(folder), folder, edition))


@command.command("release", epilog=RELEASE_EXAMPLES)
@click.argument("edition")
@click.option("--untested", is_flag=True, help="Do not run 'make test' first: it has just passed.")
@on_option
@catalog_option
def release(edition: str, untested: bool, on: datetime) -> None:
    """Make EDITION ready to be published: freeze it, and write it into CHANGELOG.md beside the folder of the data.

    Refused while a change is not explained, a text is still to be written, a review is due, or a rule that came or
    went names another edition; and in a clone of the guide while something is not committed, or a test fails. What is
    to be pushed is named, and nothing is pushed.
    """
    from vger_guide.editions.release import (
        add_edition,
        find_obstacles,
        freeze_files,
        has_tests,
        require_clean_worktree,
        require_passing_tests,
    )
    from vger_guide.editions.verify import require_changes_explained

    folder = catalog_folder()
    catalog = require_changes_explained(folder)
    files = freeze_files(catalog, folder, edition)
    todo = [f"{id_}: TODO stands in it; write it" for id_ in find_todos(catalog)]
    if left := [*find_obstacles(catalog, edition, on.date()), *todo]:
        raise UserError("\n".join(left))
    root = folder.resolve().parent
    changelog = root / "CHANGELOG.md"
    try:
        text = add_edition(changelog.read_text(encoding="utf-8"), catalog, edition)
    except ValueError as why:
        raise UserError(f"{changelog} {why}") from None
    require_clean_worktree(root)
    if not untested and has_tests(root):
        console.complain("Running 'make test', which takes minutes; --untested leaves it out")
        require_passing_tests(root)
    _write_files(folder, {**files, "../CHANGELOG.md": text})
    console.say(NEXT_STEPS.format(edition=edition, files=f"{shlex.quote(folder.resolve().name)} CHANGELOG.md"))


def _write_files(folder: Path, files: dict[str, str]) -> None:
    from vger_guide.editions.release import write_files
    from vger_guide.records.problems import named

    write_files(folder, files)
    for name in files:
        console.say(f"Wrote {named(folder / name)}")


@command.command("rebuild", epilog=REBUILD_EXAMPLES)
@click.argument("editions", nargs=-1)
@catalog_option
def rebuild(editions: tuple[str, ...]) -> None:
    """Build published EDITIONS anew, all without a name, and push them to gh-pages.

    Theme, code and dependencies are those of today; words and data stay the editions'. Needs a clone of the guide's
    repository, and what 'make setup' installs. The exit code is 1 where one does not build, and stays as it was.
    """
    root = catalog_folder().resolve().parent
    if not (root / "tools" / "publish").is_dir():
        raise UserError(f"{root} is no clone of the guide's repository: it has no tools/publish")
    if missing := [name for name in ("mkdocs", "material", "mike") if not find_spec(name)]:
        raise UserError(f"{', '.join(missing)} cannot be imported; run 'make setup', and then .venv/bin/vger")
    done = subprocess.run([sys.executable, "-m", "tools.publish", "rebuild", *editions], cwd=root)
    click.get_current_context().exit(done.returncode)
