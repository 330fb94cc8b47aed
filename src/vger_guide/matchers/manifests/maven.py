"""Artifacts of Maven repositories, as `group:artifact`: Maven's `pom.xml`, and the files of Gradle and sbt.

Build files of Gradle and sbt are programs, which are never run: what they say in so many words is found. In a
`pom.xml` a property in a name stays as it is written, such as `${project.groupId}:api`.
"""

import re
from collections.abc import Iterator
from typing import Any

from vger_guide.matchers.manifests import ManifestReader, Package, find_tables, lines, part, text
from vger_guide.text.lazy_pattern import lazy_pattern

# Where an element of this name stands, an artifact is meant; `exclusion` is what is not wanted.
_ELEMENTS = {"dependency": "", "plugin": "org.apache.maven.plugins", "parent": "", "extension": ""}


def normal(name: str) -> str:
    """Return a name as it is: groups and artifacts differ by their capitals."""
    return name


def pom(data: Any) -> Iterator[Package]:
    """Yield what a `pom.xml` names: dependencies, managed ones, plugins and what they need, its parent."""
    for element, group in _ELEMENTS.items():
        for keys, named in find_tables(data, f"$.project..{element}"):
            if artifact := text(named.get("artifactId")):
                name = f"{text(named.get('groupId')) or group}:{artifact}"
                yield Package(name, text(named.get("version")), keys=keys)


_PART = r"[A-Za-z0-9_][\w.-]*+"
_TOKENS = lazy_pattern(
    r"(?P<comment>//[^\n]*+|/\*.*?(?:\*/|\Z))"
    r"|(?P<quote>\"{3}|'{3}|[\"'])(?P<text>(?:[^\"'\\\n]|\\.)*+)(?P=quote)?"
    r"|(?P<label>\b(?:group|name|version)\b)(?=[ \t]*+[:=])"
    r"|(?P<library>\blibrary[ \t]*+\(?)"
    r"|(?P<line>\n)",
    re.DOTALL,
)
_COORDINATES = lazy_pattern(rf"({_PART}):({_PART})(?::([^:@]*+))?(?:[:@].*+)?")


def gradle(content: str) -> Iterator[Package]:
    """Yield the coordinates in a build file: `"group:artifact:version"`, or `group: "…", name: "…"`."""
    number, label = 1, ""
    parts: dict[str, str] = {}
    library: list[str] | None = None
    for match in _TOKENS.finditer(content + "\n"):
        quoted = match["text"] or ""
        library = [] if match["library"] else None if match["line"] else library
        if library is not None and match["quote"]:  # library("alias", "group", "artifact") of a catalogue in settings
            library.append(quoted)
            if len(library) == 3:
                yield Package(f"{library[1]}:{library[2]}", line=number)
        if match["quote"] and label:
            parts[label] = quoted
        elif coordinates := _COORDINATES.fullmatch(quoted):
            yield Package(f"{coordinates[1]}:{coordinates[2]}", coordinates[3] or "", line=number)
        if match["line"] and {"group", "name"} <= parts.keys():
            yield Package(f"{parts['group']}:{parts['name']}", parts.get("version", ""), line=number)
        label, parts = match["label"] or "", {} if match["line"] else parts
        number += match[0].count("\n")


# `"group" % "artifact" % "1.0"`; two or three signs stand for the version of Scala, which becomes part of the name.
_SBT = lazy_pattern(
    r"(?P<comment>//[^\n]*+|/\*.*?(?:\*/|\Z))"
    rf"|\"(?P<group>{_PART})\"\s*+%{{1,3}}\s*+\"(?P<artifact>{_PART})\"(?:\s*+%\s*+(?:\"(?P<version>[^\"\n]*+)\"|\w++))?"
    r"|\"(?:[^\"\\\n]|\\.)*+\"?"
    r"|(?P<line>\n)",
    re.DOTALL,
)


def sbt(content: str) -> Iterator[Package]:
    """Yield the modules of a build of sbt (https://www.scala-sbt.org/1.x/docs/Library-Dependencies.html)."""
    number = 1
    for match in _SBT.finditer(content):
        if match["artifact"]:
            yield Package(f"{match['group']}:{match['artifact']}", match["version"] or "", line=number)
        number += match[0].count("\n")


def gradle_catalog(data: Any) -> Iterator[Package]:
    """Yield the libraries of a version catalogue (https://docs.gradle.org/current/userguide/version_catalogs.html)."""
    for key, value in part(data, "libraries").items():
        library = part(value)
        module = text(library.get("module")) or f"{text(library.get('group'))}:{text(library.get('name'))}"
        coordinates = _COORDINATES.fullmatch(value if isinstance(value, str) else module)
        version = _catalog_version(data, library.get("version")) or (coordinates and coordinates[3]) or ""
        if coordinates:
            yield Package(f"{coordinates[1]}:{coordinates[2]}", version, keys=("libraries", key))


def _catalog_version(data: Any, version: Any) -> str:
    """Return the version of a library, which may be that of a name under `versions`."""
    named = part(data, "versions").get(text(part(version).get("ref")), version)
    return text(named) or text(part(named).get("strictly"))


def gradle_lock(content: str) -> Iterator[Package]:
    """Yield what a `gradle.lockfile` locks, a line each."""
    for number, line in lines(content):
        coordinates = _COORDINATES.fullmatch(line.partition("=")[0])
        if coordinates and coordinates[3]:
            yield Package(f"{coordinates[1]}:{coordinates[2]}", coordinates[3], direct=False, line=number)


READERS = {
    "pom.xml": ManifestReader(pom, "xml"),
    "build.gradle": ManifestReader(gradle),
    "build.gradle.kts": ManifestReader(gradle),
    "*.gradle": ManifestReader(gradle),
    "*.gradle.kts": ManifestReader(gradle),
    "*.sbt": ManifestReader(sbt),
    "project/*.scala": ManifestReader(sbt),
    "*.versions.toml": ManifestReader(gradle_catalog, "toml"),
    "gradle.lockfile": ManifestReader(gradle_lock),
    "buildscript-gradle.lockfile": ManifestReader(gradle_lock),
}
