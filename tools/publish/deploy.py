"""Puts a built site onto the branch gh-pages as a version, and takes the previews off whose branches are gone."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from mike import commands, git_utils
from mike.versions import VersionInfo, Versions

from tools.publish.branches import (
    LATEST,
    NEXT,
    PAGES,
    PREVIEW,
    PublishError,
    Version,
    git,
    heads,
    is_edition,
    publish,
    version_of,
)
from tools.site_data import HOME
from vger_guide.output.html import source_hash
from vger_guide.text.html import make_environment

PAGES_JSON = "pages.json"


def pages_json(site: Path) -> str:
    """Return by address below the site what each page is about: its rule and section, or its section, or nothing.

    What a page is about keeps its name where the page moves: a reader is led by it to the page of another version.
    """
    data = json.loads((site / "catalog.json").read_text(encoding="utf-8"))
    about = _about(data)
    folders = sorted(path.parent.relative_to(site).as_posix() for path in site.rglob(HOME))
    addresses = ["" if folder == "." else f"{folder}/" for folder in folders]
    return json.dumps({each: about.get(each, []) for each in addresses}, indent=1) + "\n"


def _about(data: dict[str, Any]) -> dict[str, list[str]]:
    """Return names by address; a page of several sections goes by the first."""
    site, found = data["site"], {}
    for section in reversed(data["sections"]):
        found[_page(section, site)] = [section["number"]]
    for rule in data["rules"]:
        found[_page(rule, site)] = [rule["id"], rule["section"]]
    for gone in data["retired"]:
        found[f"rules/{gone['slug']}/"] = [gone["id"], *gone["replaced_by"]]
    return found


def _page(record: dict[str, Any], site: str) -> str:
    return str(record["address"]).removeprefix(site).partition("#")[0]


SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


def write_root(base: str) -> None:
    """Commit what is not yet as the versions ask for; `base` is the address above them, with a slash at its end."""
    versions = list(commands.list_versions(PAGES))
    default = default_of(versions)
    if not default:
        return
    files = {
        HOME: redirect(default),
        "404.html": _read(f"{default}/404.html"),
        "sitemap.xml": sitemap(versions, base),
        "robots.txt": robots(base),
    }
    changed = {name: text for name, text in files.items() if _read(name) != text}
    if changed:
        with git_utils.Commit(PAGES, f"Root: {', '.join(changed)}") as commit:
            for name, text in changed.items():
                commit.add_file(git_utils.FileInfo(name, text))


def redirect(version: str) -> str:
    """Return the page at the root, which leads on to a version; mike's own has no policy of what may run on it."""
    templates = make_environment(Path(__file__).parent)
    templates.filters["digest"] = source_hash
    return templates.get_template("redirect.html").render(version=version) + "\n"


def default_of(versions: Iterable[VersionInfo]) -> str:
    """Return the version for a reader who names none: the latest edition, else the next, else whatever there is."""
    versions = list(versions)
    names = [*(LATEST for each in versions if LATEST in each.aliases), *(str(each.version) for each in versions)]
    return next((each for each in (LATEST, NEXT) if each in names), names[0] if names else "")


def sitemap(versions: Iterable[VersionInfo], base: str) -> str:
    """Return the index of the versions' sitemaps, without previews (https://www.sitemaps.org/protocol.html#index)."""
    ET.register_namespace("", SITEMAP)
    index = ET.Element(f"{{{SITEMAP}}}sitemapindex")
    for each in versions:
        if not str(each.version).startswith(PREVIEW):
            entry = ET.SubElement(index, f"{{{SITEMAP}}}sitemap")
            ET.SubElement(entry, f"{{{SITEMAP}}}loc").text = f"{base}{each.version}/sitemap.xml"
    ET.indent(index)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(index, encoding="unicode")}\n'


def robots(base: str) -> str:
    """Return the rules of what search engines may read (RFC 9309): all but previews, which go again."""
    return f"User-agent: *\nDisallow: {urlsplit(base).path}{PREVIEW}\nSitemap: {base}sitemap.xml\n"


def _read(name: str) -> str:
    try:
        return str(git_utils.read_file(PAGES, name), "utf-8")
    except git_utils.GitError:
        return ""


class _StaleCommitError(Exception):
    """What should be published is no longer what its branch is."""


def put(site: Path, branch: str, base: str, commit: str = "HEAD") -> str:
    """Publish a built site as the version that its branch is, and return a sentence about it.

    `base` is the address above all versions, with a slash at its end. Nothing is published when the branch has gone
    or moved on meanwhile: whoever pushed to it publishes what it is now. Raises PublishError; UnknownVersionError for a
    branch that is none.
    """
    version = version_of(branch)
    if not (site / "catalog.json").is_file():
        raise PublishError(f"{site} is no built site; 'python -m tools.publish build' makes one")
    (site / PAGES_JSON).write_text(pages_json(site), encoding="utf-8")
    try:
        publish(lambda: _place(site, version, base, git("rev-parse", commit)))
    except _StaleCommitError as why:
        return f"Not published: {why}."
    return f"Published {branch} as {base}{version.name}/"


def prune(base: str) -> str:
    """Take off the previews whose branches are gone, and return a sentence about it. Raises PublishError."""
    gone: list[str] = []

    def change() -> None:
        gone[:] = _stray(commands.list_versions(PAGES))
        if gone:
            commands.delete(gone, branch=PAGES, message=f"Removed {', '.join(gone)}: their branches are gone")
            write_root(base)

    if PAGES in heads():
        publish(change)
    return f"Removed: {', '.join(gone)}" if gone else "Nothing to remove: every preview has its branch."


def _place(site: Path, version: Version, base: str, commit: str) -> None:
    _ask_head(version.branch, commit)
    versions = commands.list_versions(PAGES)
    _ask_own(versions, version)
    config = {"site_dir": str(site), "use_directory_urls": True}
    with commands.deploy(
        config,
        version.name,
        version.title,
        [LATEST] if _is_newest(versions, version.name) else [],
        update_aliases=True,
        alias_type=commands.AliasType.copy,  # GitHub Pages follows no symbolic link
        branch=PAGES,
        message=f"{version.name}: {version.branch} at {commit[:12]}",
        allow_empty=True,
        set_props=[("branch", version.branch), ("commit", commit)],
    ):
        pass
    write_root(base)


def _is_newest(versions: Versions, name: str) -> bool:
    return is_edition(name) and all(str(each.version) <= name for each in versions if is_edition(str(each.version)))


def _ask_head(branch: str, commit: str) -> None:
    """Raise _Late where a branch is at another commit, so that nothing old is put over something newer."""
    head = heads().get(branch)
    if head is None:
        raise _StaleCommitError(f"the branch {branch} is gone")
    if head != commit:
        raise _StaleCommitError(f"{branch} has moved on from {commit[:12]} to {head[:12]}")


def _ask_own(versions: Versions, version: Version) -> None:
    """Raise PublishError where another branch already has the version's name: `a/b` and `a-b` would share one."""
    for each in versions:
        owner = (each.properties or {}).get("branch", version.branch)
        if str(each.version) == version.name and owner != version.branch and owner in heads():
            raise PublishError(f"{version.name} is the branch '{owner}' already; give '{version.branch}' another name")


def _stray(versions: Versions) -> list[str]:
    known = heads()
    previews = [each for each in versions if str(each.version).startswith(PREVIEW)]
    return [str(each.version) for each in previews if (each.properties or {}).get("branch") not in known]
