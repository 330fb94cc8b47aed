"""Dated notes: what has happened since an edition was written, and what it means."""

from enum import StrEnum

from pydantic import Field

from vger_guide.records.fields import Label, Moment, Origin, Prose, Record, Text


class Event(StrEnum):
    """What has happened to a product, where a reader of its row has to know it at once."""

    BEING_RETIRED = "being-retired"
    RETIRED = "retired"
    SHUT_DOWN = "shut-down"
    SOLD = "sold"
    LICENCE_CHANGED = "licence-changed"

    @property
    def word(self) -> str:
        """The event as people read it."""
        return self.value.replace("-", " ").capitalize()


class NoteSource(Record):
    """Where a fact of a note can be looked up."""

    shows: Text | None = Field(default=None, description="Which fact it carries; needed where a note has several.")
    address: Origin = Field(description="A web address, or a package URL such as pkg:pypi/django@6.1.3.")

    @property
    def link(self) -> str:
        """Where a reader can open it."""
        return web_address(self.address)


class Note(Record):
    """One fact that came later than the text it stands beside; it never replaces that text."""

    happened: Moment = Field(description="When: a year, a month or a day, in quotes.")
    fact: Prose
    meaning: Prose = Field(description="The editors' reading: what it means for the verdict or the rule.")
    event: Event | None = Field(default=None, description="What happened to a product, shown at once in its row.")
    product: Label | None = Field(
        default=None, description="The product it is about, where that has not the row's name."
    )
    sources: list[NoteSource] = Field(min_length=1, description="One for each fact that the note states.")

    @property
    def links(self) -> list[str]:
        """Where a reader can look the facts up."""
        return [source.link for source in self.sources]


def web_address(origin: str) -> str:
    """Return a web address for an origin: itself, or the registry's page of a package URL of PyPI or npm.

    The form of package URLs: https://github.com/package-url/purl-spec.
    """
    return _package_page(origin) if origin.startswith("pkg:") else origin


def _package_page(purl: str) -> str:
    kind, _, rest = purl.removeprefix("pkg:").partition("/")
    name, _, version = rest.rpartition("@") if "@" in rest.lstrip("@") else (rest, "", "")
    name = name.replace("%40", "@")
    if kind == "npm":
        return f"https://www.npmjs.com/package/{name}" + (f"/v/{version}" if version else "")
    return f"https://pypi.org/project/{name}/" + (f"{version}/" if version else "")
