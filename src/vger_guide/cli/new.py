"""`vger new`: a rule, a row or a table to be written out, in the right file and under the next free id."""

from typing import Any

import click

from vger_guide.authoring.add import Added, NewRow, NewRule, NewTable, add_row, add_rule, add_table
from vger_guide.authoring.skeletons import NO_SITE
from vger_guide.catalog.rules import Level, Severity
from vger_guide.catalog.tables import Verdict
from vger_guide.cli import console
from vger_guide.cli.options import catalog_folder, catalog_option, enum_choice
from vger_guide.records.problems import named

LEVELS = enum_choice(Level)
SEVERITIES = enum_choice(Severity)
VERDICTS = enum_choice(Verdict)

EXAMPLES = """\b
Examples:
  vger new rule 2.3.1 --title "Name the session cookie" --level should
  vger new row session-frameworks --name Starlette
  vger new table message-queues --section 2.3 --title "Message queues"
  vger new --catalog checklists row code-analysis --name Ruff
"""

RULE_EXAMPLES = """\b
Examples:
  vger new rule 2.3.1 --title "Name the session cookie" --level should
  vger new rule 2.3.1 --title "End idle sessions" --level must --severity high --profile api
  vger new rule 2.4.5 --title "Sign every release" --level must --slug signed-releases --prefix SOF
  vger new rule 2.3.1 --title "Keep sessions small" --level may --catalog checklists
"""

ROW_EXAMPLES = """\b
Examples:
  vger new row session-frameworks --name Starlette
  vger new row session-frameworks --name Gin --id gin-sessions --verdict watch --site https://gin-gonic.com/
  vger new row code-analysis --name Ruff --catalog checklists
"""

TABLE_EXAMPLES = """\b
Examples:
  vger new table message-queues --section 2.3 --title "Message queues"
  vger new table feature-flags --section 3.1 --title "Feature flags" --noun Service --row Unleash
  vger new table caches --section 2.2 --title Caches --catalog checklists
"""


@click.group("new", epilog=EXAMPLES)
@catalog_option
def command() -> None:
    """Write a new record into the data.

    It is valid at once, with TODO where you have to think, and stands at the end of its list. Nothing is written
    when the data would have problems.
    """


@command.command("rule", epilog=RULE_EXAMPLES)
@click.argument("section")
@click.option("--title", required=True, metavar="TEXT", help="What to do, as an imperative.")
@click.option("--level", required=True, type=LEVELS, help="How strongly it asks.")
@click.option("--severity", type=SEVERITIES, default="medium", help="How bad it is not to meet it.")
@click.option("--profile", multiple=True, metavar="ID", help="A kind of system that is asked. By default all are.")
@click.option(
    "--slug",
    default="",
    show_default=False,
    metavar="NAME",
    help="The name of its page. By default made from the title.",
)
@click.option(
    "--prefix", default="", show_default=False, metavar="ABC", help="What ids begin with, in a section without rules."
)
@catalog_option
def rule(section: str, profile: tuple[str, ...], **given: Any) -> None:
    """Write a new rule, and its page where docs/ stands beside the data.

    SECTION is a number such as 2.3.1. The rule gets the first id behind all that rules have or had.
    """
    _tell(add_rule(catalog_folder(), NewRule(section=section, profiles=profile, **given)))


@command.command("row", epilog=ROW_EXAMPLES)
@click.argument("table")
@click.option("--name", required=True, metavar="TEXT", help="Of the product.")
@click.option(
    "--id", default="", show_default=False, metavar="NAME", help="Its permanent link. By default made from the name."
)
@click.option("--verdict", type=VERDICTS, help="What the guide says of it. By default nothing.")
@click.option("--site", default=NO_SITE, metavar="ADDRESS", help="Where its makers describe it.")
@catalog_option
def row(table: str, **given: Any) -> None:
    """Write a new row into a table.

    TABLE is the id of a table; 'vger tables' lists them.
    """
    _tell(add_row(catalog_folder(), NewRow(table=table, **given)))


@command.command("table", epilog=TABLE_EXAMPLES)
@click.argument("id")
@click.option("--section", required=True, metavar="NUMBER", help="The section that it belongs to, such as 2.3.")
@click.option("--title", required=True, metavar="TEXT", help="What it recommends.")
@click.option("--noun", default="Option", metavar="TEXT", help="What a row is.")
@click.option(
    "--row", default="", show_default=False, metavar="TEXT", help="The name of its first row, which it must have."
)
@catalog_option
def table(**given: str) -> None:
    """Write a new table with its first row.

    ID is its name in pages and in the name of its file, such as message-queues.
    """
    _tell(add_table(catalog_folder(), NewTable(**given)))


def _tell(added: Added) -> None:
    for path in added.files:
        console.say(f"Wrote {named(path)}")
    console.say(f"{added.id} is there. Now write what is marked with TODO, and run 'vger validate'.")
