"""What a manifest needs for its versions to be in the repository: a lock file, or nothing more, or nobody can tell."""

import re
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from typing import Any, NamedTuple

from vger_guide.matchers.formats import read_document
from vger_guide.matchers.manifests import Package, items, part, read_manifest, text
from vger_guide.matchers.probes import File


class LockState(StrEnum):
    """What stands in a manifest that names dependencies."""

    EXACT = "names exact versions"
    OPEN = "names dependencies without exact versions"
    NEEDS = "names dependencies, and has no lock file"
    ASK = "names dependencies, and need not have a lock file"


# The state, and the line of what shows it; None where the manifest names no dependencies, or is another's matter.
State = tuple[LockState, int] | None


class Manager(NamedTuple):
    """A package manager: its manifests, its lock files, and what a manifest says. `up` looks in folders above too."""

    manifests: tuple[str, ...]
    locks: tuple[str, ...]
    state: Callable[[File], State]
    up: bool = True


def _data(file: File, form: str) -> Any:
    roots = read_document(file, form).roots
    return roots[0] if roots else None


def _npm(file: File) -> State:
    data = _data(file, "json")
    if not part(data, "dependencies") and not part(data, "devDependencies"):
        return None
    published = part(data).get("private") is not True and ("files" in part(data) or "exports" in part(data))
    return (LockState.ASK if published else LockState.NEEDS), 0


def _composer(file: File) -> State:
    data = _data(file, "json")
    if not any("/" in name for key in ("require", "require-dev") for name in part(data, key)):
        return None
    kind = text(part(data).get("type"))
    library = any(word in kind for word in ("library", "plugin", "module", "package", "bundle"))
    return (LockState.ASK if library else LockState.NEEDS), 0


def _needs(file: File) -> State:  # noqa: ARG001 - whatever it says
    return LockState.NEEDS, 0


def _go(file: File) -> State:
    return (LockState.NEEDS, 0) if read_manifest(file, "go").packages else None


_ASIDE = re.compile(
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
        return LockState.OPEN, loose.line
    return (LockState.EXACT, 0) if named else None


def _pyproject(file: File) -> State:
    data = _data(file, "toml")
    poetry = [name for name in part(data, "tool", "poetry", "dependencies") if name != "python"]
    return (LockState.ASK, 0) if items(part(data, "project").get("dependencies")) or poetry else None


def _conda(file: File) -> State:
    data = _data(file, "yaml")
    named = list(_conda_names(items(part(data).get("dependencies"))))
    loose = [name for name in named if not re.search(r"=\s*\d", name) or re.search(r"[<>*]", name)]
    if not named:
        return None
    if not loose:
        return LockState.EXACT, 0
    line = next((i for i, row in enumerate(file.text.split("\n"), 1) if loose[0] in row), 0)
    return LockState.OPEN, line


def _conda_names(listed: Iterable[Any]) -> Iterator[str]:
    for each in listed:
        if isinstance(each, str) and each not in ("pip", "python"):
            yield each
        elif isinstance(each, dict):
            yield from (name for name in items(each.get("pip")) if isinstance(name, str) and name[:1] != "-")


_LOOSE = re.compile(r"(?<!\$)[*+\[(,]|^(?i:latest(?:\..*)?|release)$")


def _is_fixed(version: str) -> bool:
    return not _LOOSE.search(version)


def _nuget(file: File) -> State:
    return _by_versions(read_manifest(file, "nuget").packages, _is_fixed, unknown=True)


def _jvm(file: File) -> State:
    packages = read_manifest(file, "maven").packages
    return _by_versions(packages, _is_fixed, unknown=True) or ((LockState.ASK, 0) if packages else None)


def _terraform(file: File) -> State:
    return (LockState.ASK, 0) if re.search(r"\brequired_providers\s*\{", file.text) else None


def _helm(file: File) -> State:
    named = items(part(_data(file, "yaml")).get("dependencies"))
    versions = [text(part(each).get("version")) for each in named]
    if not named:
        return None
    return (LockState.EXACT if all(re.fullmatch(r"v?\d+\.\d+\.\d+\S*", v) for v in versions) else LockState.ASK), 0


_PYTHON = ("uv.lock", "poetry.lock", "pdm.lock", "Pipfile.lock", "pylock.toml", "conda-lock.yml", "pixi.lock")
_JS = ("package-lock.json", "npm-shrinkwrap.json", "yarn.lock", "pnpm-lock.yaml", "bun.lock", "bun.lockb", "deno.lock")

MANAGERS = {
    "npm": Manager(("package.json",), _JS, _npm),
    "composer": Manager(("composer.json",), ("composer.lock",), _composer),
    "bundler": Manager(("Gemfile",), ("Gemfile.lock", "*.gemspec"), _needs, up=False),
    "pipenv": Manager(("Pipfile",), ("Pipfile.lock",), _needs, up=False),
    "cargo": Manager(("src/main.rs",), ("Cargo.lock",), _needs),
    "go": Manager(("go.mod",), ("go.sum",), _go, up=False),
    "pip": Manager(
        ("*requirements*.txt", "requirements/*.txt"), (*_PYTHON, "constraints.txt", "requirements*.lock"), _requirements
    ),
    "python": Manager(("pyproject.toml",), (*_PYTHON, "requirements*.lock", "requirements.txt"), _pyproject),
    "conda": Manager(("{conda,environment}.{yml,yaml}",), ("conda-lock.yml",), _conda, up=False),
    "nuget": Manager(("*.{csproj,fsproj,vbproj}", "directory.packages.props"), ("packages.lock.json",), _nuget),
    "maven": Manager(("pom.xml",), (), _jvm),
    "gradle": Manager(("build.gradle", "build.gradle.kts"), ("gradle.lockfile",), _jvm),
    "terraform": Manager(("*.tf",), (".terraform.lock.hcl",), _terraform, up=False),
    "helm": Manager(("Chart.yaml",), ("Chart.lock", "requirements.lock"), _helm, up=False),
}
