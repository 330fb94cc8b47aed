"""Forms of a review given away: into a file or a pipe, and on a terminal only what is text."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click
from click.shell_completion import CompletionItem

from vger_guide.cli import console
from vger_guide.cli.options import day_option
from vger_guide.errors import UserError
from vger_guide.output.reviews.formats import format_names
from vger_guide.text.atomic_write import write_whole
from vger_guide.text.sanitize import escape_controls

F = TypeVar("F", bound=Callable[..., Any])


class FormName(click.ParamType[str]):
    """The name of a form: of all that there are, or of those that come back. A form is a file: there may be more."""

    name = "form"

    def __init__(self, names: Callable[[], list[str]] = format_names) -> None:
        self.names = names

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the name, or fail with those that there are."""
        if value not in (names := self.names()):
            self.fail(f"'{str(value)[:60]}' is not one of {', '.join(names)}", param, ctx)
        return str(value)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG002 - what click asks
        """Return the names that begin with what was typed."""
        return [CompletionItem(name) for name in self.names() if name.startswith(incomplete)]


FORCE = "Overwrite an existing file."

_OPTIONS = [
    click.argument("name", metavar="FORMAT", type=FormName()),
    click.option("--output", "into", type=click.Path(path_type=Path), help="Write to this file."),
    click.option("--force", is_flag=True, help=FORCE),
]


def output_options(command: F) -> F:
    """Give a command the argument and the options that say what is written, and where."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


today_option = day_option("--today", "Judge plans and accepted risks as of this date.")


def require_free(path: Path, force: bool) -> None:
    """Raise UserError where a file is there, unless it may be written over."""
    if not force and (path.exists() or path.is_symlink()):
        raise UserError(f"{path} already exists; name another file, or overwrite it with --force")


def write_output(data: bytes, path: Path | None, force: bool) -> None:
    """Write the bytes of a form into a file, or to the standard output. Raises UserError and OSError."""
    if path is not None:
        require_free(path, force)
        write_whole(path, data)
        console.say(f"Wrote {path}: {len(data):,} bytes.")
    elif not sys.stdout.isatty():
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    else:
        console.write_document(escape_controls(_text(data)))


def _text(data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise UserError("this format is not text; write it to a file with --output")
    return text
