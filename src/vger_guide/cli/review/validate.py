"""`vger review validate`: every problem of files at once."""

from pathlib import Path

import click

from vger_guide.cli import console
from vger_guide.cli.options import catalog_option
from vger_guide.cli.review.files import read_bytes
from vger_guide.cli.review.problems import format_problems, locate_problems
from vger_guide.reviews import store

BAD = 2

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

    The exit code is 2 if there are any.
    """
    bad = [file for file in files if not _valid(file)]
    context.exit(BAD if bad else 0)


def _valid(file: Path) -> bool:
    data = b""
    try:
        data = read_bytes(file)
        review = store.read(data)
    except store.InvalidReviewError as error:
        console.complain(format_problems(file, locate_problems(data, error)))
        return False
    except OSError as error:
        console.complain(f"{file}: {error.strerror}")
        return False
    count = sum(map(len, review.answers.values()))
    console.say(f"{file}: a review, with {count} answer{'' if count == 1 else 's'}")
    return True
