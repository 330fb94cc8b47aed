"""`vger baseline`: keeps apart what stood when the tool was adopted, so that only what is new fails."""

from pathlib import Path

import click

from vger_guide.checks import baseline
from vger_guide.checks.runner import RunRequest, perform_run
from vger_guide.cli import console
from vger_guide.cli.options import catalog_folder, catalog_option
from vger_guide.cli.progress import Progress
from vger_guide.cli.target import open_target
from vger_guide.errors import UserError
from vger_guide.text.atomic_write import write_whole

EXAMPLES = """\b
Examples:
  vger baseline
  vger baseline ~/code/shop --catalog ~/code/guide/checklists
"""


@click.command("baseline", epilog=EXAMPLES)
@click.argument("folder", type=click.Path(path_type=Path), default=Path())
@catalog_option
def command(folder: Path) -> None:
    """Write the findings of today into .vger-baseline.json, to be committed.

    'vger check' shows them and does not fail by them. Findings that a waiver accepts are left to it. Write it anew
    when findings have gone, so that they stay gone.
    """
    path = folder / baseline.FILE
    if path.is_symlink():
        raise UserError(f"{path} is a link, which is not followed; remove it first")
    with Progress() as progress, open_target(str(folder), None) as tree:
        run, _ = perform_run(
            tree, RunRequest(root=folder, catalog=catalog_folder(), use_baseline=False, cut=False), progress.read
        )
    write_whole(path, baseline.write(run.results).encode())
    kept = sum(map(len, baseline.read(path.read_bytes()).values()))
    console.say(f"Wrote {path} with {kept} finding{'' if kept == 1 else 's'}; commit it.")
