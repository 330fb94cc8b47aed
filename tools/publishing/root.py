"""The files at the root, above the versions: what answers an address that names no page of a version."""

from collections.abc import Iterable
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from mike import commands, git_utils
from mike.versions import VersionInfo

from tools.publishing.names import LATEST, NEXT, PAGES, PREVIEW

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


def write(base: str) -> None:
    """Commit what is not yet as the versions ask for; `base` is the address above them, with a slash at its end."""
    versions = list(commands.list_versions(PAGES))
    default = default_of(versions)
    if not default:
        return
    if f'"{default}/"' not in _read("index.html"):
        commands.set_default(default, branch=PAGES, message=f"{default} is the default", allow_empty=True)
    files = {
        "404.html": _read(f"{default}/404.html"),
        "sitemap.xml": sitemap(versions, base),
        "robots.txt": robots(base),
    }
    changed = {name: text for name, text in files.items() if _read(name) != text}
    if changed:
        with git_utils.Commit(PAGES, f"Root: {', '.join(changed)}") as commit:
            for name, text in changed.items():
                commit.add_file(git_utils.FileInfo(name, text))


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
