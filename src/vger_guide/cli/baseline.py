"""`vger baseline`: keeps apart what stood when the tool was adopted, so that only what is new fails."""

from pathlib import Path

import click

from vger_guide.checks import baseline
from vger_guide.checks.runner import RunRequest, perform_run
from vger_guide.checks.settings import require_regular
from vger_guide.cli import console
from vger_guide.cli.options import catalog_folder, catalog_option
from vger_guide.cli.progress import Progress
from vger_guide.cli.target import open_target
from vger_guide.text.atomic_write import write_whole
from vger_guide.text.file_lock import locked

EXAMPLES = """\b
Examples:
  vger baseline
  vger baseline ~/code/shop --catalog ~/code/guide/checklists
"""


@click.command("baseline", epilog=EXAMPLES)
@click.argument("folder", type=click.Path(path_type=Path), default=Path())
@catalog_option
def command(folder: Path) -> None:
    """Save today's findings, so that only new ones fail.

    They are written to .vger-baseline.json. 'vger check' shows these findings, but they do not fail the run. Waived
    findings are left out. Commit the file, and run this command again when findings have been fixed, so that they fail
    if they come back.
    """
    path = folder / baseline.FILE
    require_regular(path)
    with Progress() as progress, open_target(str(folder), None) as tree, locked(path):
        run, _ = perform_run(
            tree, RunRequest(root=folder, catalog=catalog_folder(), use_baseline=False, cut=False), progress.read
        )
        data = baseline.write(run.results).encode()
        write_whole(path, data)
    kept = sum(map(len, baseline.read(data).values()))
    console.say(f"Wrote {path} with {kept} finding{'' if kept == 1 else 's'}; commit it.")
