"""Reads a portfolio: its file, the folders and lists that it names, and every problem in them at once."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from vger_guide.catalog.lookup import resolve
from vger_guide.errors import UserError
from vger_guide.forge.organisation import HostedRepository
from vger_guide.portfolio.lists import Listed, read_list
from vger_guide.portfolio.models import Limits, Portfolio, Source, has_credentials, require_cloneable
from vger_guide.portfolio.organisations import OrganisationLists, is_wanted
from vger_guide.portfolio.repositories import Repository, repository_name
from vger_guide.records.problems import CatalogError, Problem, named, shown
from vger_guide.records.validation import validate
from vger_guide.records.yaml_reader import YamlDocument, read
from vger_guide.repo.clone import is_address, is_cloneable, mask_credentials

MAX_REPOSITORIES = 20_000
MAX_NAME = 200


@dataclass(frozen=True)
class LoadedPortfolio:
    """A portfolio with every repository found; `folder` is that of its file."""

    path: Path
    title: str
    limits: Limits
    repositories: tuple[Repository, ...]

    @property
    def folder(self) -> Path:
        """The folder that paths are relative to."""
        return self.path.resolve().parent


class _Found(NamedTuple):
    """A repository, and where it is written."""

    file: str
    line: int
    item: str
    repository: Repository

    def problem(self, message: str) -> Problem:
        return Problem(self.file, self.line, self.item, message)


def load_portfolio(path: Path, profiles: Iterable[str], organisations: OrganisationLists) -> LoadedPortfolio:
    """Return a portfolio; `profiles` are those that the guide has.

    Raises CatalogError with all problems, and UserError where an organisation cannot be listed; none is asked for
    before the file is right.
    """
    doc = read(path)
    problems: list[Problem] = []
    portfolio = None
    try:
        portfolio = validate(Portfolio, doc)
    except CatalogError as error:
        problems += error.problems
    found = list(_expand_all(doc, problems))
    if not problems:
        found += _expand_organisations(doc, portfolio, organisations)
    problems += [*_list_unknown_profiles(found, list(profiles)), *_list_twins(found)]
    if len(found) > MAX_REPOSITORIES:
        problems.append(Problem(doc.name, 0, "", f"names more than {MAX_REPOSITORIES:,} repositories; split it"))
    if problems or portfolio is None:
        raise CatalogError(problems)
    own = tuple(_with_defaults(each.repository, portfolio) for each in found)
    return LoadedPortfolio(path, portfolio.title, portfolio.limits, own)


def _with_defaults(repository: Repository, portfolio: Portfolio) -> Repository:
    return replace(
        repository,
        unit=repository.unit or portfolio.unit or "",
        owner=repository.owner or portfolio.owner or "",
    )


def _expand_all(doc: YamlDocument, problems: list[Problem]) -> Iterator[_Found]:
    """Yield the repositories of all sources that are right by themselves; add what is wrong with where they lead."""
    listed = doc.data.get("repositories") if isinstance(doc.data, dict) else None
    for number, raw in enumerate(listed if isinstance(listed, list) else []):
        try:
            source = Source.model_validate(raw)
        except ValidationError:
            continue  # told already, with the rest of the file
        try:
            yield from _expand(doc, number, source)
        except CatalogError as error:
            problems += error.problems


def _expand(doc: YamlDocument, number: int, source: Source) -> Iterator[_Found]:
    at = ("repositories", number)
    own: dict[str, Any] = {"unit": source.unit or "", "owner": source.owner or "", "profile": source.profile or ""}
    if place := source.url or source.path:
        name = source.name or repository_name(_called(doc, place))
        repository = Repository(name=name, place=place, is_remote=bool(source.url), **own)
        yield _Found(doc.name, doc.line(at), doc.item(at), repository)
    elif source.folder:
        places = _list_checkouts(doc, number, source.folder)
        for name in (name for name in places if not _is_skipped(name, source)):
            yield _Found(
                doc.name,
                doc.line(at),
                doc.item(at),
                Repository(name=name, place=f"{source.folder.rstrip('/')}/{name}", **own),
            )
    elif source.listing:
        yield from _expand_list(doc, number, source, own)


def _expand_organisations(
    doc: YamlDocument, portfolio: Portfolio | None, organisations: OrganisationLists
) -> Iterator[_Found]:
    for number, source in enumerate(portfolio.repositories if portfolio else ()):
        for hosted in organisations.list_repositories(source):
            if is_wanted(hosted, source) and not _is_skipped(hosted.name, source):
                at = ("repositories", number)
                yield _Found(doc.name, doc.line(at), doc.item(at), _make_hosted(hosted, source))


def _make_hosted(hosted: HostedRepository, source: Source) -> Repository:
    """Return a repository of an organisation. Raises UserError where the server gave no address for it."""
    if not hosted.address.startswith("https://") or not is_cloneable(hosted.address) or has_credentials(hosted.address):
        service, variable = ("GitLab", "CI_API_V4_URL") if source.group else ("GitHub", "GITHUB_API_URL")
        raise UserError(f"{service} gave no address over https for {hosted.name}; check {variable}")
    return Repository(
        name=hosted.name,
        place=hosted.address,
        is_remote=True,
        unit=source.unit or "",
        owner=source.owner or "",
        profile=source.profile or "",
    )


def _called(doc: YamlDocument, place: str) -> str:
    """Return a path with a name at its end: that of `.` is its folder's."""
    return str((doc.path.parent / place).resolve()) if place.rstrip("/").endswith(".") else place


def _is_skipped(name: str, source: Source) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in source.skip)


def _list_checkouts(doc: YamlDocument, number: int, folder: str) -> list[str]:
    """Return the names of the repositories below a folder; links are not followed. Raises CatalogError."""
    keys = ("repositories", number, "folder")
    try:
        children = sorted((doc.path.parent / folder).iterdir())
    except OSError as error:
        raise CatalogError([doc.problem(keys, f"{shown(folder)} cannot be read: {error.strerror}")]) from None
    names = [child.name for child in children if not child.is_symlink() and _is_repository(child)]
    if not names:
        raise CatalogError([doc.problem(keys, f"{shown(folder)} contains no repository; name the folder above them")])
    return names


def _is_repository(folder: Path) -> bool:
    return (folder / ".git").exists() or all((folder / name).exists() for name in ("HEAD", "objects", "refs"))


def _expand_list(doc: YamlDocument, number: int, source: Source, own: dict[str, Any]) -> Iterator[_Found]:
    path = doc.path.parent / (source.listing or "")
    wrong: list[Problem] = []
    try:
        listed = read_list(path)
    except OSError as error:
        keys = ("repositories", number, "list")
        why = f"{shown(source.listing)} cannot be read: {error.strerror or error}"
        raise CatalogError([doc.problem(keys, why)]) from None
    for each in listed:
        repository, why = _listed(each, path, doc.path.parent, own)
        if why:
            wrong.append(Problem(named(path), each.line, "", why))
        elif not _is_skipped(repository.name, source):
            yield _Found(named(path), each.line, "", repository)
    if wrong:
        raise CatalogError(wrong)


def _listed(each: Listed, path: Path, folder: Path, own: dict[str, Any]) -> tuple[Repository, str]:
    """Return the repository of a line of a list, and what is wrong with it."""
    fields: dict[str, Any] = {**own, **each.fields}
    place = fields.pop("repository", "")
    name = fields.pop("name", "") or repository_name(place)
    remote = is_address(place)
    if not place:
        return Repository(name, place), "has no repository; write its path or address"
    if any(len(text) > MAX_NAME or not text.isprintable() for text in (place, name, *fields.values())):
        return Repository(name, place), f"has a cell that is no plain text of at most {MAX_NAME} characters"
    if remote:
        try:
            require_cloneable(place)
        except PydanticCustomError as error:
            return Repository(name, place), f"{shown(mask_credentials(place))} {error.message()}"
    else:
        place = _relative((path.parent / place), folder)
    return Repository(name, place, remote, **fields), ""


def _relative(path: Path, folder: Path) -> str:
    """Return a path as the portfolio's file would name it, or whole where it is elsewhere."""
    try:
        return path.relative_to(folder).as_posix()
    except ValueError:
        return path.as_posix()


def _list_unknown_profiles(found: Iterable[_Found], profiles: list[str]) -> Iterator[Problem]:
    known = {name: name for name in profiles}
    for each in found:
        if each.repository.profile not in (*profiles, ""):
            try:
                resolve("profile", [each.repository.profile], known)
                yield each.problem(f"the profile {shown(each.repository.profile)} is written in small letters")
            except UserError as error:
                yield each.problem(error.message)


def _list_twins(found: Iterable[_Found]) -> Iterator[Problem]:
    """Yield a problem for each repository that is named a second time."""
    first: dict[str, _Found] = {}
    for each in found:
        before = first.setdefault(each.repository.place.rstrip("/"), each)
        if before is not each:
            yield each.problem(
                f"{shown(each.repository.place)} is named twice; {before.file}:{before.line} has it already"
            )
