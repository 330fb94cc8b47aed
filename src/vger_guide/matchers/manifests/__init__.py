"""Manifests and lock files: which packages they name, and where. A module an ecosystem, found by name.

A module has `READERS`, a reader for each form of file name, and `normal(name)`, which makes one name of all that the
ecosystem takes for the same. A reader is a function of what it says it reads, and yields what is named there.
"""

import fnmatch
import importlib
import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from typing import Any, NamedTuple, cast

from vger_guide.matchers.formats import Document, Keys, read_document, require_length
from vger_guide.matchers.jsonpath import find_values
from vger_guide.matchers.jsonpath.gate import ESCAPE
from vger_guide.matchers.probes import File, Gate
from vger_guide.repo.tree import UnreadableFileError
from vger_guide.text.lazy_pattern import lazy_pattern

# Folders that hold what others wrote, or what tests read: their manifests say nothing about this repository.
VENDORED = (
    "**/{node_modules,bower_components,vendor,vendors,third_party,third-party,thirdparty}/**",
    "**/{.venv,venv,virtualenv,site-packages,.tox,.nox,.bundle,Pods,Carthage}/**",
    "**/{testdata,test-data,test_data,fixtures,__fixtures__}/**",
)

MAX_LENGTH = 3_000_000
MAX_PACKAGES = 50_000
MAX_INCLUDED = 50

# What ends a part of a name that is written in one piece, and the least that such a part has to have.
_APART = lazy_pattern(r"[*:/]")
SHORTEST = 3


class Package(NamedTuple):
    """A package that is named, as its ecosystem normalises it.

    `direct` tells whether it is known to be asked for itself; most lock files do not tell. It stands on `line`, or
    where there is none at `keys` of the document.
    """

    name: str
    version: str = ""
    direct: bool = True
    line: int = 0
    keys: Keys = ()


class ManifestReader(NamedTuple):
    """What reads a kind of file: a function of the data where a format is given, and else of the text."""

    read: Callable[[Any], Iterable[Package]]
    form: str = ""


class Manifest(NamedTuple):
    """What a file names."""

    packages: Sequence[Package]
    document: Document | None = None

    def line(self, package: Package) -> int:
        """Return the line that a package stands on."""
        return package.line or (self.document.line((0, *package.keys)) if self.document else 0)


def globs(ecosystem: str) -> tuple[str, ...]:
    """Return the globs of the manifests and lock files of an ecosystem."""
    return tuple(f"**/{form}" for form in _module(ecosystem).READERS)


def normalise_name(ecosystem: str, name: str) -> str:
    """Return the name of a package as its ecosystem normalises it."""
    return str(_module(ecosystem).normal(name))


def name_gate(ecosystem: str, forms: Sequence[str]) -> Gate:
    """Return the gate of the manifests that may name a package of one of some forms, in which `*` is any part.

    A part of each name stands there letter by letter, whatever the file is written in.
    """
    parts = [max(_APART.split(form), key=len) for form in forms]
    if not all(map(str.isascii, parts)) or min(map(len, parts)) < SHORTEST:
        return ()
    module = _module(ecosystem)
    spelt = (re.escape(part).replace(r"\-", getattr(module, "SEPARATOR", r"\-")) for part in parts)
    including = getattr(module, "INCLUDING", "")
    return ((f"(?i){'|'.join(spelt)}",), (ESCAPE,), *([(including,)] if including else []))


def read_manifest(file: File, ecosystem: str) -> Manifest:
    """Return the packages that a file names; it is read once. Raises UnreadableFileError."""
    found = file.once(f"manifest:{ecosystem}", lambda file: _read(file, ecosystem))
    if isinstance(found, str):
        raise UnreadableFileError(found)
    return cast("Manifest", found)


def _read(file: File, ecosystem: str) -> Manifest | str:
    """Return the packages that a file names, or why that cannot be said."""
    try:
        reader = _reader(file.path, ecosystem)
        read = read_document(file, reader.form) if reader.form else None
        named = reader.read(read.roots[0] if read and read.roots else require_length(file.text, MAX_LENGTH))
        return Manifest(_few(ecosystem, named), read)
    except UnreadableFileError as error:
        return str(error)


def _few(ecosystem: str, named: Iterable[Package]) -> list[Package]:
    normal = _module(ecosystem).normal
    found = [each._replace(name=normal(each.name)) for each in islice(named, MAX_PACKAGES + 1)]
    if len(found) > MAX_PACKAGES:
        raise UnreadableFileError(f"names more than {MAX_PACKAGES:,} packages")
    return found


def included_manifests(file: File, ecosystem: str) -> Iterator[tuple[File, Manifest]]:
    """Yield the files that a manifest includes, and those that they do, which are known by no name of their own."""
    includes = getattr(_module(ecosystem), "includes", None)
    pending, known = [file] if includes else [], {file.path}
    while pending and len(known) <= MAX_INCLUDED:
        each = pending.pop()
        for name in includes(each) if includes else ():
            path = posixpath.normpath(posixpath.join(posixpath.dirname(each.path), name))
            if path in known or path.startswith(("..", "/")) or _find_reader(path, ecosystem):
                continue
            known.add(path)
            if found := each.at(path):
                pending.append(found)
                named = _module(ecosystem).INCLUDED.read(require_length(found.text, MAX_LENGTH))
                yield found, Manifest(_few(ecosystem, named))


def _find_reader(path: str, ecosystem: str) -> ManifestReader | None:
    readers: dict[str, ManifestReader] = _module(ecosystem).READERS
    found = (reader for form, reader in readers.items() if fnmatch.fnmatchcase(f"/{path.lower()}", f"*/{form.lower()}"))
    return next(found, None)


def _reader(path: str, ecosystem: str) -> ManifestReader:
    reader = _find_reader(path, ecosystem)
    if reader is None:
        raise UnreadableFileError(f"is not a manifest of {ecosystem}")
    return reader


@cache
def _module(ecosystem: str) -> Any:
    return importlib.import_module(f"{__name__}.{ecosystem}")


def lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines of a text with their numbers from 1, as editors count them."""
    return ((number, line.removesuffix("\r")) for number, line in enumerate(text.split("\n"), 1))


def part(data: Any, *keys: str) -> dict[str, Any]:
    """Return the table at some keys, or an empty one where there is something else or nothing."""
    for key in keys:
        data = data.get(key) if isinstance(data, dict) else None
    return data if isinstance(data, dict) else {}


def items(value: Any) -> list[Any]:
    """Return the values of a list, of one value that stands alone, or of nothing."""
    return value if isinstance(value, list) else [] if value is None else [value]


def text(value: Any) -> str:
    """Return a value that is a text, or else an empty one."""
    return value if isinstance(value, str) else ""


def find_tables(data: Any, path: str) -> Iterator[tuple[Keys, dict[str, Any]]]:
    """Yield the tables that a JSONPath means, and their keys; of several in a list each of them."""
    for met in find_values(Document([data]), path):
        if isinstance(met.value, list):
            yield from (((*met.keys[1:], number), part(value)) for number, value in enumerate(met.value))
        else:
            yield met.keys[1:], part(met.value)


def keyed(data: Any, *tables: tuple[str, ...]) -> Iterator[Package]:
    """Yield the keys of some tables as packages, with their values, or what these have for `version`, as versions."""
    for keys in tables:
        for name, value in part(data, *keys).items():
            version = text(value.get("version") if isinstance(value, dict) else value)
            yield Package(name, version, keys=(*keys, name))


_LOCKED = lazy_pattern(r"(name|version|source) = (.*+)")


def read_lock_packages(content: str) -> Iterator[tuple[Package, str]]:
    """Yield the packages of a lock file in TOML, and their sources as they are written.

    Such files are written by tools, with a line for each key, and are long: a parser takes fifty times as long.
    """
    within, line_of_name = False, 0
    said: dict[str, str] = {}
    for number, line in lines(content + "\n["):
        if line.startswith("["):
            if "name" in said:
                version = said.get("version", "").strip('"')
                yield Package(said["name"].strip('"'), version, False, line_of_name), said.get("source", "")
            within, said = line in ("[[package]]", "[[packages]]"), {}
        elif within and (match := _LOCKED.match(line)):
            said[match[1]] = match[2]
            line_of_name = number if match[1] == "name" else line_of_name
