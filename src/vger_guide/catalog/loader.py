"""Loading the catalogue from its folder: all files, all problems, or the whole catalogue."""

from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from vger_guide.catalog import references
from vger_guide.catalog.catalog import Catalog
from vger_guide.catalog.changes import Changes
from vger_guide.catalog.editions import Frozen
from vger_guide.catalog.evidence import load_meanings, load_tools
from vger_guide.catalog.guide import Guide
from vger_guide.catalog.paths import JOURNAL
from vger_guide.catalog.precision import Precision
from vger_guide.catalog.rules import Profiles, RuleSet
from vger_guide.catalog.sources import Source
from vger_guide.catalog.tables import Table
from vger_guide.records.fields import Record
from vger_guide.records.problems import CatalogError, Problem, bounded, named, printable, shown
from vger_guide.records.validation import validate
from vger_guide.records.yaml_reader import Document, parse, read_bytes

R = TypeVar("R", bound=Record)

# JSON is read as the YAML it is.
DATA = {".yml", ".json"}
# Keys and values of all files of a folder together; the guide has 12,000. They are what loading takes memory for.
MAX_PARTS = 250_000
# Bytes of all files of a folder together; the guide has 600,000. They are what loading takes time for.
MAX_BYTES = 10_000_000

UNFINISHED = "an edition was not written to its end; 'vger editions freeze' or 'release' with it finishes that"

Stamp = tuple[tuple[str, int, int], ...]


def load(folder: Path) -> Catalog:
    """Return the catalogue below `folder` (guide.yml, profiles.yml, rules/, tables/, sources/, …).

    Loaded once for each state of its files, so that a site engine may ask on every page and still sees
    each edit. Raises CatalogError with the problems of all files, of each as many as somebody reads.
    """
    return _load(folder, _stamp(folder))


def _stamp(folder: Path) -> Stamp:
    """Return a stamp of the state of the files: names, times (ns) and sizes (bytes)."""
    states = ((path, path.lstat()) for path in sorted(folder.rglob("*")) if path.suffix in DATA)
    return tuple((str(path), state.st_mtime_ns, state.st_size) for path, state in states)


@lru_cache(maxsize=4)
def _load(folder: Path, _: Stamp) -> Catalog:
    return load_with_lines(folder)[0]


def load_with_lines(folder: Path) -> tuple[Catalog, dict[str, Document]]:
    """Return the catalogue and its files, which know their lines, by names such as `rules/2.3.1`; nothing is kept.

    Raises CatalogError as `load` does.
    """
    loader = Loader(folder)
    if (folder / JOURNAL).exists():
        loader.problems.append(Problem(named(folder / JOURNAL), 0, "", UNFINISHED))
    guide = loader.one(Guide, folder / "guide.yml", "guide")
    profiles = loader.one(Profiles, folder / "profiles.yml", "profiles")
    tables = loader.many(Table, "tables", "id")
    sources = loader.many(Source, "sources", "edition")
    rulesets = loader.many(RuleSet, "rules", "section", named_by_key=False)
    editions = loader.many(Frozen, "editions", "edition", suffix=".json")
    changes = loader.many(Changes, "changes", "edition")
    meanings, tools = load_meanings(loader), load_tools(loader)
    measured = folder / "precision.yml"
    precision = loader.one(Precision, measured, "precision") if measured.exists() else None
    if loader.problems or guide is None or profiles is None:
        raise CatalogError(loader.problems)
    catalog = Catalog(guide, profiles, tables, sources, rulesets, editions, changes, meanings, tools, precision)
    if broken := bounded(references.problems(catalog, loader.docs)):
        raise CatalogError(broken)
    order = {number: i for i, number in enumerate(guide.by_number)}
    ordered = replace(
        catalog,
        tables=dict(sorted(tables.items(), key=lambda item: order[item[1].section])),
        rulesets=dict(sorted(rulesets.items(), key=lambda item: order[item[0]])),
    )
    return ordered, loader.docs


class Loader:
    """Reads and validates files, keeps their documents, and goes on after a bad one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.docs: dict[str, Document] = {}
        self.parts = self.size = 0
        self.problems: list[Problem] = []

    def one(self, model: type[R], path: Path, name: str) -> R | None:
        """Return the record of one file, or None when it has problems; its document is kept under the name."""
        found = self._read_one(model, path)
        if found is None:
            return None
        self.docs[name], record = found
        return record

    def many(
        self, model: type[R], kind: str, key: str, *, named_by_key: bool = True, suffix: str = ".yml"
    ) -> dict[str, R]:
        """Return the records of a folder by their `key`, which is the file's name too unless said otherwise."""
        records: dict[str, R] = {}
        for path in sorted((self.folder / kind).glob("*")):
            if path.match(".*.new"):
                continue  # what is written at the moment, or was when a command was killed
            if path.suffix != suffix:
                self.problems.append(Problem(named(path), 0, "", f"is not a data file; its name must end in {suffix}"))
                continue
            found = self._read_one(model, path)
            if found is None:
                continue
            doc, record = found
            name = getattr(record, key)
            if named_by_key and name != path.stem:
                message = f"is '{name}' in a file named {shown(path.name)}; make them equal"
                self.problems.append(doc.problem((key,), message))
            elif name in records:
                other = printable(self.docs[f"{kind}/{name}"].path.name)
                self.problems.append(doc.problem((key,), f"is '{name}', which the file {other} is about already"))
            else:
                self.docs[f"{kind}/{name}"] = doc
                records[name] = record
        return records

    def _read_one(self, model: type[R], path: Path) -> tuple[Document, R] | None:
        try:
            if self.parts > MAX_PARTS:
                message = f"is not read: the files before it have more than {MAX_PARTS:,} keys and values"
                raise CatalogError([Problem(named(path), 0, "", message)])
            if self.size > MAX_BYTES:
                message = f"is not read: the files before it have more than {MAX_BYTES:,} bytes"
                raise CatalogError([Problem(named(path), 0, "", message)])
            data = read_bytes(path)
            self.size += len(data)
            doc = parse(path, data)
            self.parts += len(doc.lines)
            return doc, validate(model, doc)
        except CatalogError as error:
            self.problems += error.problems
            return None
