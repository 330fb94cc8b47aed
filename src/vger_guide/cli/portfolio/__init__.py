"""`vger portfolio`: the group of the commands that look at all the repositories of an organisation."""

import click

from vger_guide.cli.lazy import Lazy
from vger_guide.cli.options import catalog_option

SUMMARIES = {
    "run": "Check the repositories of a portfolio, and write a site and data about them.",
    "diff": "Show what changed between two states of a portfolio, as the last runs saw them.",
    "report": "Write the state of a portfolio, as the last run saw it, for people who get one file.",
    "issue": "Open an issue for each unit of a portfolio, or bring it up to date, as the last run saw it.",
}

EXAMPLES = """\b
Examples:
  vger portfolio run portfolio.yml
  vger portfolio diff portfolio.yml
  vger portfolio report portfolio.yml --unit Retail
  vger portfolio issue portfolio.yml --forge github:acme/architecture --dry-run
  vger portfolio --catalog checklists run portfolio.yml

\b
Exit codes:
  0    done
  1    done, but at least one repository could not be checked
  2    bad input: a file with problems, an unknown name, or something that is not installed
"""


@click.command("portfolio", cls=Lazy, summaries=SUMMARIES, modules="vger_guide.cli.portfolio.", epilog=EXAMPLES)
@catalog_option
def command() -> None:
    """Check all the repositories of an organisation, and show them side by side.

    A portfolio is a YAML file that names repositories. Their results are private: keep them out of public places.
    """
