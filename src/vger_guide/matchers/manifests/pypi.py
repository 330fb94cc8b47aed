"""Packages of the Python Package Index: requirements, project files, `setup.py`, Pipenv, and lock files."""

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
_COMMENT = lazy_pattern(r"(?:^|\s)#")
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
        if egg:
            yield Package(egg[1], line=number)
        elif not plain.lstrip().startswith("-"):
            direct = not _is_for_another(line, rows, number)
            yield from (named._replace(direct=direct) for named in requirement(plain, number=number))


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
    """Yield what a `pyproject.toml` asks for: standard tables, and those of Poetry, PDM and uv."""
    yield from _read_list(data, ("project",), "dependencies")
    yield from _read_list(data, ("build-system",), "requires")
    yield from _read_list(data, ("tool", "uv"), "dev-dependencies")
    for table in (("project", "optional-dependencies"), ("dependency-groups",), ("tool", "pdm", "dev-dependencies")):
        for group in part(data, *table):
            yield from _read_list(data, table, group)
    yield from _poetry(data)


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
    r"|(?P<text>\"(?:[^\"\\\n]|\\.)*+\"|'(?:[^'\\\n]|\\.)*+')(?P<key>\s*+:)?"
    r"|(?P<word>\w++)(?=\s*+=)"
    r"|(?P<open>[\[({])|(?P<close>[\])}])|(?P<line>\n)",
    re.DOTALL,
)
_LIST = lazy_pattern(r"\s*+=?\s*+[\[({]")


def setup_py(content: str) -> Iterator[Package]:
    """Yield the texts in lists such as `install_requires = […]`.

    A `setup.py` is a program, which is never run; nor is it parsed, as the parser of Python falls over hostile texts.
    """
    number, depth, asked = 1, 0, 0
    for match in _PYTHON.finditer(content):
        depth += bool(match["open"]) - bool(match["close"])
        asked = asked if depth >= asked else 0
        if not asked and _asks(match, content):
            asked = depth + 1
        elif asked and match["text"] and not match["key"]:
            yield from requirement(match["text"][1:-1], number=number)
        number += match[0].count("\n")


def _asks(match: re.Match[str], content: str) -> bool:
    """Tell whether a list of requirements follows a word or a key."""
    name = match["word"] or (match["key"] and match["text"]) or ""
    return "require" in name.lower() and bool(_LIST.match(content, match.end()))


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
    "Pipfile": ManifestReader(pipfile, "toml"),
    "Pipfile.lock": ManifestReader(pipfile_lock, "json"),
    "poetry.lock": ManifestReader(lock),
    "uv.lock": ManifestReader(lock),
    "pdm.lock": ManifestReader(lock),
    "pylock.toml": ManifestReader(lock),
    "pylock.*.toml": ManifestReader(lock),
}
