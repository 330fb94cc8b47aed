"""Packages of Cargo: `Cargo.toml` and `Cargo.lock`."""

from collections.abc import Iterator
from typing import Any

from vger_guide.matchers.manifests import ManifestReader, Package, keyed, part, read_lock_packages, text

_KINDS = ("dependencies", "dev-dependencies", "build-dependencies")


def normal(name: str) -> str:
    """Return a name as it is: Cargo asks for the very one."""
    return name


def manifest(data: Any) -> Iterator[Package]:
    """Yield what a `Cargo.toml` asks for, for every platform; a renamed package has its own name."""
    tables = [(kind,) for kind in _KINDS] + [("workspace", "dependencies")]
    platforms = [("target", name, kind) for name in part(data, "target") for kind in _KINDS]
    for named in keyed(data, *tables, *platforms):
        yield named._replace(name=text(part(data, *map(str, named.keys)).get("package")) or named.name)


def lock(content: str) -> Iterator[Package]:
    """Yield what a `Cargo.lock` locks; packages without a source are the repository's own."""
    return (named for named, source in read_lock_packages(content) if source)


READERS = {"Cargo.toml": ManifestReader(manifest, "toml"), "Cargo.lock": ManifestReader(lock)}
