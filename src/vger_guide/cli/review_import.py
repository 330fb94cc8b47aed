"""`vger review import`: the answers of a form that came back."""

from pathlib import Path
from typing import cast

import click

from vger_guide.cli import output
from vger_guide.cli.choosing import Refused
from vger_guide.cli.opening import catalog_option
from vger_guide.cli.review_files import editable, filled, problems, read_bytes, save
from vger_guide.cli.review_giving import FormName
from vger_guide.exports.forms import BadReturn, Return, form, forms
from vger_guide.reviews.comparing import changes
from vger_guide.reviews.storage import MAX_BYTES

EXAMPLES = """\b
Examples:
  vger review import review.json copy.json
  vger review import review.json copy.txt --format json
  vger review import --catalog checklists review.json copy.json
"""


@click.command("import", epilog=EXAMPLES)
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("returned", type=click.Path(path_type=Path))
@click.option("--format", "name", type=FormName(), help="What RETURNED is, if its ending does not say it.")
@catalog_option
def command(file: Path, returned: Path, name: str | None) -> None:
    """Take the answers of RETURNED, which 'vger review export' wrote and people filled in, over into FILE.

    All of them, or none where there is a problem.
    """
    source = editable(file)
    reader = cast("Return", form(name or _form_of(returned)))
    if not hasattr(reader, "read"):
        raise Refused(f"the form {name} does not come back; these do: {', '.join(_returning())}")
    data = read_bytes(returned)
    if len(data) > MAX_BYTES:
        raise Refused(f"{returned} is too large; {MAX_BYTES:,} bytes are allowed")
    try:
        review = reader.read(data, filled(source.review))
    except BadReturn as error:
        raise Refused(problems(returned, error.problems)) from None
    if review.id != source.review.id:
        raise Refused(f"{returned} is another review than {file}: their 'id' differs")
    save(source, review)
    count = len(changes(source.review.answers, review.answers))
    output.say(f"{file}: {count} answer{'' if count == 1 else 's'} changed.")


def _form_of(returned: Path) -> str:
    names = [name for name in _returning() if returned.suffix.lower() == form(name).SUFFIX]
    if len(names) != 1:
        some = f"may be {' or '.join(names)}" if names else "has an ending that no form has"
        raise Refused(f"{returned} {some}; say by --format which it is: {', '.join(_returning())}")
    return names[0]


def _returning() -> list[str]:
    return [name for name in forms() if hasattr(form(name), "read")]
