"""Scalars of documents that are more than their text: numbers as they are written, and what nobody knows yet."""

import re

_NUMBER = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{1,18})?(?:[eE][-+]?[0-9]{1,2})?")


class Number(float):
    """A number to compare with, which is still written as it was: `1.10` is not `1.1`."""

    __slots__ = ("text",)
    text: str

    def __new__(cls, text: str) -> "Number":
        """Return the number that a text is."""
        number = super().__new__(cls, text)
        number.text = text
        return number

    def __str__(self) -> str:
        return self.text

    def __reduce__(self) -> tuple[type["Number"], tuple[str]]:
        return Number, (self.text,)


def number(text: str) -> "Number | str":
    """Return the number that a text is, or the text itself where it is none, or too long to be compared."""
    return Number(text) if _NUMBER.fullmatch(text) else text


class Unknown(str):
    """An expression whose value is made elsewhere: the text of it. Nothing can be said of what it is."""

    __slots__ = ()
