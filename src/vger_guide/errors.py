"""What a person can mend: one message that says what is wrong, where, and how to mend it."""

from __future__ import annotations

import click


class UserError(click.ClickException):
    """What was asked for cannot be done; the message says why."""

    exit_code = 2
