"""The people of a review as a workbook names them: by name, and by id besides where two have the same name."""

from collections import Counter
from collections.abc import Mapping, Sequence

from vger_guide.output.reviews.workbook.text import to_cell
from vger_guide.reviews.models import Person


def names(people: Sequence[Person]) -> dict[str, str]:
    """Return the names of persons by id."""
    often = Counter(_key(person.name) for person in people)
    return {
        person.id: to_cell(person.name if often[_key(person.name)] == 1 else f"{person.name} ({person.id})")
        for person in people
    }


def who(text: str, called: Mapping[str, str]) -> str | None:
    """Return the id of the person that a cell names by name or id, None for nobody of them."""
    wanted = _key(text)
    return next((id_ for id_, name in called.items() if wanted in (_key(name), id_)), None)


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()
