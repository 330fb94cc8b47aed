"""`vger waive`: accepts a failure, with a reason and a last day, in the settings of the repository."""

import json
import os
import subprocess
from datetime import datetime
from pathlib import Path

import click

from vger_guide.authoring.skeletons import render_item
from vger_guide.authoring.yaml_append import append_record
from vger_guide.catalog.lookup import resolve
from vger_guide.catalog.settings import read_settings
from vger_guide.checks.rule_set import load_rule_set
from vger_guide.checks.settings import FILE
from vger_guide.cli import console
from vger_guide.cli.options import catalog_folder, catalog_option
from vger_guide.errors import UserError
from vger_guide.text.atomic_write import write_whole

EXAMPLES = """\b
Examples:
  vger waive SES004 --reason "Ten users, and Redis comes in spring" --until 2027-04-30
  vger waive SES004 --folder ~/code/shop --reason "A trial that ends in June" --until 2027-06-30
  vger waive REL002 --catalog ~/code/guide/checklists --reason "No release yet" --until 2027-06-30
  vger waive VER006 --path "lib/**" --owner "Platform team" --reason "No registry has it" --until 2027-01-31
"""

WAIVER = """\
rule: {rule}
{paths}owner: {owner}
reason: {reason}
until: "{until:%Y-%m-%d}"
"""


@click.command("waive", epilog=EXAMPLES)
@click.argument("rule")
@click.option("--reason", required=True, help="Why the failure is accepted.")
@click.option(
    "--until",
    required=True,
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="The last day of the waiver.",
)
@click.option("--owner", default="", help="Who is responsible.", show_default="the user.name of git")
@click.option(
    "--path", "paths", multiple=True, metavar="GLOB", help="Only for findings in these paths; can be repeated."
)
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    default=Path(),
    help="The repository.",
)
@catalog_option
def command(rule: str, reason: str, until: datetime, owner: str, paths: tuple[str, ...], folder: Path) -> None:
    """Accept the failure of a rule by a waiver in .vger.yml.

    An expired waiver accepts nothing. A waiver that no failure needs is an error in 'vger check'.
    """
    known = {each["facts"]["id"]: each["facts"]["id"] for each in load_rule_set(catalog_folder()).rules}
    [id_] = resolve("rule", [rule], known)
    path = folder / FILE
    if path.is_symlink():
        raise UserError(f"{path} is a symbolic link, which vger does not follow; remove it first")
    record = WAIVER.format(
        rule=id_,
        paths=f"paths: {json.dumps(list(paths))}\n" if paths else "",
        owner=_text(owner or _user()),
        reason=_text(reason),
        until=until,
    )
    text = _with(path, record)
    read_settings(path, text.encode())
    write_whole(path, text.encode())
    console.say(f"Wrote {path}: {id_} is accepted until {until:%Y-%m-%d}.")


def _with(path: Path, record: str) -> str:
    """Return the text of the settings with a waiver more. Raises CatalogError where they have problems."""
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    if not text.strip():
        return f"waivers:\n{render_item(record, 2)}"
    settings, _ = read_settings(path, text.encode())
    if settings.waivers:
        return append_record(text, "waivers", record)
    if "\nwaivers:" in f"\n{text}":
        raise UserError(f"{path}: the list 'waivers:' is empty; remove it first")
    return text.rstrip("\n") + f"\nwaivers:\n{render_item(record, 2)}"


def _text(text: str) -> str:
    """Return a text as YAML has it: JSON's strings are YAML's, and hold no line end."""
    return json.dumps(text, ensure_ascii=False)


def _user() -> str:
    """Return who is at work: by the user's own settings of git, not by those of the repository."""
    asked = subprocess.run(
        ["git", "config", "--global", "user.name"], capture_output=True, text=True, check=False, timeout=10
    )
    name = asked.stdout.strip() or os.environ.get("USER", "")
    if not name:
        raise UserError("git has no user.name; name an owner with --owner")
    return name
