"""Loading the catalogue from its folder: all files, all problems, or the whole catalogue."""

from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from vger_guide.catalog import references
from vger_guide.catalog.catalog import Catalog
from vger_guide.catalog.changes import Changes
from vger_guide.catalog.editions import Frozen
from vger_guide.catalog.evidence import load_meanings, load_tools
from vger_guide.catalog.file_loader import FileLoader
from vger_guide.catalog.guide import Guide
from vger_guide.catalog.paths import JOURNAL
from vger_guide.catalog.precision import Precision
from vger_guide.catalog.rules import Profiles, RuleSet
from vger_guide.catalog.sources import Source
from vger_guide.catalog.tables import Table
from vger_guide.records.problems import CatalogError, Problem, bounded, named
from vger_guide.records.yaml_reader import YamlDocument

# JSON is read as the YAML it is.
DATA = {".yml", ".json"}
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


def load_with_lines(folder: Path) -> tuple[Catalog, dict[str, YamlDocument]]:
    """Return the catalogue and its files, which know their lines, by names such as `rules/2.3.1`; nothing is kept.

    Raises CatalogError as `load` does.
    """
    loader = FileLoader(folder)
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
