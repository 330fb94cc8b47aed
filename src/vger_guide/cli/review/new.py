"""`vger review new`: an empty review in a file."""

from pathlib import Path

import click

from vger_guide.cli import console
from vger_guide.cli.options import catalog_option, opened
from vger_guide.cli.review.files import DEFAULT, checked, now
from vger_guide.cli.review.selection_options import Wanted, made, making_options
from vger_guide.errors import UserError
from vger_guide.reviews import store
from vger_guide.reviews.selection import asked
from vger_guide.text.sanitize import single_line

EXAMPLES = """\b
Examples:
  vger review new
  vger review new api.json --profile api --stage growing --workload oltp
  vger review new reviews/2026.json --chapter 2 --target "Web shop=." --target Till=../till --title "Before the sale"
  vger review new --catalog checklists all.json
"""


@click.command("new", epilog=EXAMPLES)
@click.argument("file", type=click.Path(path_type=Path), default=Path(DEFAULT))
@making_options
@catalog_option
def command(
    file: Path, profile: str, stage: str, workload: str, chapters: tuple[str, ...], targets: tuple[str, ...], title: str
) -> None:
    """Write an empty review into FILE, review.json if it is left out.

    Without --target it is about the folder at hand. A file that is there is not written over.
    """
    catalog = opened()
    wanted = Wanted(profile, stage, workload, chapters, targets, title)
    review = checked(file, made(catalog, wanted, now(), file))
    if file.exists() or file.is_symlink():
        raise UserError(f"{file} is there already; name another file, or remove it first")
    file.parent.mkdir(parents=True, exist_ok=True)
    store.save(file, review)
    count = len(asked(catalog, review.selection))
    names = ", ".join(f"{target.name} ({target.id})" for target in review.targets)
    console.say(single_line(f"Wrote {file}: {count} rules for {names}."))
