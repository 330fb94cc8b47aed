"""`vger review`: the group of the commands that work on a file of a review."""

import click

from vger_guide.cli.lazy import Lazy
from vger_guide.cli.options import catalog_option

COMMANDS = (
    *("new", "describe", "answer", "check", "status", "results", "diff", "merge", "decide", "state", "sign", "reopen"),
    *("migrate", "validate", "export", "import"),
)

EXAMPLES = """\b
Examples:
  vger review new --profile api --target shop
  vger review answer review.json SES004 met --evidence settings.py:12
  vger review --catalog checklists status review.json

\b
Exit codes:
  0    done
  1    done, but something needs attention: conflicts, disagreements with checks, or what --strict asks for
  2    bad input: a file that is not a review or has changed in the meantime, an unknown name; nothing was written
"""


@click.command("review", cls=Lazy, names=COMMANDS, modules="vger_guide.cli.review.", epilog=EXAMPLES)
@catalog_option
def command() -> None:
    """Fill in a checklist, and export it.

    A review is one JSON file. Commit it next to the code it is about.
    """
