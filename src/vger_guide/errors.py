"""What a person can mend: one message that says what is wrong, where, and how to mend it."""


class UserError(Exception):
    """What was asked for cannot be done; the message says why."""

    def __init__(self, message: str) -> None:
        self.message = message
        super().__init__(message)
