"""Dated notes: what has happened since an edition was written, and what it means."""

from pydantic import Field

from vger_guide.catalog.fields import Moment, Origin, Prose, Record


class Note(Record):
    """One fact that came later than the text it stands beside; it never replaces that text."""

    happened: Moment = Field(description="When: a year, a month or a day, in quotes.")
    fact: Prose
    meaning: Prose = Field(description="What it means for the verdict or the rule, neutrally.")
    source: Origin = Field(description="A web address, or a package URL such as pkg:pypi/django@6.1.3.")

    @property
    def address(self) -> str:
        """Where a reader can look the source up."""
        return web_address(self.source)


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
