"""`vger review`: the group of the commands that work on a file of a review."""

import click

from vger_guide.cli.lazy import Lazy
from vger_guide.cli.options import catalog_option

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


@click.command("review", cls=Lazy, names=COMMANDS, modules="vger_guide.cli.review.", epilog=EXAMPLES)
@catalog_option
def command() -> None:
    """Fill a checklist in, and take it away.

    A review is one JSON file, to be committed beside what it is about. It is written whole or not at all.
    """
