"""`vger review`: the group of the commands that work on a file of a review."""

import importlib

import click

from vger_guide.cli.opening import catalog_option

COMMANDS = (
    *("new", "status", "answer", "check", "diff", "merge", "decide", "state", "migrate", "validate", "export"),
    "import",
)

EXAMPLES = """\b
Examples:
  vger review new --profile api --target shop
  vger review answer review.json SES004 met --evidence settings.py:12
  vger review --catalog checklists status review.json

\b
Exit codes:
  0    done
  1    done, and there is something to look at: conflicts, disagreements with checks, or what --strict asks for
  2    bad input: a file that is no review or has changed meanwhile, an unknown name; nothing is written then
"""


class Commands(click.Group):
    """Commands that are imported when they are asked for: most need the models of reviews."""

    def list_commands(self, _: click.Context) -> list[str]:
        """Return the names in the order of the help."""
        return list(COMMANDS)

    def get_command(self, _: click.Context, name: str) -> click.Command | None:
        """Return the command of the module that is named after it, or None for an unknown name."""
        if name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"vger_guide.cli.review_{name}").command
        return command


@click.command("review", cls=Commands, epilog=EXAMPLES)
@catalog_option
def command() -> None:
    """Fill a checklist in, and take it away.

    A review is one JSON file, to be committed beside what it is about. It is written whole or not at all.
    """
