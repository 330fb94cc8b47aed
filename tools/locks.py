"""Reads the lock files against what packages ask for, and writes their versions where pip and pre-commit need them.

    python -m tools.locks

pip builds the package by the versions of `build-system.requires`, and pre-commit installs the hooks with those of
`additional_dependencies`: were they not exact, a release of tomorrow would be in them.
"""

import re
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path
from typing import Any

from packaging.dependency_groups import resolve_dependency_groups
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
LINE = re.compile(r"^([\w.-]+)==([^\s;]+)(?: ; (.*?))?(?: \\)?$", re.MULTILINE)
PACKAGE, HOOKS = "pyproject.toml", ".pre-commit-hooks.yaml"

# platform_system, sys_platform and platform_machine of
# https://packaging.python.org/en/latest/specifications/dependency-specifiers/
SYSTEMS = (
    ("Linux", "linux", "x86_64"),
    ("Linux", "linux", "aarch64"),
    ("Darwin", "darwin", "arm64"),
    ("Windows", "win32", "AMD64"),
)
IMPLEMENTATION = {"implementation_name": "cpython", "platform_python_implementation": "CPython"}
NEITHER = {"platform_release": "", "platform_version": ""}

Environment = Mapping[str, str]


@dataclass(frozen=True)
class Pin:
    """A package in its one version, where a marker holds."""

    name: str
    version: str
    marker: str = ""

    def applies(self, environment: Environment) -> bool:
        """Return whether it is installed in an environment."""
        return not self.marker or Marker(self.marker).evaluate(dict(environment))

    def __str__(self) -> str:
        return f"{self.name}=={self.version}" + (f" ; {self.marker}" if self.marker else "")


def pins(lock: Path) -> list[Pin]:
    """Return what a lock file names."""
    return [Pin(canonicalize_name(each[1]), each[2], each[3] or "") for each in LINE.finditer(lock.read_text("utf-8"))]


def wanted(*groups: str, own: bool = True) -> list[Requirement]:
    """Return what pyproject.toml asks for: by the package's own dependencies, and by groups."""
    asked = project()
    dependencies = asked["project"]["dependencies"] if own else []
    return [
        Requirement(each) for each in (*dependencies, *resolve_dependency_groups(asked["dependency-groups"], *groups))
    ]


def walk(asked: Iterable[Requirement], locked: Iterable[Pin], environment: Environment) -> tuple[set[Pin], list[str]]:
    """Return the pins that are asked for in an environment, however indirectly, and what is asked for and not locked.

    What a package asks for is read from its metadata, and those of the installed ones are at hand; a package that is
    locked for other systems only is not looked into.
    """
    by_name = {pin.name: pin for pin in locked if pin.applies(environment)}
    found: set[Pin] = set()
    lacking: list[str] = []
    done: set[tuple[str, str]] = set()
    waiting = [(each, "", "the project") for each in asked]
    while waiting:
        requirement, extra, by = waiting.pop()
        if requirement.marker and not requirement.marker.evaluate({**environment, "extra": extra}):
            continue
        pin = by_name.get(canonicalize_name(requirement.name))
        if not pin or not requirement.specifier.contains(pin.version, prereleases=True):
            lacking.append(f"{requirement}, which {by} asks for; locked: {pin or 'nothing'}")
            continue
        found.add(pin)
        for each in {"", *requirement.extras} - {extra for name, extra in done if name == pin.name}:
            done.add((pin.name, each))
            waiting += [(further, each, pin.name) for further in _requirements(pin.name)]
    return found, lacking


@cache
def _requirements(name: str) -> list[Requirement]:
    try:
        return [Requirement(each) for each in requires(name) or ()]
    except PackageNotFoundError:
        return []


def project() -> dict[str, Any]:
    """Return what pyproject.toml says."""
    return tomllib.loads((ROOT / PACKAGE).read_text("utf-8"))


def environments() -> Iterator[dict[str, str]]:
    """Yield the environments that the lock files are for: each tested Python, on each system that we know of."""
    classifiers = project()["project"]["classifiers"]
    pythons = [each.rpartition(" ")[2] for each in classifiers if each.startswith("Programming Language :: Python :: ")]
    # Below 3.11.5 some packages have a version of their own.
    for full in [*(f"{python}.0" for python in pythons), "3.11.9"]:
        for system, platform, machine in SYSTEMS:
            version = {"python_version": full.rpartition(".")[0], "python_full_version": full}
            system_is = {"platform_system": system, "sys_platform": platform, "platform_machine": machine}
            own = {"implementation_version": full, "os_name": "nt" if platform == "win32" else "posix"}
            yield {**version, **system_is, **own, **IMPLEMENTATION, **NEITHER}


def exact(*groups: str, own: bool) -> list[str]:
    """Return the pins of groups, and of the package's own dependencies, wherever they are installed."""
    asked = wanted(*groups, own=own)
    locked = pins(ROOT / "requirements.run.lock")
    found = set().union(*(walk(asked, locked, each)[0] for each in environments()))
    return sorted(map(str, found))


def written() -> dict[str, str]:
    """Return the files with exact versions in them, as they should be."""
    build = "".join(f'    "{each}",\n' for each in exact("build", own=False))
    hooks = "".join(f"    - {each}\n" for each in exact(own=True))
    return {
        PACKAGE: _between(r"requires = \[.*\n", r"\]", build, PACKAGE),
        HOOKS: _between(r"  additional_dependencies: &pins\n", r"- id", hooks, HOOKS),
    }


def _between(begin: str, end: str, text: str, name: str) -> str:
    content = (ROOT / name).read_text("utf-8")
    return re.sub(rf"(?m)^({begin})(?:.*\n)*?(?={end})", lambda found: found[1] + text, content, count=1)


def main() -> int:
    """Write the exact versions into the files that name them."""
    for name, text in written().items():
        (ROOT / name).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
