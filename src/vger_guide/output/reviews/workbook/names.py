"""The names of sheets and people, and texts in the header and the footer of a printed page."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from vger_guide.output.reviews.workbook.text import to_cell
from vger_guide.reviews.models import Person
from vger_guide.text.csv import utf16_length
from vger_guide.text.sanitize import truncate

SUMMARY, LEGEND, LISTS, BASE = "Summary", "Legend", "Lists", "Exported"
RESULTS, ACTIONS = "Results", "Actions"
# The sheets without answers.
WITHOUT_ANSWERS = (SUMMARY, RESULTS, ACTIONS, LEGEND, LISTS, BASE)
# Excel keeps the last one for itself.
_TAKEN = (*WITHOUT_ANSWERS, "History")
_MOST = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")


def sheet_names(wanted: Iterable[str]) -> list[str]:
    """Return names that sheets may have, no two the same in another case.

    https://support.microsoft.com/office/3f1f7148-ee83-404d-8ef0-9ff99fbad1f9
    """
    found: list[str] = []
    for name in wanted:
        taken = {each.casefold() for each in (*_TAKEN, *found)}
        stem = _valid(name)
        numbered = (f"{_short(stem, _MOST - 1 - len(str(n)))} {n}" for n in range(2, len(found) + 3))
        found.append(next(each for each in (stem, *numbered) if each.casefold() not in taken))
    return found


def _valid(name: str) -> str:
    printable = "".join(character if character.isprintable() else " " for character in name)
    plain = " ".join(_FORBIDDEN.sub(" ", printable).split())
    return _short(plain.strip("' "), _MOST) or "Target"


def _short(text: str, most: int) -> str:
    while utf16_length(text) > most:
        text = text[:-1]
    return text.strip("' ")


def quoted(sheet: str) -> str:
    """Return a sheet's name as formulas have it."""
    return "'" + sheet.replace("'", "''") + "'"


def printed(text: str) -> str:
    """Return a text for a header or a footer, where `&` begins a code; both have room for 255 characters."""
    return truncate(to_cell(text).replace("\n", " "), 60).replace("&", "&&")


def people_names(people: Sequence[Person]) -> dict[str, str]:
    """Return the names of persons by id."""
    often = Counter(_fold(person.name) for person in people)
    return {
        person.id: to_cell(person.name if often[_fold(person.name)] == 1 else f"{person.name} ({person.id})")
        for person in people
    }


def find_person(text: str, called: Mapping[str, str]) -> str | None:
    """Return the id of the person that a cell names, by name or id, None for nobody of them."""
    wanted = _fold(text)
    return next((id_ for id_, name in called.items() if wanted in (_fold(name), id_)), None)


def _fold(name: str) -> str:
    return " ".join(name.split()).casefold()
