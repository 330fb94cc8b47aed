"""Writes the changes of the guide as a feed, an entry a change (Atom, RFC 4287)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from uuid import UUID, uuid5
from xml.etree import ElementTree as ET

from vger_guide.catalog.catalog import Catalog
from vger_guide.catalog.changes import RowChange, RuleChange
from vger_guide.catalog.editions import NEXT
from vger_guide.catalog.urls import page_url

NAME = "changes.atom"
ATOM = "http://www.w3.org/2005/Atom"
# The ids of entries are made in this space and have to stay: a reader knows by them what it has shown already.
SPACE = UUID("c6a3d9d4-0a4e-5b0f-9d2b-5c2f1f6a7e10")
PAGE = "about/changes.md"


@dataclass(frozen=True)
class Entry:
    """A change as the feed tells it."""

    id: str
    title: str
    day: date
    place: str
    text: str


def feed(catalog: Catalog, site: str) -> str:
    """Return the text of the feed, newest change first.

    `site` is the address that the site is published at, with a slash at its end.
    """
    entries = sorted(_entries(catalog), key=lambda entry: (entry.day, entry.id), reverse=True)
    began = date.fromisoformat(catalog.guide.source_edition.replace(".", "-") + "-01")
    ET.register_namespace("", ATOM)
    root = ET.Element(f"{{{ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": "en"})
    _texts(root, id=_id("feed"), title=f"{catalog.guide.title}: what changed")
    _texts(root, updated=_moment(max((entry.day for entry in entries), default=began)))
    _texts(ET.SubElement(root, f"{{{ATOM}}}author"), name=catalog.guide.title)
    _link(root, "self", _lasting(catalog, site) + NAME, "application/atom+xml")
    _link(root, "alternate", page_url(site, PAGE), "text/html")
    for entry in entries:
        _add(root, entry, site)
    ET.indent(root)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _lasting(catalog: Catalog, site: str) -> str:
    """Return where the feed goes on: an edition's is followed at the latest one, its own gets no more entries."""
    own = f"/{catalog.edition}/"
    return site.removesuffix(own) + "/latest/" if catalog.edition != NEXT and site.endswith(own) else site


def _entries(catalog: Catalog) -> Iterator[Entry]:
    for old, new in pairwise(catalog.timeline):
        for change in catalog.changes_to(new).entries:
            # Named by the edition before: the one that comes has no name until it is published.
            name, place = _named(catalog, change)
            title = f"{name}: {change.verb} in {new}"
            yield Entry(_id(f"{old}/{change.id}/{change.verb}"), title, change.decided, place, change.reason)


def _named(catalog: Catalog, change: RuleChange | RowChange) -> tuple[str, str]:
    """Return the subject of a change, and the place where it stands."""
    if isinstance(change, RuleChange):
        rule = catalog.rules.get(change.id) or catalog.retired.get(change.id)
        return (f"{rule.id} {rule.title}", rule.page) if rule else (change.id, PAGE)
    if change.id in catalog.options:
        return catalog.options[change.id][1].name, f"recommendations.md#{change.id}"
    gone = [edition.rows[change.id].name for edition in catalog.timeline.values() if change.id in edition.rows]
    return gone[-1], PAGE


def _add(root: ET.Element, entry: Entry, site: str) -> None:
    part = ET.SubElement(root, f"{{{ATOM}}}entry")
    _texts(part, id=entry.id, title=entry.title, updated=_moment(entry.day), summary=entry.text)
    _link(part, "alternate", page_url(site, entry.place), "text/html")


def _texts(part: ET.Element, **texts: str) -> None:
    for name, text in texts.items():
        ET.SubElement(part, f"{{{ATOM}}}{name}").text = text


def _link(part: ET.Element, rel: str, href: str, kind: str) -> None:
    ET.SubElement(part, f"{{{ATOM}}}link", {"rel": rel, "type": kind, "href": href})


def _id(name: str) -> str:
    return f"urn:uuid:{uuid5(SPACE, name)}"


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
