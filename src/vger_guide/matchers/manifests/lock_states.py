"""What a manifest needs for its versions to be in the repository: a lock file, or nothing more, or nobody can tell."""

import re
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from typing import Any, NamedTuple

from vger_guide.matchers.formats import read_document
from vger_guide.matchers.manifests import Package, items, part, read_manifest, text
from vger_guide.matchers.probes import File
from vger_guide.text.lazy_pattern import lazy_pattern


class LockState(StrEnum):
    """What stands in a manifest that names dependencies."""

    EXACT = "names exact versions"
    OPEN = "names dependencies without exact versions"
    NEEDS = "names dependencies, and has no lock file"
    ASK = "names dependencies, and need not have a lock file"


class ManifestState(NamedTuple):
    """The state, and the line of what shows it; `alone` where a lock file in a folder above is not for it."""

    state: LockState
    line: int = 0
    alone: bool = False


# None where the manifest names no dependencies, or is another's matter.
State = ManifestState | None


class Manager(NamedTuple):
    """A package manager: its manifests, its lock files, and what a manifest says. `up` looks in folders above too.

    A file that does not hold the pattern `holds` is no manifest.
    """

    manifests: tuple[str, ...]
    locks: tuple[str, ...]
    state: Callable[[File], State]
    up: bool = True
    holds: str = ""


def _data(file: File, form: str) -> Any:
    roots = read_document(file, form).roots
    return roots[0] if roots else None


def _npm(file: File) -> State:
    data = _data(file, "json")
    if not part(data, "dependencies") and not part(data, "devDependencies"):
        return None
    published = part(data).get("private") is not True and ("files" in part(data) or "exports" in part(data))
    return ManifestState(LockState.ASK if published else LockState.NEEDS, alone=_is_alone(file))


# Files by which a folder says that its lock file is for the packages below it, too.
_WORKSPACES = ("pnpm-workspace.yaml", "lerna.json", "nx.json", "turbo.json", "rush.json", "deno.json")


def _is_alone(file: File) -> bool:
    """Return whether no package above takes this one in: each has dependencies of its own, and names no workspaces."""
    above = [each for folder in _above(file.path) if (each := file.at(f"{folder}package.json"))]
    return bool(above) and not any(_has_workspaces(each) for each in above)


def _above(path: str) -> Iterator[str]:
    """Yield the folders above that of a file, with their slashes; the root is an empty text."""
    folder = path.rpartition("/")[0]
    while folder:
        folder = folder.rpartition("/")[0]
        yield f"{folder}/" if folder else ""


def _has_workspaces(file: File) -> bool:
    data = part(_data(file, "json"))
    folder = file.path.removesuffix("package.json")
    names_none = bool(data.get("dependencies") or data.get("devDependencies")) and "workspaces" not in data
    return not names_none or any(file.at(f"{folder}{name}") for name in _WORKSPACES)


def _composer(file: File) -> State:
    data = _data(file, "json")
    if not any("/" in name for key in ("require", "require-dev") for name in part(data, key)):
        return None
    kind = text(part(data).get("type"))
    library = any(word in kind for word in ("library", "plugin", "module", "package", "bundle"))
    return ManifestState(LockState.ASK if library else LockState.NEEDS)


def _needs(file: File) -> State:  # noqa: ARG001 - whatever it says
    return ManifestState(LockState.NEEDS)


def _cargo(file: File) -> State:
    """Return the state of a `Cargo.toml`; a library need not have its lock file in the repository."""
    if not read_manifest(file, "cargo").packages:
        return None
    is_program = bool(items(part(_data(file, "toml")).get("bin")))
    return ManifestState(LockState.NEEDS if is_program else LockState.ASK)


def _go(file: File) -> State:
    return ManifestState(LockState.NEEDS) if read_manifest(file, "go").packages else None


_ASIDE = lazy_pattern(
    r"(?i)(?:^|[^a-z])(?:dev|develop|development|tests?|testing|docs?|lint|ci|constraints?)(?:[^a-z]|$)"
)


def _requirements(file: File) -> State:
    if _ASIDE.search(file.path.rpartition("/")[2]):
        return None
    packages = [each for each in read_manifest(file, "pypi").packages if each.version or each.line]
    return _by_versions(packages, lambda version: version.startswith(("==", "@")) and "*" not in version)


def _by_versions(packages: Iterable[Package], exact: Callable[[str], bool], unknown: bool = False) -> State:
    """Return the state by the versions; `unknown` leaves those out that are named elsewhere."""
    named = [each for each in packages if each.version or not unknown]
    if loose := next((each for each in named if not exact(each.version)), None):
        return ManifestState(LockState.OPEN, loose.line)
    return ManifestState(LockState.EXACT) if named else None


def _pyproject(file: File) -> State:
    data = _data(file, "toml")
    poetry = [name for name in part(data, "tool", "poetry", "dependencies") if name != "python"]
    return ManifestState(LockState.ASK) if items(part(data, "project").get("dependencies")) or poetry else None


def _setuptools(file: File) -> State:
    return ManifestState(LockState.ASK) if read_manifest(file, "pypi").packages else None


def _conda(file: File) -> State:
    data = _data(file, "yaml")
    named = list(_conda_names(items(part(data).get("dependencies"))))
    loose = [name for name in named if not re.search(r"=\s*\d", name) or re.search(r"[<>*]", name)]
    if not named:
        return None
    if not loose:
        return ManifestState(LockState.EXACT)
    line = next((i for i, row in enumerate(file.text.split("\n"), 1) if loose[0] in row), 0)
    return ManifestState(LockState.OPEN, line)


def _conda_names(listed: Iterable[Any]) -> Iterator[str]:
    for each in listed:
        if isinstance(each, str) and each not in ("pip", "python"):
            yield each
        elif isinstance(each, dict):
            yield from (name for name in items(each.get("pip")) if isinstance(name, str) and name[:1] != "-")


_LOOSE = lazy_pattern(r"(?<!\$)[*+\[(,]|^(?i:latest(?:\..*)?|release)$")


def _is_fixed(version: str) -> bool:
    return not _LOOSE.search(version)


def _nuget(file: File) -> State:
    return _by_versions(read_manifest(file, "nuget").packages, _is_fixed, unknown=True)


def _jvm(file: File) -> State:
    packages = read_manifest(file, "maven").packages
    return _by_versions(packages, _is_fixed, unknown=True) or (ManifestState(LockState.ASK) if packages else None)


# A block of dependencies that is not empty, in a build file of Gradle.
_DEPENDENCIES = lazy_pattern(r"\bdependencies\s*\{\s*[^\s}/]")
_CATALOG = "gradle/libs.versions.toml"


def _gradle(file: File) -> State:
    """Return the state of a build file; what it takes from the catalogue of versions is that file's matter."""
    if state := _jvm(file):
        return state
    if not _DEPENDENCIES.search(file.text):
        return None
    places = [f"{file.path.rpartition('/')[0]}/".removeprefix("/"), *_above(file.path)]
    has_catalog = re.search(r"\blibs\.", file.text) and any(file.at(folder + _CATALOG) for folder in places)
    return None if has_catalog else ManifestState(LockState.ASK)


def _asks(file: File) -> State:  # noqa: ARG001 - whatever it says
    return ManifestState(LockState.ASK)


def _helm(file: File) -> State:
    named = items(part(_data(file, "yaml")).get("dependencies"))
    versions = [text(part(each).get("version")) for each in named]
    if not named:
        return None
    is_exact = all(re.fullmatch(r"v?\d+\.\d+\.\d+\S*", v) for v in versions)
    return ManifestState(LockState.EXACT if is_exact else LockState.ASK)


_PYTHON = ("uv.lock", "poetry.lock", "pdm.lock", "Pipfile.lock", "pylock.toml", "conda-lock.yml", "pixi.lock")
_JS = ("package-lock.json", "npm-shrinkwrap.json", "yarn.lock", "pnpm-lock.yaml", "bun.lock", "bun.lockb", "deno.lock")

MANAGERS = {
    "npm": Manager(("package.json",), _JS, _npm),
    "composer": Manager(("composer.json",), ("composer.lock",), _composer),
    "bundler": Manager(("Gemfile",), ("Gemfile.lock", "*.gemspec"), _needs, up=False),
    "pipenv": Manager(("Pipfile",), ("Pipfile.lock",), _needs, up=False),
    "cargo": Manager(("Cargo.toml",), ("Cargo.lock",), _cargo),
    "cargo program": Manager(("src/main.rs",), ("Cargo.lock",), _needs),
    "go": Manager(("go.mod",), ("go.sum",), _go, up=False),
    "pip": Manager(
        ("*requirements*.txt", "requirements/*.txt"), (*_PYTHON, "constraints.txt", "requirements*.lock"), _requirements
    ),
    "python": Manager(("pyproject.toml",), (*_PYTHON, "requirements*.lock", "requirements.txt"), _pyproject),
    "setuptools": Manager(("setup.{py,cfg}",), (*_PYTHON, "requirements*.lock", "requirements.txt"), _setuptools),
    "conda": Manager(
        ("{*conda*,*environment*}.{yml,yaml}",), ("*conda-lock.yml",), _conda, up=False, holds=r"(?m)^dependencies:"
    ),
    "nuget": Manager(("*.{csproj,fsproj,vbproj}", "directory.packages.props"), ("packages.lock.json",), _nuget),
    "maven": Manager(("pom.xml",), (), _jvm),
    "gradle": Manager(("build.gradle", "build.gradle.kts"), ("gradle.lockfile",), _gradle),
    "gradle catalogue": Manager(("*.versions.toml",), ("gradle.lockfile",), _jvm),
    "terraform": Manager(("*.tf",), (".terraform.lock.hcl",), _asks, up=False, holds=r"\brequired_providers\s*\{"),
    "helm": Manager(("Chart.yaml",), ("Chart.lock", "requirements.lock"), _helm, up=False),
}
