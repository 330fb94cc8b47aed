"""`vger review`: the group of the commands that work on a file of a review."""

import click

from vger_guide.cli.lazy import Lazy
from vger_guide.cli.options import catalog_option

SUMMARIES = {
    "new": "Create a review in FILE, review.json by default.",
    "describe": "Describe a review: its title, its scope, and the people who take part, with their roles.",
    "answer": "Record the answer to a rule.",
    "check": "Run the checks on the repositories, and record the outcomes.",
    "status": "Show the progress of a review and what needs attention.",
    "results": "Show what a review came to.",
    "diff": "List what changed between two reviews or milestones.",
    "merge": "Merge two copies of a review, field by field.",
    "decide": "Resolve the conflicts of a merge or an import with the value of one side.",
    "state": "Change the state of a review to draft or in-review.",
    "sign": "Sign a review off: who, when, and with which conclusion.",
    "reopen": "Open a review that is signed off, so that it can be changed.",
    "migrate": "Migrate a review to another edition.",
    "validate": "Check that FILES are valid reviews, and report every problem.",
    "export": "Export a review to standard output or a file.",
    "import": "Import answers from an exported file that people filled in.",
}

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


@click.command("review", cls=Lazy, summaries=SUMMARIES, modules="vger_guide.cli.review.", epilog=EXAMPLES)
@catalog_option
def command() -> None:
    """Fill in a checklist, and export it.

    A review is one JSON file. Commit it next to the code it is about.
    """
