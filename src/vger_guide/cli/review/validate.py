"""`vger review validate`: every problem of files at once."""

from pathlib import Path

import click

from vger_guide.cli import console
from vger_guide.cli.options import catalog_option
from vger_guide.cli.review.files import read_file
from vger_guide.cli.review.problems import format_problems, locate_problems
from vger_guide.reviews import store
from vger_guide.reviews.sign_off import describe_signature, is_changed_since
from vger_guide.text.sanitize import single_line

CHANGED, BAD = 1, 2

EXAMPLES = """\b
Examples:
  vger review validate review.json
  vger review validate --catalog checklists *.json
"""


@click.command("validate", epilog=EXAMPLES)
@click.argument("files", type=click.Path(path_type=Path), nargs=-1, required=True)
@catalog_option
@click.pass_context
def command(context: click.Context, files: tuple[Path, ...]) -> None:
    """Check that FILES are valid reviews, and report every problem.

    The exit code is 2 if there are any, and else 1 if a review was changed after it was signed.
    """
    context.exit(max([_check(file) for file in files]))


def _check(file: Path) -> int:
    """Say whether a file is a review, and return the exit code for it."""
    data = b""
    try:
        data = read_file(file)
        review = store.read(data)
    except store.InvalidReviewError as error:
        console.complain(format_problems(file, locate_problems(data, error)))
        return BAD
    except OSError as error:
        console.complain(f"{file}: {error.strerror}")
        return BAD
    count = sum(map(len, review.answers.values()))
    console.say(f"{file}: a review, with {count} answer{'' if count == 1 else 's'}")
    if is_changed_since(review):
        console.complain(single_line(f"{file}: was changed after it was {describe_signature(review)}"))
        return CHANGED
    return 0
