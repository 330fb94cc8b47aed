"""Packages of the Python Package Index: requirements, project files, `setup.py`, Pipenv, Conda, Pixi, lock files."""

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Any

from vger_guide.matchers.formats import read_document
from vger_guide.matchers.manifests import ManifestReader, Package, items, keyed, lines, part, read_lock_packages, text
from vger_guide.matchers.probes import File
from vger_guide.text.lazy_pattern import lazy_pattern

# https://packaging.python.org/en/latest/specifications/dependency-specifiers/
_REQUIREMENT = lazy_pattern(r"\s*+([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?+)\s*+(?:\[[^\]]*+\])?+\s*+([^;#]*+)")
_EGG = lazy_pattern(r"[#&]egg=([A-Za-z0-9][A-Za-z0-9._-]*+)")
# A repository without such a name is taken to be called as its package is, which pip learns by building it.
_REPOSITORY = lazy_pattern(
    r"\s*+(?:(?:-e|--editable)[ =]\s*+)?(?:git|hg|svn|bzr)\+(?:[a-z]++://)?+(?:[^\s#@/]*+@)?[^\s#@/:]*+[/:]([^\s#@]++)"
)
_COMMENT = lazy_pattern(r"(?:^|\s)#")
_NAME = lazy_pattern(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?+")
_SEPARATORS = lazy_pattern(r"[-_.]+")


def normal(name: str) -> str:
    """Return a name in small letters, with one dash for each run of dashes, dots and underscores (PEP 503)."""
    return _SEPARATORS.sub("-", name).lower()


def requirement(line: str, keys: tuple[str | int, ...] = (), number: int = 0) -> Iterator[Package]:
    """Yield the package of a dependency specifier, such as `django[argon2]>=5; python_version>"3.9"`."""
    if (match := _REQUIREMENT.match(line)) and match[2][:1] in "=<>!~@(":
        yield Package(match[1], match[2].strip(), line=number, keys=keys)


def requirements(content: str) -> Iterator[Package]:
    """Yield the packages of a requirements file, also of those that come from a repository under a name."""
    rows = list(lines(content))
    for number, line in rows:
        egg = _EGG.search(line)
        plain = line[: found.start()] if (found := _COMMENT.search(line)) else line
        plain = plain.partition(" --")[0].rstrip("\\ \t")
        if name := egg[1] if egg else _name_repository(plain):
            yield Package(name, line=number)
        elif not plain.lstrip().startswith("-"):
            direct = not _is_for_another(line, rows, number)
            yield from (named._replace(direct=direct) for named in requirement(plain, number=number))


def _name_repository(line: str) -> str:
    """Return the last part of the address that a line of requirements takes a repository from, or nothing."""
    match = _REPOSITORY.match(line)
    name = match[1].rstrip("/").rpartition("/")[2].removesuffix(".git") if match else ""
    return name if _NAME.fullmatch(name) else ""


def constraints(content: str) -> Iterator[Package]:
    """Yield the packages of a file of constraints: it says which version is taken, and asks for none."""
    return (named._replace(direct=False) for named in requirements(content))


def _is_for_another(line: str, rows: Sequence[tuple[int, str]], number: int) -> bool:
    """Tell whether pip-compile, or uv, says behind or below a line that only other packages ask for this one."""
    below = itertools.takewhile(lambda row: row[1].lstrip().startswith("#"), rows[number : number + FOLLOWED])
    said = " ".join([line.partition(" #")[2], *(row[1].strip().lstrip("#") for row in below)])
    if not (match := _VIA.search(said)):
        return False
    return not _ASKED_FOR.search(said, match.start())


_VIA = lazy_pattern(r"(?:^|\s)via\s")
# What it names besides packages: files that ask for it, or a project by its pyproject.toml.
_ASKED_FOR = lazy_pattern(r"(?:^|[\s,(])(?:-r\b|-c\b|\S+\.(?:in|txt|toml|cfg|py)\b)")
# Lines below a requirement in which that is looked for.
FOLLOWED = 40


def pyproject(data: Any) -> Iterator[Package]:
    """Yield what a `pyproject.toml` asks for: standard tables, and those of Poetry, PDM, uv, Rye, Hatch and Pixi."""
    yield from _read_list(data, ("project",), "dependencies")
    yield from _read_list(data, ("build-system",), "requires")
    for tool in ("uv", "rye"):
        yield from _read_list(data, ("tool", tool), "dev-dependencies")
    for table in (("project", "optional-dependencies"), ("dependency-groups",), ("tool", "pdm", "dev-dependencies")):
        for group in part(data, *table):
            yield from _read_list(data, table, group)
    for environment in part(data, "tool", "hatch", "envs"):
        for key in ("dependencies", "extra-dependencies"):
            yield from _read_list(data, ("tool", "hatch", "envs", environment), key)
    yield from _poetry(data)
    yield from _pixi(data, ("tool", "pixi"))


def pixi(data: Any) -> Iterator[Package]:
    """Yield what a `pixi.toml` asks for (https://pixi.sh/latest/reference/pixi_manifest/)."""
    return _pixi(data, ())


def _pixi(data: Any, at: tuple[str, ...]) -> Iterator[Package]:
    for table in (at, *((*at, "feature", feature) for feature in part(data, *at, "feature"))):
        yield from keyed(data, (*table, "pypi-dependencies"))
        for named in keyed(data, (*table, "dependencies")):
            if named.name != "python":
                yield named._replace(name=_CONDA.get(named.name, named.name))


# Packages that Conda has under another name (https://prefix.dev/channels/conda-forge); it takes most names as they are.
_CONDA = {
    "pytorch": "torch",
    "redis-py": "redis",
    "msgpack-python": "msgpack",
}
_OF_CONDA = lazy_pattern(r"(?:[\w./-]++::)?([A-Za-z0-9_][\w.-]*+)\s*+([^\[]*+)")


def conda(data: Any) -> Iterator[Package]:
    """Yield what an `environment.yml` asks of Conda, and of pip within it.

    https://docs.conda.io/projects/conda/en/stable/user-guide/tasks/manage-environments.html
    """
    for number, asked in enumerate(items(part(data).get("dependencies"))):
        keys = ("dependencies", number)
        for place, line in enumerate(items(part(asked).get("pip"))):
            yield from requirement(text(line), (*keys, "pip", place))
        if (match := _OF_CONDA.match(text(asked))) and match[1] != "python":
            yield Package(_CONDA.get(match[1], match[1]), match[2].strip(), keys=keys)


# What a file holds that includes others, and how the dash of a name may be written.
INCLUDING = r"(?m)^[ \t]*(?:-[rc]|--requirement|--constraint)[=\s]|\bsetuptools\b"
SEPARATOR = "[-_.]+"

_INCLUDE = lazy_pattern(r"\s*+(?:-r|--requirement|-c|--constraint)[=\s]\s*+([^\s#]++)")


def includes(file: File) -> Iterator[str]:
    """Yield the files that a requirements file includes, or that `pyproject.toml` has setuptools read."""
    if file.path.lower().endswith("pyproject.toml"):
        document = read_document(file, "toml")
        yield from _dynamic(document.roots[0] if document.roots else None)
    elif file.path.lower().endswith((".txt", ".in")):
        yield from (match[1] for _, line in lines(file.text) if (match := _INCLUDE.match(line)))


def _dynamic(data: Any) -> Iterator[str]:
    dynamic = part(data, "tool", "setuptools", "dynamic")
    tables = [part(dynamic, "dependencies"), *map(part, part(dynamic, "optional-dependencies").values())]
    return (path for table in tables for path in items(table.get("file")) if isinstance(path, str))


def _read_list(data: Any, table: tuple[str, ...], key: str) -> Iterator[Package]:
    for number, value in enumerate(items(part(data, *table).get(key))):
        yield from requirement(text(value), (*table, key, number))


def _poetry(data: Any) -> Iterator[Package]:
    poetry = ("tool", "poetry")
    groups = [(*poetry, "group", group, "dependencies") for group in part(data, *poetry, "group")]
    asked = keyed(data, (*poetry, "dependencies"), (*poetry, "dev-dependencies"), *groups)
    return (named for named in asked if named.name != "python")


def setup_cfg(data: Any) -> Iterator[Package]:
    """Yield what a `setup.cfg` asks for."""
    tables = [("options", key) for key in ("install_requires", "setup_requires", "tests_require")]
    tables.append(("metadata", "requires_dist"))
    extras = [("options.extras_require", key) for key in part(data, "options.extras_require")]
    for section, key in [*tables, *extras]:
        for line in text(part(data, section).get(key)).replace(";\n", "\n").split("\n"):
            yield from requirement(line, (section, key))


_PYTHON = lazy_pattern(
    r"(?P<comment>\#[^\n]*+)"
    r"|(?P<long>\"{3}.*?(?:\"{3}|\Z)|'{3}.*?(?:'{3}|\Z))"
    r"|(?P<text>\"(?:[^\"\\\n]|\\.)*+\"?+|'(?:[^'\\\n]|\\.)*+'?+)(?P<key>\s*+:)?"
    r"|\b(?P<word>\w++)(?=\s*+=)"
    r"|(?P<open>[\[({])|(?P<close>[\])}])|(?P<line>\n)",
    re.DOTALL,
)
_LIST = lazy_pattern(r"\s*+=?\s*+(?:[\w.]++\s*+\+\s*+)*+[\[({]")
# A list that has a name of its own: `install_requires=NEEDED`, `install_requires=BASE + […]`.
_USED = lazy_pattern(r"\b(?=\w*require)\w++[\"']?\s*+[=:]\s*+([A-Za-z_]\w*+)\s*+(?:$|[,)+\n])")


def setup_py(content: str) -> Iterator[Package]:
    """Yield the texts in lists such as `install_requires = […]`.

    A `setup.py` is a program, which is never run; nor is it parsed, as the parser of Python falls over hostile texts.
    """
    number, depth, asked = 1, 0, 0
    used = {match[1] for match in _USED.finditer(content)}
    for match in _PYTHON.finditer(content):
        depth += bool(match["open"]) - bool(match["close"])
        asked = asked if depth >= asked else 0
        if not asked and _asks(match, content, used):
            asked = depth + 1
        elif asked and match["text"] and not match["key"]:
            yield from requirement(match["text"][1:-1], number=number)
        number += match[0].count("\n")


def _asks(match: re.Match[str], content: str, used: set[str]) -> bool:
    """Tell whether a list of requirements follows a word or a key; `used` are other names of such lists."""
    name = match["word"] or (match["key"] and match["text"]) or ""
    return ("require" in name.lower() or name in used) and bool(_LIST.match(content, match.end()))


def pipfile(data: Any) -> Iterator[Package]:
    """Yield what a `Pipfile` asks for."""
    return keyed(data, ("packages",), ("dev-packages",))


def pipfile_lock(data: Any) -> Iterator[Package]:
    """Yield what a `Pipfile.lock` locks."""
    return (named._replace(direct=False) for named in keyed(data, ("default",), ("develop",)))


def lock(content: str) -> Iterator[Package]:
    """Yield what a lock file of Poetry, PDM, uv or PEP 751 locks; the repository's own packages are left out."""
    own = re.compile(r"\{ (?:virtual|editable|directory|workspace) = ")
    return (named for named, source in read_lock_packages(content) if not own.match(source))


INCLUDED = ManifestReader(requirements)

READERS = {
    "*requirements*.txt": ManifestReader(requirements),
    "*requirements*.in": ManifestReader(requirements),
    "requirements/*.txt": ManifestReader(requirements),
    "requirements/*.in": ManifestReader(requirements),
    "*constraints*.txt": ManifestReader(constraints),
    "pyproject.toml": ManifestReader(pyproject, "toml"),
    "setup.cfg": ManifestReader(setup_cfg, "ini"),
    "setup.py": ManifestReader(setup_py),
    "environment.yml": ManifestReader(conda, "yaml"),
    "environment.yaml": ManifestReader(conda, "yaml"),
    "environment-*.yml": ManifestReader(conda, "yaml"),
    "environment_*.yml": ManifestReader(conda, "yaml"),
    "conda.yml": ManifestReader(conda, "yaml"),
    "conda.yaml": ManifestReader(conda, "yaml"),
    "pixi.toml": ManifestReader(pixi, "toml"),
    "Pipfile": ManifestReader(pipfile, "toml"),
    "Pipfile.lock": ManifestReader(pipfile_lock, "json"),
    "poetry.lock": ManifestReader(lock),
    "uv.lock": ManifestReader(lock),
    "pdm.lock": ManifestReader(lock),
    "pylock.toml": ManifestReader(lock),
    "pylock.*.toml": ManifestReader(lock),
}
