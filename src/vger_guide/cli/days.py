"""Options that name a day, which is today where they are left out."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


def day_option(name: str, says: str) -> Callable[[F], F]:
    """Return what gives a command such an option, as a moment of that day; `says` is its help."""
    return click.option(
        name,
        type=click.DateTime(["%Y-%m-%d"]),
        default=lambda: datetime.now(UTC).date().isoformat(),
        show_default="today",
        metavar="YYYY-MM-DD",
        help=says,
    )


on_option = day_option("--on", "As of this day.")
