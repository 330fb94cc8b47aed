"""The people of a review as a workbook names them: by name, and by id besides where two have the same name."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from unicodedata import normalize

from vger_guide.exports.workbook.texts import cell
from vger_guide.reviews.document import Person


def names(people: Sequence[Person]) -> dict[str, str]:
    """Return what each person is called, by id."""
    often = Counter(_key(person.name) for person in people)
    return {
        person.id: cell(person.name if often[_key(person.name)] == 1 else f"{person.name} ({person.id})")
        for person in people
    }


def who(text: str, called: Mapping[str, str]) -> str | None:
    """Return the id of the person that a cell names by name or id, None for nobody of them."""
    wanted = _key(text)
    return next((id_ for id_, name in called.items() if wanted in (_key(name), id_)), None)


def new_id(name: str, taken: Mapping[str, str]) -> str:
    """Return an id for a new person."""
    plain = normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain)[:60].strip("-") or "person"
    numbered = (f"{stem}-{n}" for n in range(2, len(taken) + 3))
    return next(id_ for id_ in (stem, *numbered) if id_ not in taken)


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()
