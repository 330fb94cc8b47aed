"""`vger new`: a rule, a row or a table to be written out, in the right file and under the next free id."""

from typing import Any

import click

from vger_guide.authoring.add import Added, NewRow, NewRule, NewTable, add_check, add_row, add_rule, add_table
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
  vger new check VER001 --matcher value
  vger new --catalog checklists row code-analysis --name Ruff
"""

CHECK_EXAMPLES = """\b
Examples:
  vger new check VER001 --matcher value
  vger new check sdk-version-method --matcher code
  vger new check URL001 --matcher paths --catalog checklists
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
    """Add a new record to the data.

    The record is valid, with TODO where you have to fill something in, and goes to the end of its list. Nothing is
    written if the data would have problems.
    """


@command.command("rule", epilog=RULE_EXAMPLES)
@click.argument("section")
@click.option("--title", required=True, metavar="TEXT", help="What to do, in the imperative.")
@click.option("--level", required=True, type=LEVELS, help="The level of the rule.")
@click.option("--severity", type=SEVERITIES, default="medium", help="The severity of the rule.")
@click.option(
    "--profile", multiple=True, metavar="ID", help="A kind of system it applies to; can be repeated. All by default."
)
@click.option(
    "--slug",
    default="",
    show_default=False,
    metavar="NAME",
    help="The name of its page. Made from the title by default.",
)
@click.option(
    "--prefix",
    default="",
    show_default=False,
    metavar="ABC",
    help="The prefix of its ids, for a section without rules.",
)
@catalog_option
def rule(section: str, profile: tuple[str, ...], **given: Any) -> None:
    """Add a rule, and its page if docs/ is next to the data.

    SECTION is a number such as 2.3.1. The rule gets the next id that no rule has ever had.
    """
    _tell(add_rule(catalog_folder(), NewRule(section=section, profiles=profile, **given)))


@command.command("row", epilog=ROW_EXAMPLES)
@click.argument("table")
@click.option("--name", required=True, metavar="TEXT", help="The name of the product.")
@click.option(
    "--id", default="", show_default=False, metavar="NAME", help="Its id for links. Made from the name by default."
)
@click.option("--verdict", type=VERDICTS, help="The guide's verdict. None by default.")
@click.option("--site", default=NO_SITE, metavar="ADDRESS", help="Its web site.")
@catalog_option
def row(table: str, **given: Any) -> None:
    """Add a row to a table.

    TABLE is the id of a table; 'vger tables' lists them.
    """
    _tell(add_row(catalog_folder(), NewRow(table=table, **given)))


@command.command("table", epilog=TABLE_EXAMPLES)
@click.argument("id")
@click.option("--section", required=True, metavar="NUMBER", help="The section it belongs to, such as 2.3.")
@click.option("--title", required=True, metavar="TEXT", help="What it recommends.")
@click.option("--noun", default="Option", metavar="TEXT", help="What a row is.")
@click.option("--row", default="", show_default=False, metavar="TEXT", help="The name of its first row.")
@catalog_option
def table(**given: str) -> None:
    """Add a table with its first row.

    ID names the table in pages and its file, such as message-queues.
    """
    _tell(add_table(catalog_folder(), NewTable(**given)))


@command.command("check", epilog=CHECK_EXAMPLES)
@click.argument("rule")
@click.option("--matcher", required=True, metavar="NAME", help="The matcher that it uses, such as paths or code.")
@catalog_option
def check(rule: str, matcher: str) -> None:
    """Add a check to a rule that has none, with samples that pass and fail.

    RULE is an id or the name of the rule's page. The check is a preview, which fails no run.
    """
    added = add_check(catalog_folder(), rule, matcher)
    _tell(added, f"A check of {added.id}")


def _tell(added: Added, what: str = "") -> None:
    for path in added.files:
        console.say(f"Wrote {named(path)}")
    console.say(f"{what or added.id} was added. Now replace each TODO, and run 'vger validate'.")
