"""The options that commands share: the catalogue, words of a list, and days."""

from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

import click

from vger_guide.catalog.paths import guide_folder

F = TypeVar("F", bound=Callable[..., Any])


_KEY = "vger_guide.catalog"


def catalog_option(command: F) -> F:
    """Give a command the option --catalog; it may stand before the command's name too."""

    def remember(context: click.Context, _: click.Parameter, folder: Path | None) -> None:
        if folder is not None:
            context.meta[_KEY] = folder

    option = click.option(
        "--catalog",
        metavar="FOLDER",
        type=click.Path(path_type=Path),
        expose_value=False,
        callback=remember,
        help="Use the data in this folder instead of the guide's own.",
    )
    return option(command)


def evidence_option(command: F) -> F:
    """Give a command the option --evidence, which can be repeated."""
    option = click.option(
        "--evidence",
        multiple=True,
        metavar="FILE|FOLDER|FORGE",
        help="Also count what other tools found: their SARIF or JSON, a folder of them, or github or github:OWNER/NAME "
        "for the alerts there; can be repeated.",
    )
    return option(command)


def catalog_folder(context: click.Context | None = None) -> Path:
    """Return the folder that --catalog names, or the guide's own. Raises CatalogError where the latter is missing."""
    folder: Path | None = (context or click.get_current_context()).meta.get(_KEY)
    return folder or guide_folder()


def day_option(name: str, says: str) -> Callable[[F], F]:
    """Return a decorator that gives a command such an option, as a moment of that day; `says` is its help."""
    return click.option(
        name,
        type=click.DateTime(["%Y-%m-%d"]),
        default=lambda: datetime.now(UTC).date().isoformat(),
        show_default="today",
        metavar="YYYY-MM-DD",
        help=says,
    )


on_option = day_option("--on", "The date to check for.")


def enum_choice(words: type[StrEnum]) -> click.Choice[str]:
    """Return the type of an option whose value is one of these words, whatever its case."""
    return click.Choice([each.value for each in words], case_sensitive=False)
