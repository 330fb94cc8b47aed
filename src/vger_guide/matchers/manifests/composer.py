"""Packages of Composer: `composer.json` and `composer.lock`."""

from collections.abc import Iterator
from typing import Any

from vger_guide.matchers.manifests import ManifestReader, Package, items, keyed, part, text


def normal(name: str) -> str:
    """Return a name in small letters."""
    return name.lower()


def manifest(data: Any) -> Iterator[Package]:
    """Yield what a `composer.json` asks for, PHP itself and its extensions too."""
    return keyed(data, ("require",), ("require-dev",))


def lock(data: Any) -> Iterator[Package]:
    """Yield what a `composer.lock` locks."""
    for kind in ("packages", "packages-dev"):
        for number, package in enumerate(items(part(data).get(kind))):
            if name := text(part(package).get("name")):
                yield Package(name, text(part(package).get("version")), direct=False, keys=(kind, number, "name"))


READERS = {"composer.json": ManifestReader(manifest, "json"), "composer.lock": ManifestReader(lock, "json")}
