"""`vger init`: proposes what kind of system a repository holds, and writes its settings."""

from pathlib import Path

import click

from vger_guide.catalog.lookup import resolve
from vger_guide.checks.rule_set import RuleSetSnapshot, load_rule_set
from vger_guide.checks.runner import matching_conditions
from vger_guide.checks.settings import FILE
from vger_guide.cli import console
from vger_guide.cli.options import catalog_folder, catalog_option
from vger_guide.cli.target import open_target
from vger_guide.errors import UserError
from vger_guide.text.atomic_write import write_whole
from vger_guide.text.file_lock import locked

EXAMPLES = """\b
Examples:
  vger init
  vger init --dry-run
  vger init --profile api ~/code/shop --catalog ~/code/guide/checklists
"""

TEXT = """\
# yaml-language-server: $schema={site}schema/settings.schema.json
# What `vger check` asks of this repository. Every key may be left out.
profile: {profile}
# The least level (must, should, may) or severity (critical, high, medium, low) that fails a run; or never.
fail_on: must
"""


@click.command("init", epilog=EXAMPLES)
@click.argument("folder", type=click.Path(path_type=Path), default=Path())
@click.option(
    "--profile",
    default="",
    show_default=False,
    metavar="PROFILE",
    help="Use this kind of system instead of guessing.",
)
@click.option("--dry-run", is_flag=True, help="Say what it would propose, and write nothing.")
@catalog_option
def command(folder: Path, profile: str, dry_run: bool) -> None:
    """Propose a profile for a repository, and write .vger.yml.

    An existing file is not changed.
    """
    path = folder / FILE
    if not dry_run:
        _require_absent(path)
    asked = load_rule_set(catalog_folder())
    chosen, why = _describe_given(profile, asked) if profile else _guess(folder, asked)
    if dry_run:
        console.say("\n".join([f"{path} would have the profile {chosen} ({asked.profiles[chosen]}).", *why]))
        return
    with locked(path):
        _require_absent(path)  # while the files were looked at, another may have been written
        write_whole(path, TEXT.format(site=asked.site, profile=chosen).encode())
    console.say(f"Wrote {path} with the profile {chosen} ({asked.profiles[chosen]}).")
    for line in why:
        console.say(line)
    console.say("Next, run 'vger check'; 'vger baseline' accepts today's findings.")


def _require_absent(path: Path) -> None:
    if path.exists() or path.is_symlink():
        raise UserError(f"{path} already exists; edit it, or remove it first")


def _describe_given(profile: str, asked: RuleSetSnapshot) -> tuple[str, list[str]]:
    [chosen] = resolve("profile", [profile], {id_: id_ for id_ in asked.profiles})
    return chosen, []


def _guess(folder: Path, asked: RuleSetSnapshot) -> tuple[str, list[str]]:
    with open_target(str(folder), None) as tree:
        shown = matching_conditions(asked.signs, tree)
    if not shown:
        raise UserError(
            f"its files do not show what kind of system it is; choose one with --profile: {', '.join(asked.profiles)}"
        )
    [(chosen, why), *others] = shown.items()
    also = f"It also looks like: {', '.join(others_)}." if (others_ := [name for name, _ in others]) else ""
    return chosen, [f"Because {why}.", *([also] if also else [])]
