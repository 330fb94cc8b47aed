"""What `portfolio.yml` says: which repositories, whose they are, and what looking at one may take."""

from collections.abc import Iterator
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from vger_guide.forge.group import NAME as GROUP_NAME
from vger_guide.forge.organisation import NAME
from vger_guide.records.fields import Day, Id, Label, Record, Text
from vger_guide.records.kinds import TextForm
from vger_guide.repo.clone import is_cloneable

PLACES = ("path", "url", "folder", "list", "organisation", "group")


def require_cloneable(address: str) -> str:
    """Refuse an address that is not cloned, and one with a secret in it. Raises PydanticCustomError."""
    if not is_cloneable(address):
        raise PydanticCustomError("form", "is not an address that can be cloned; begin it with https:// or ssh://", {})
    if has_credentials(address):
        raise PydanticCustomError(
            "whole", "contains a user name or password; remove it, and log in by git or GH_TOKEN", {}
        )
    return address


def has_credentials(address: str) -> bool:
    """Tell whether an address may hold a secret: a password, or whatever stands before the host of a web address."""
    parts = urlsplit(address)
    return bool(parts.password or (parts.scheme in ("http", "https") and "@" in parts.netloc) or parts.query)


CloneAddress = Annotated[str, StringConstraints(strict=True, max_length=400), AfterValidator(require_cloneable)]


Organisation = Annotated[str, TextForm(f"^{NAME}$", "the name of an organisation at GitHub, such as 'acme'")]
Group = Annotated[str, TextForm(f"^{GROUP_NAME}$", "the path of a group at GitLab, such as 'acme/shops'")]
# The keys that choose among the repositories of an organisation or a group.
FILTERS = frozenset({"archived", "forks", "topics", "language", "pushed_since"})
_GIVE = f"remove {', '.join(sorted(FILTERS))} here"


class Source(Record):
    """One repository, or several that are found in one place: exactly one of PLACES."""

    path: Text | None = Field(default=None, description="A checkout or bare repository, relative to this file.")
    url: CloneAddress | None = Field(default=None, description="The address of a repository, which is cloned.")
    folder: Text | None = Field(default=None, description="A folder whose subfolders are repositories.")
    listing: Text | None = Field(
        default=None,
        alias="list",
        description="A file with a path or address a line, or a CSV file with a column 'repository'.",
    )
    organisation: Organisation | None = Field(default=None, description="An organisation or user at GitHub.")
    group: Group | None = Field(default=None, description="A group at GitLab, with its subgroups.")
    archived: bool = Field(default=False, strict=True, description="Archived repositories too.")
    forks: bool = Field(default=False, strict=True, description="Forks too.")
    topics: list[Label] = Field(default_factory=list, description="Only with one of these topics.")
    language: Label | None = Field(default=None, description="Only with this main language; not with group.")
    pushed_since: Day | None = Field(
        default=None, description="Only with a push, or at GitLab an activity, since then."
    )
    name: Label | None = Field(default=None, description="What reports call it; only with path and url.")
    unit: Label | None = Field(default=None, description="The business unit or team; left out: that of the file.")
    owner: Label | None = Field(default=None, description="Who answers for it; left out: that of the file.")
    profile: Id | None = Field(
        default=None,
        description="The kind of system, where its .vger.yml says none; left out: as 'vger init' proposes.",
    )
    skip: list[Label] = Field(
        default_factory=list, description="Names that are left out, with * and ?; not with path and url."
    )

    @model_validator(mode="after")
    def _require_one_place(self) -> "Source":
        places = (self.path, self.url, self.folder, self.listing, self.organisation, self.group)
        given = [name for name, place in zip(PLACES, places, strict=True) if place is not None]
        if len(given) != 1:
            what = f"has {' and '.join(given)}" if given else "does not say where it is"
            raise PydanticCustomError("whole", "{what}; give one of {places}", _words(what))
        if wrong := list(self._list_misplaced(given[0])):
            raise PydanticCustomError("whole", "{words}", {"words": "; ".join(wrong)})
        return self

    def _list_misplaced(self, place: str) -> Iterator[str]:
        """Yield what is wrong with the keys beside that of a place."""
        is_one = place in ("path", "url")
        if self.name and not is_one:
            yield "'name' is for one repository; remove it here"
        if self.skip and is_one:
            yield "'skip' is for several repositories; remove it here"
        if place not in ("organisation", "group") and self.model_fields_set & FILTERS:
            yield f"filters are for an organisation or a group; {_GIVE}"
        if place == "group" and self.language:
            yield "the list of a group at GitLab tells no language; remove 'language' here"


def _words(what: str) -> dict[str, str]:
    return {"what": what, "places": ", ".join(PLACES)}


class Limits(Record):
    """What looking at one repository may take, and the clones of a run together."""

    seconds: int = Field(default=900, ge=5, le=86_400, strict=True, description="Its time, cloning included.")
    megabytes: int = Field(default=2000, ge=200, le=1_000_000, strict=True, description="The memory of a process.")
    disk: int = Field(
        default=8000,
        ge=10,
        le=10_000_000,
        strict=True,
        description="Megabytes that the clones of a run take at a time, in equal shares.",
    )


class Portfolio(Record):
    """The repositories of an organisation."""

    title: Label = Field(description="What the pages are headed by.")
    unit: Label | None = Field(default=None, description="The unit of repositories that say none.")
    owner: Label | None = Field(default=None, description="The owner of repositories that say none.")
    limits: Limits = Field(default_factory=Limits)
    repositories: list[Source] = Field(min_length=1)
