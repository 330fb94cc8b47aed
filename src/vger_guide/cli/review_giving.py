"""Forms of a review given away: into a file or a pipe, and on a terminal only what is text."""

import sys
from pathlib import Path
from typing import Any

import click

from vger_guide.cli import output
from vger_guide.cli.choosing import Refused
from vger_guide.cli.files import write_whole


class FormName(click.ParamType[str]):
    """The name of a form, listed where it is needed: a form is a file, and may be one more tomorrow."""

    name = "form"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:  # noqa: ARG002 - what click asks
        """Return the names for the help."""
        from vger_guide.exports.forms import forms

        return f"[{'|'.join(forms())}]"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the name, or fail with those that there are."""
        from vger_guide.exports.forms import forms

        if value not in forms():
            self.fail(f"'{str(value)[:60]}' is not one of {', '.join(forms())}", param, ctx)
        return str(value)


def give(data: bytes, path: Path | None) -> None:
    """Write the bytes of a form into a file, or to the standard output. Raises Refused and OSError."""
    if path is not None:
        write_whole(path, data)
        output.say(f"Wrote {path}: {len(data):,} bytes.")
    elif not sys.stdout.isatty():
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    else:
        output.write(output.safe(_text(data)), end="")


def _text(data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise Refused("this form is no text for a terminal; write it into a file by --output")
    return text
