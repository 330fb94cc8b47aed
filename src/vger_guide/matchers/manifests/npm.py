"""Packages of npm: `package.json`, `deno.json`, and the lock files of npm, Yarn (classic and Berry), pnpm and Bun."""

import re
from collections.abc import Iterator
from typing import Any

from vger_guide.matchers.manifests import ManifestReader, Package, items, keyed, lines, part, text
from vger_guide.text.lazy_pattern import lazy_pattern

_ASKED = ("dependencies", "devDependencies", "peerDependencies", "optionalDependencies")
_VERSION = lazy_pattern(r'  version:? "?([^"\s]++)')
# What a package.json takes under another name, where it leaves the version out.
_ALIAS = lazy_pattern(r"npm:((?:@[\w.~-]++/)?[A-Za-z][\w.~-]*+)")
_IMPORT = lazy_pattern(r"npm:/?((?:@[\w.~-]++/)?[A-Za-z][\w.~-]*+)(?:@([^/]++))?+")
_FOLDER = "node_modules/"


def normal(name: str) -> str:
    """Return a name as it is: npm takes each for another."""
    return name


def package(data: Any) -> Iterator[Package]:
    """Yield what a `package.json` asks for."""
    for named in keyed(data, *((key,) for key in _ASKED)):
        alias = _ALIAS.fullmatch(named.version)
        yield named._replace(name=alias[1] if alias else _real(named.name, named.version))


def deno(data: Any) -> Iterator[Package]:
    """Yield the packages of npm that a `deno.json` imports (https://docs.deno.com/runtime/fundamentals/modules/)."""
    for named in keyed(data, ("imports",)):
        if alias := _IMPORT.match(named.version):
            yield named._replace(name=alias[1], version=alias[2] or "")


def bun(data: Any) -> Iterator[Package]:
    """Yield what a `bun.lock` locks: a list for each place, which begins with `name@version`."""
    for place, value in part(data, "packages").items():
        name, at, version = text(next(iter(items(value)), "")).rpartition("@")
        if at and name and not version.startswith("workspace:"):
            yield Package(name, version, direct=False, keys=("packages", place))


def package_lock(data: Any) -> Iterator[Package]:
    """Yield what a `package-lock.json` locks: by place since version 2, by name and nested in version 1."""
    for place, value in part(data, "packages").items():
        if _FOLDER in place and isinstance(value, dict):
            name = text(value.get("name")) or place.rpartition(_FOLDER)[2]
            yield Package(name, text(value.get("version")), direct=False, keys=("packages", place))
    if "packages" not in part(data):
        yield from _read_nested(data)


def _read_nested(data: Any) -> Iterator[Package]:
    pending: list[tuple[Any, tuple[str, ...]]] = [(data, ())]
    while pending:
        value, keys = pending.pop()
        for name, inner in part(value, "dependencies").items():
            here = (*keys, "dependencies", name)
            version = text(part(inner).get("version"))
            yield Package(_real(name, version), version, direct=False, keys=here)
            pending.append((inner, here))


def yarn(content: str) -> Iterator[Package]:
    """Yield what a `yarn.lock` locks; a package begins with a line of what was asked for."""
    found = None
    for number, line in lines(content):
        if line[:1] not in ("", " ", "#") and line.endswith(":"):
            if found:
                yield found
            found = _read_request(line.rstrip(":").split(",")[0].strip().strip('"'), number)
        elif found and (match := _VERSION.match(line)):
            yield found._replace(version=match[1])
            found = None
    if found:
        yield found


def _read_request(asked: str, number: int) -> Package | None:
    """Return the package of `name@range`, where it is not the repository's own."""
    name, at, params = asked[1:].partition("@")
    if not at or params.startswith("workspace:"):
        return None
    return Package(_real(asked[:1] + name, params), direct=False, line=number)


def pnpm(content: str) -> Iterator[Package]:
    """Yield what a `pnpm-lock.yaml` locks: `name@1.0`, `/name@1.0` or `/name/1.0` below `packages`."""
    within = False
    for number, line in lines(content):
        if line[:1] not in ("", " "):
            within = line.startswith("packages:")
        elif within and line[:3].strip() and line.endswith(":"):
            key = line.strip().rstrip(":").strip("'\"").removeprefix("/").partition("(")[0]
            name, version = _split_key(key)
            yield Package(name, version, direct=False, line=number)


def _split_key(key: str) -> tuple[str, str]:
    """Return the name and the version of `name@version` or `name/version`; a name may begin with `@scope/`."""
    scope, slash, rest = key.partition("/") if key.startswith("@") else ("", "", key)
    name, *version = re.split("[@/]", rest, maxsplit=1)
    return scope + slash + name, "".join(version)


def _real(name: str, params: str) -> str:
    """Return the name of the package that is taken under another one, as in `npm:real@1.0`."""
    real, at, _ = params.removeprefix("npm:").rpartition("@")
    return real if params.startswith("npm:") and at and real else name


READERS = {
    "package.json": ManifestReader(package, "json"),
    "deno.json": ManifestReader(deno, "json"),
    "deno.jsonc": ManifestReader(deno, "json"),
    "bun.lock": ManifestReader(bun, "json"),
    "package-lock.json": ManifestReader(package_lock, "json"),
    "npm-shrinkwrap.json": ManifestReader(package_lock, "json"),
    "yarn.lock": ManifestReader(yarn),
    "pnpm-lock.yaml": ManifestReader(pnpm),
}
