"""The option --on: the day as of which something is asked."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


def on_option(command: F) -> F:
    """Give a command the option --on, a day that is today where it is left out."""
    option = click.option(
        "--on",
        type=click.DateTime(["%Y-%m-%d"]),
        default=lambda: datetime.now(UTC).date().isoformat(),
        show_default="today",
        metavar="YYYY-MM-DD",
        help="As of this day.",
    )
    return option(command)
