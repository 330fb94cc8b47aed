"""What a proof of a value raises."""


class FormError(ValueError):
    """A value is not what it has to be; the message says what it is instead, to stand behind the value."""
