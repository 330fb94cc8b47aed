"""`vger portfolio run`: looks at every repository of a portfolio that has changed, and writes pages and data."""

import errno
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from vger_guide.checks.rule_set import load_rule_set
from vger_guide.cli import console
from vger_guide.cli.options import catalog_folder, catalog_option
from vger_guide.cli.portfolio.files import file_argument, into_option, results_folder
from vger_guide.cli.progress import Progress
from vger_guide.errors import UserError
from vger_guide.portfolio.engine.choose import open_engine
from vger_guide.portfolio.load import load_portfolio
from vger_guide.portfolio.organisations import OrganisationLists
from vger_guide.portfolio.run import perform_plan, plan_run
from vger_guide.portfolio.state import StateFolder
from vger_guide.portfolio.write import write_all
from vger_guide.text.file_lock import locked
from vger_guide.text.plural import pluralise

EXAMPLES = """\b
Examples:
  vger portfolio run portfolio.yml
  vger portfolio run portfolio.yml --jobs 1 --into ~/results
  vger portfolio run portfolio.yml --scheduler tcp://dask.example:8786
  vger portfolio run portfolio.yml --catalog ~/code/guide/checklists --again

\b
Exit codes:
  0    every repository was checked, whatever was found
  1    at least one repository could not be checked; the others were
  2    bad input: a file with problems, or something that is not installed
"""

# The disk is full, the user may have no more of it, or a file may be no longer.
NO_ROOM = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EFBIG)


@click.command("run", epilog=EXAMPLES)
@file_argument
@into_option
@click.option(
    "--jobs",
    type=click.IntRange(1, 512),
    show_default="one for each core",
    help="How many repositories to check at a time; 1 needs no Dask.",
)
@click.option("--scheduler", metavar="ADDRESS", help="Use the Dask scheduler at this address, such as tcp://HOST:8786.")
@click.option("--again", is_flag=True, help="Check unchanged repositories too.")
@catalog_option
@click.pass_context
def command(
    context: click.Context, file: Path, into: Path | None, jobs: int | None, scheduler: str | None, again: bool
) -> None:
    """Check the repositories of a portfolio, and write a site and data about them.

    A repository that has not changed since the last run is not checked again. A run that was stopped goes on where it
    was. Repositories with an address are cloned into a temporary folder.
    """
    if jobs and scheduler:
        raise UserError("--jobs counts processes of this machine, and --scheduler has its own workers: leave one out")
    rule_set = load_rule_set(catalog_folder())
    folder = results_folder(file, into)
    portfolio = load_portfolio(file, rule_set.profiles, OrganisationLists(folder, ask=True))
    state = StateFolder(folder)
    with Progress() as progress, _described(folder):
        state.prepare()
        with locked(state.folder):  # a second run waits for this one
            plan = plan_run(portfolio, state, rule_set, catalog_folder(), again=again, progress=_Shown(progress).tell)
            with open_engine(jobs, scheduler, len(plan.jobs)) as engine:
                members = perform_plan(plan, portfolio, state, engine, _Shown(progress).tell)
            progress.says("Writing the pages")
            overview = write_all(folder, portfolio, members, rule_set)
    console.say("\n".join(overview.describe(len(plan.jobs))))
    console.say(f"Open {folder / 'site' / 'index.html'}. The results are private.")
    context.exit(1 if overview.unchecked else 0)


@contextmanager
def _described(folder: Path) -> Iterator[None]:
    """Say what to do where the results do not fit on the disk. Raises UserError."""
    try:
        yield
    except OSError as error:
        if error.errno not in NO_ROOM:
            raise
        raise UserError(
            f"{folder} cannot be written: {error.strerror}; free some space and repeat the command: what was checked "
            "is kept, and the pages and data are those of the run before"
        ) from None


class _Shown:
    """Says how far a part of a run has come: done, under way, and how long the rest will take at this pace."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._began = time.monotonic()

    def tell(self, done: int, of: int, under_way: Sequence[str]) -> None:
        left = (time.monotonic() - self._began) / done * (of - done) if done else 0
        rest = f", {pluralise(round(left), 'second')} left" if done and left >= 1 else ""
        self._progress.says(f"{done:,} of {of:,} repositories{rest}: {', '.join(under_way)}")
