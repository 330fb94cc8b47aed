"""Where a tool says that something is, made a path of the tree, or nothing where it leads out of it."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

# Bases of bases that are followed (SARIF 3.14.14).
BASES = 10
LONGEST = 4_096

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):")
_DRIVE = re.compile(r"/?[A-Za-z]:[\\/]")


class OutsideError(Exception):
    """A place leads out of the tree, or to no file at all."""


class Locator:
    """Makes places in reports paths of a tree, which stands at `root` of the disk, if it does.

    No file is looked at: where a link leads is not asked.
    """

    def __init__(self, root: Path | None) -> None:
        roots = {root.absolute().as_posix(), root.resolve().as_posix()} if root else set()
        self._roots = sorted(roots, key=len, reverse=True)

    def path(self, place: str, bases: tuple[str, ...] = ()) -> str:
        """Return the path of a tool's file name, which may be absolute; `bases` are folders that it may be below.

        Raises OutsideError.
        """
        if not place or len(place) > LONGEST or "\0" in place:
            raise OutsideError
        place = place.replace("\\", "/")
        if place.startswith("/") or _DRIVE.match(place):
            place = self._below(place, (*self._roots, *bases))
        return _normalise(place)

    def uri_path(self, uri: str, base: str = "", bases: Mapping[str, str] | None = None) -> str:
        """Return the path of a URI reference, relative to the base of a name, where it has one.

        `bases` are the URIs of bases by their names. Raises OutsideError.
        """
        known = bases or {}
        folders = tuple(folder for each in known.values() if (folder := _uri_folder(each)))
        where = known.get(base, "")
        if where and not _is_absolute(uri):
            # What a base is called says nothing: one below the tree is a folder in it, and any other is its root.
            try:
                prefix = self.path(_uri_folder(where) or _decode(where))
            except OutsideError:
                prefix = ""
            return _normalise(f"{prefix}/{_decode(uri)}".lstrip("/"))
        return self.path(_uri_folder(uri) if _is_absolute(uri) else _decode(uri), folders)

    def _below(self, place: str, folders: tuple[str, ...]) -> str:
        place = posixpath.normpath(_strip_before_drive(place))
        for folder in folders:
            below = _strip_before_drive(folder).rstrip("/") + "/"
            if place.startswith(below) and below != "/":
                return place[len(below) :]
        raise OutsideError


def resolve_bases(told: Any) -> dict[str, str]:
    """Return the URIs of `originalUriBaseIds` by their names, each joined with those that it is below."""
    if not isinstance(told, dict):
        return {}
    return {name: uri for name in list(told)[:100] if (uri := _join_base(told, name))}


def _join_base(told: Mapping[str, Any], name: str) -> str:
    uri = ""
    seen: set[str] = set()
    while name and name not in seen and len(seen) < BASES:
        seen.add(name)
        place = told.get(name)
        if not isinstance(place, dict):
            break
        uri = str(place.get("uri") or "") + uri
        if _is_absolute(uri):
            break
        name = str(place.get("uriBaseId") or "")
    return uri[:LONGEST]


def _is_absolute(uri: str) -> bool:
    return uri.startswith("/") or bool(_SCHEME.match(uri)) or bool(_DRIVE.match(uri))


def _uri_folder(uri: str) -> str:
    """Return the path that an absolute URI of a file names, or nothing for any other."""
    if _DRIVE.match(uri):
        return uri
    scheme = _SCHEME.match(uri)
    if scheme and scheme[1].lower() != "file":
        return ""
    path = uri[scheme.end() :] if scheme else uri
    if path.startswith("//"):  # a host, which is this machine
        path = "/" + path[2:].partition("/")[2]
    return _decode(path) if path.startswith("/") else ""


def _strip_before_drive(path: str) -> str:
    return path.lstrip("/") if _DRIVE.match(path) else path


def _decode(text: str) -> str:
    """Return a text with what is percent-encoded in it decoded. Raises OutsideError where it is no text."""
    # Where nothing is encoded, `#` and `?` are letters of a name that a tool has not encoded either.
    text = text.partition("#")[0].partition("?")[0] if "%" in text else text
    try:
        return unquote_to_bytes(text).decode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # one half of a surrogate pair alone
        raise OutsideError from None


def _normalise(path: str) -> str:
    path = posixpath.normpath(path) if path else ""
    if not path or path == "." or path.startswith(("/", "../")) or path == ".." or "\0" in path or _DRIVE.match(path):
        raise OutsideError
    return path
