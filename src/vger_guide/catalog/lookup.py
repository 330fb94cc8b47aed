"""Looks up what a user asked for by name, and says what was probably meant when there is no such thing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from vger_guide.errors import UserError
from vger_guide.text.sanitize import single_line

T = TypeVar("T")


# More choices than this are no help in a message.
CHOICES = 35


# The commands that list all things of a kind.
_LISTED = {"rule": "vger rules", "table": "vger tables"}


def resolve(what: str, names: Iterable[str], among: Mapping[str, T]) -> list[T]:
    """Return the things that the names stand for, in their order: as they are written, or else whatever their case.

    Raises UserError for unknown names, with the names that are near each, and for those that may be several things.
    """
    fitting = [(name, _match_names(name, among)) for name in names]
    if problems := [_problem(what, name, fit, list(among)) for name, fit in fitting if len(fit) != 1]:
        raise UserError("\n".join(problems))
    return [among[fit[0]] for _, fit in fitting]


def resolve_by_name(what: str, name: str, by_id: Mapping[str, T], called: Callable[[T], str]) -> T:
    """Return the one thing of an id, or else of a name, which several may have. Raises UserError as `resolve`."""
    if name in by_id:
        return by_id[name]
    titles = {id_: called(thing) for id_, thing in by_id.items()}
    exact = [id_ for id_, title in titles.items() if title == name]
    fit = exact or [id_ for id_, title in titles.items() if name.casefold() in (id_.casefold(), title.casefold())]
    if len(fit) != 1:
        raise UserError(_problem(what, name, fit, list(dict.fromkeys([*titles.values(), *titles]))))
    return by_id[fit[0]]


def _match_names(name: str, among: Mapping[str, T]) -> list[str]:
    """Return the names that one stands for, one for each thing."""
    if name in among:
        return [name]
    fit: list[str] = []
    for each, thing in among.items():
        if each.casefold() == name.casefold() and thing not in [among[other] for other in fit]:
            fit.append(each)
    return fit


def _problem(what: str, name: str, fit: list[str], known: list[str]) -> str:
    if fit:
        return (
            f"the {what} '{single_line(name[:60])}' may be any of these; name one: {', '.join(map(single_line, fit))}"
        )
    return _describe_missing(what, single_line(name[:60]), [single_line(each) for each in known])


def _describe_missing(what: str, name: str, known: list[str]) -> str:
    says = f"there is no {what} '{name}'"
    by_lower = {each.casefold(): each for each in known}
    import difflib  # noqa: PLC0415 - only for mistakes

    if near := difflib.get_close_matches(name.casefold(), by_lower, n=3):
        return f"{says}; did you mean {' or '.join(by_lower[each] for each in near)}?"
    if len(known) <= CHOICES:
        return f"{says}; allowed: {', '.join(known)}"
    if what in _LISTED:
        return f"{says}; '{_LISTED[what]}' lists them all"
    return f"{says}; allowed: {', '.join(known[:CHOICES])} and {len(known) - CHOICES} more"
