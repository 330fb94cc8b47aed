"""The group of all commands, and the one place that turns errors into messages and exit codes."""

import io
import os
import sys
from typing import Any

import click

from vger_guide import __version__
from vger_guide.cli import INTERRUPTED, UNREAD, StoppedError, console
from vger_guide.cli.lazy import Lazy
from vger_guide.cli.options import catalog_option
from vger_guide.errors import UserError
from vger_guide.records.problems import CatalogError

SUMMARIES = {
    "check": "Check a repository against the guide, rule by rule.",
    "init": "Propose a profile for a repository, and write .vger.yml.",
    "waive": "Accept the failure of a rule by a waiver in .vger.yml.",
    "baseline": "Save today's findings, so that only new ones fail.",
    "rules": "List the rules.",
    "explain": "Explain a rule: what it asks, why, and how to meet it.",
    "tables": "List the recommendations.",
    "validate": "Check the data for problems.",
    "new": "Add a new record to the data.",
    "due": "List the rules and rows that are due for review.",
    "review": "Fill in a checklist, and export it.",
    "portfolio": "Check all the repositories of an organisation, and show them side by side.",
    "export": "Write an empty checklist in any format.",
    "diff": "Show what changed between two editions, with the reasons.",
    "editions": "List and check the editions, and release a new one.",
}

# All commands take these over.
SETTINGS: dict[str, Any] = {"help_option_names": ["-h", "--help"], "show_default": True, "max_content_width": 100}

BAD_INPUT = 2
DEFECT = 3

EPILOG = """\b
Examples:
  vger check --profile api
  vger rules --profile api --level must
  vger explain SES004
  vger review new --profile api
  vger --catalog checklists validate
  vger --version

\b
Exit codes:
  0    done
  1    done, but something needs attention: records that are due ('vger due'), or conflicts in a review
  2    bad input: an unknown name or option, or data with problems
  3    a bug in vger itself
  130  stopped with Ctrl-C
  129, 141, 143  as shells call the end by SIGHUP, by a reader that has gone, and by SIGTERM

\b
Shell completion of commands, options and rules; add the line to the file shown:
  bash  eval "$(_VGER_COMPLETE=bash_source vger)"      ~/.bashrc
  zsh   eval "$(_VGER_COMPLETE=zsh_source vger)"       ~/.zshrc
  fish  _VGER_COMPLETE=fish_source vger | source       ~/.config/fish/completions/vger.fish

In a pipe, in a file, or when NO_COLOR is set, the output is plain text with one record per line. JSON and CSV are
always in UTF-8. Run 'vger COMMAND --help' for more about a command.
"""


@click.command(cls=Lazy, summaries=SUMMARIES, modules="vger_guide.cli.", epilog=EPILOG, context_settings=SETTINGS)
@click.version_option(__version__, prog_name="vger", message="%(prog)s %(version)s")
@catalog_option
def vger() -> None:
    """Read, check and extend the VGER Architecture Guide: its rules and its tables of recommendations."""


def run() -> int:
    """Run the command that the arguments ask for, and return its exit code: never a traceback."""
    # Or else Pydantic looks through every installed package for plugins, which may be many and change our models.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "true")
    console.prepare()
    try:
        return _run()
    except click.ClickException as error:
        console.complain(_format_usage_error(error))
        return BAD_INPUT
    except UserError as error:
        console.complain(f"Error: {error.message}")
        return BAD_INPUT
    except CatalogError as error:
        console.complain(str(error))
        return BAD_INPUT
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except OSError as error:
        return _report_os_error(error)
    except Exception as error:  # noqa: BLE001 - the last resort: users get one line, which says where to look
        console.complain(_defect(error))
        return DEFECT


def _run() -> int:
    """Run the command. Raises StoppedError where nobody reads any more what it writes."""
    output = sys.stdout
    try:
        code: int | None = vger.main(prog_name="vger", standalone_mode=False)
        sys.stdout.flush()
    except SystemExit:
        if sys.stdout is not output:  # Click ends so, with another in its place
            raise StoppedError(UNREAD) from None
        raise
    except BrokenPipeError:
        raise StoppedError(UNREAD) from None
    return code or 0


def _format_usage_error(error: click.ClickException) -> str:
    """Return the message as click writes it, with the usage where that is what was wrong."""
    text = io.StringIO()
    error.show(file=text)
    return text.getvalue().rstrip("\n")


def _report_os_error(error: OSError) -> int:
    """Say which file could not be read or written, and forget what could not be."""
    console.complain(f"Error: {error.filename or 'the output'}: {error.strerror or error}")
    # Python writes what is left at the end of the process, and would fail again.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return BAD_INPUT


def _defect(error: Exception) -> str:
    place = error.__traceback__
    while place and place.tb_next:
        place = place.tb_next
    where = f"{place.tb_frame.f_code.co_filename}:{place.tb_lineno}" if place else "an unknown place"
    return f"Error: this is a bug in vger, please report it: {type(error).__name__} in {where}: {error}"
