"""Small parts of CycloneDX that stand everywhere: texts, properties, the names that parts are referred to by."""

from typing import Any

from vger_guide.text.sanitize import escape_invisible

Object = dict[str, Any]

STANDARD = "standard"
ASSESSORS = "assessors"


def text(given: str) -> str:
    """Return a text of people with its lines; what has no shape of its own stands as its escape."""
    return "\n".join(escape_invisible(line) for line in given.splitlines())


def properties(**values: object) -> list[Object]:
    """Return properties of the guide's own, without those that say nothing."""
    told = {name: escape_invisible(str(value)) for name, value in values.items() if value not in (None, "")}
    return [{"name": f"vger:{name.replace('_', '-')}", "value": value} for name, value in told.items()]


def requirement(identifier: str) -> str:
    """Return the reference of a rule or a section."""
    return f"requirement:{identifier}"


def target(id_: str) -> str:
    """Return the reference of a target."""
    return f"target:{id_}"
