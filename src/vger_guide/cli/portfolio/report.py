"""`vger portfolio report`: the state of a portfolio, or of a unit of it, as one file."""

from pathlib import Path

import click

from vger_guide.cli.options import catalog_option
from vger_guide.cli.portfolio.files import file_argument, into_option, read_overview, require_unit, unit_option
from vger_guide.cli.review.output_options import FORCE, write_output
from vger_guide.portfolio.reports import load_report

EXAMPLES = """\b
Examples:
  vger portfolio report portfolio.yml
  vger portfolio report portfolio.yml --unit Retail --into ~/results
  vger portfolio report portfolio.yml --format xlsx --output state.xlsx --force
  vger portfolio report portfolio.yml --catalog ~/code/guide/checklists

\b
Exit codes:
  0    done
  2    bad input: an unknown unit, a file with problems, no results yet, or an existing file without --force
"""


@click.command("report", epilog=EXAMPLES)
@file_argument
@into_option
@unit_option
@click.option(
    "--format", "form", type=click.Choice(["markdown", "xlsx"]), default="markdown", help="The output format."
)
@click.option("--output", type=click.Path(path_type=Path), help="Write to this file.")
@click.option("--force", is_flag=True, help=FORCE)
@catalog_option
def command(file: Path, into: Path | None, unit: str, form: str, output: Path | None, force: bool) -> None:
    """Write the state of a portfolio, as the last run saw it, for people who get one file."""
    overview = read_overview(file, into)
    name = require_unit(overview, unit)
    write_output(load_report(form)(overview, name), output, force)
