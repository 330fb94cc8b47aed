"""`vger waive`: accepts a failure, with a reason and a last day, in the settings of the repository."""

import json
import os
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from vger_guide.authoring.skeletons import render_item
from vger_guide.authoring.yaml_append import append_record
from vger_guide.catalog.lookup import resolve
from vger_guide.catalog.settings import Settings, read_settings
from vger_guide.checks.rule_set import has_places, load_rule_set
from vger_guide.checks.settings import FILE, require_regular
from vger_guide.cli import console
from vger_guide.cli.options import catalog_folder, catalog_option
from vger_guide.cli.target import open_target
from vger_guide.errors import UserError
from vger_guide.matchers.fields import is_glob
from vger_guide.matchers.glob_set import GlobSet
from vger_guide.matchers.globs import escape_glob
from vger_guide.records.yaml_reader import read_bytes as read
from vger_guide.text.atomic_write import write_whole
from vger_guide.text.file_lock import locked

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
    known = {each["facts"]["id"]: each for each in load_rule_set(catalog_folder()).rules}
    [id_] = resolve("rule", [rule], {each: each for each in known})
    _expect_use(known[id_], until, paths)
    path = folder / FILE
    require_regular(path)
    record = WAIVER.format(
        rule=id_,
        paths=f"paths: {json.dumps(_globs(paths, folder))}\n" if paths else "",
        owner=_text(owner or _user()),
        reason=_text(reason),
        until=until,
    )
    with locked(path):
        text = _with(path, record)
        settings, _ = read_settings(path, text.encode())
        _expect_asked(known[id_], settings, path)
        write_whole(path, text.encode())
    console.say(f"Wrote {path}: {id_} is accepted until {until:%Y-%m-%d}.")


def _expect_use(rule: dict[str, Any], until: datetime, paths: tuple[str, ...]) -> None:
    """Refuse a waiver that could accept nothing: 'vger check' would call it an error."""
    id_ = rule["facts"]["id"]
    if until.date() < datetime.now(UTC).date():
        raise UserError(f"--until {until:%Y-%m-%d}: the day is over, so that the waiver would accept nothing")
    if not rule["check"]:
        raise UserError(f"{id_} has no check, so that it never fails; answer it in a review: 'vger review new'")
    if paths and not has_places(rule["check"]["expect"]):
        raise UserError(f"--path: what {id_} finds is no file, but the repository as a whole; leave --path out")


def _expect_asked(rule: dict[str, Any], settings: Settings, path: Path) -> None:
    """Refuse a waiver for a rule that the settings leave out."""
    id_ = rule["facts"]["id"]
    left_out = id_ in {each.rule for each in settings.skip} or (settings.only and id_ not in settings.only)
    profile = settings.profile if settings.profile and settings.profile not in (rule["applies_to"] or ()) else ""
    if left_out or (profile and rule["applies_to"]):
        why = f"the profile {profile} does not ask it" if profile else "'only' or 'skip' leaves it out"
        raise UserError(f"{path}: {id_} is not asked here: {why}; there is nothing to waive")


def _globs(paths: tuple[str, ...], folder: Path) -> list[str]:
    """Return the globs for paths, each as it is meant: that of a file, a glob, or one with brackets in its names."""
    with open_target(str(folder), None) as tree:
        names = [entry.path for entry in tree.entries()]
    return [_glob(path.removeprefix("./"), names) for path in paths]


def _glob(path: str, names: Sequence[str]) -> str:
    if path in names:
        return escape_glob(path)
    for glob in (path, escape_glob(path, "[{")):
        if glob.isascii() and is_glob(glob) and any(map(GlobSet([glob]).selecting, names)):
            return glob
    inside = [name for name in names if name.startswith(path.rstrip("/") + "/")]
    more = f"; for the files in that folder write '{path.rstrip('/')}/**'" if inside else ""
    raise UserError(f"--path {path}: selects no file that is looked at{more}")


def _with(path: Path, record: str) -> str:
    """Return the text of the settings with a waiver more. Raises CatalogError where they have problems."""
    data = read(path) if path.exists() else b""
    if not data.strip():
        return f"waivers:\n{render_item(record, 2)}"
    settings, _ = read_settings(path, data)
    text = data.decode()
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
