"""Finding what a user asked for by name, and saying what was probably meant when there is no such thing."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import TypeVar

import click

T = TypeVar("T")

# More choices than this are no help in a message.
CHOICES = 35


class Refused(click.ClickException):
    """What was asked for cannot be done; the message says why."""

    exit_code = 2


def word_of(words: type[StrEnum]) -> click.Choice[str]:
    """Return the type of an option whose value is one of these words, whatever its case."""
    return click.Choice([each.value for each in words], case_sensitive=False)


def found(what: str, names: Iterable[str], among: Mapping[str, T]) -> list[T]:
    """Return what the names stand for, in their order and whatever their case.

    Raises Refused for unknown names, with the names that are near each.
    """
    wanted = list(names)
    by_name = {name.casefold(): thing for name, thing in among.items()}
    if unknown := [name for name in wanted if name.casefold() not in by_name]:
        raise Refused("\n".join(_missing(what, name, list(among)) for name in unknown))
    return [by_name[name.casefold()] for name in wanted]


def _missing(what: str, name: str, known: list[str]) -> str:
    shown = name[:60]
    says = f"there is no {what} '{shown}'"
    by_lower = {each.casefold(): each for each in known}
    if near := difflib.get_close_matches(shown.casefold(), by_lower, n=3):
        return f"{says}; did you mean {' or '.join(by_lower[each] for each in near)}?"
    if len(known) <= CHOICES:
        return f"{says}; allowed: {', '.join(known)}"
    return f"{says}; 'vger {what}s' lists them all"
