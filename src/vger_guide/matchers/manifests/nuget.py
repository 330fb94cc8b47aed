"""Packages of NuGet: project files and what they share, `packages.config`, `packages.lock.json`, and Paket's files."""

from collections.abc import Iterator
from typing import Any

from vger_guide.matchers.manifests import ManifestReader, Package, find_tables, lines, part, text
from vger_guide.text.lazy_pattern import lazy_pattern

_REFERENCES = ("PackageReference", "PackageVersion", "GlobalPackageReference", "DotNetCliToolReference")

_NUGET = lazy_pattern(r"[ \t]*+nuget[ \t]++([\w.-]++)[ \t]*+([^#\n]*+)")


def normal(name: str) -> str:
    """Return a name in small letters."""
    return name.lower()


def project(data: Any) -> Iterator[Package]:
    """Yield what a project refers to; `Update` changes what another file includes."""
    for kind in _REFERENCES:
        for keys, named in find_tables(data, f"$.Project..{kind}"):
            name = text(named.get("@Include")) or text(named.get("@Update"))
            version = text(named.get("@Version")) or text(named.get("Version"))
            yield from (Package(each.strip(), version, keys=keys) for each in name.split(";") if each.strip())


def config(data: Any) -> Iterator[Package]:
    """Yield what a `packages.config` lists."""
    for keys, named in find_tables(data, "$.packages.package"):
        if name := text(named.get("@id")):
            yield Package(name, text(named.get("@version")), keys=keys)


def lock(data: Any) -> Iterator[Package]:
    """Yield what a `packages.lock.json` locks for each framework; projects of the repository are left out."""
    for framework in part(data, "dependencies"):
        for name, value in part(data, "dependencies", framework).items():
            kind, version = text(part(value).get("type")), text(part(value).get("resolved"))
            if kind != "Project":
                yield Package(name, version, kind == "Direct", keys=("dependencies", framework, name))


def paket(content: str) -> Iterator[Package]:
    """Yield what a `paket.dependencies` asks for (https://fsprojects.github.io/Paket/dependencies-file.html)."""
    for number, line in lines(content):
        if match := _NUGET.match(line):
            yield Package(match[1], match[2].strip(), line=number)


READERS = {
    "*.csproj": ManifestReader(project, "xml"),
    "*.fsproj": ManifestReader(project, "xml"),
    "*.vbproj": ManifestReader(project, "xml"),
    "*.props": ManifestReader(project, "xml"),
    "*.targets": ManifestReader(project, "xml"),
    "packages.config": ManifestReader(config, "xml"),
    "packages.lock.json": ManifestReader(lock, "json"),
    "paket.dependencies": ManifestReader(paket),
}
