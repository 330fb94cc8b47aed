"""Whether the change files explain every difference between editions, and nothing that is none."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from vger_guide.catalog import Catalog, CatalogError, Problem
from vger_guide.catalog.changes import RowVerb
from vger_guide.catalog.loading import load_with_lines
from vger_guide.catalog.problems import bounded
from vger_guide.catalog.reading import Keys
from vger_guide.catalog.references import Docs, repeated
from vger_guide.editions.differences import row_verbs
from vger_guide.editions.explained_rules import rules
from vger_guide.editions.passage import Passage


def ask_explained(folder: Path) -> Catalog:
    """Return the catalogue of a folder whose changes are all explained. Raises CatalogError with every problem."""
    catalog, docs = load_with_lines(folder)
    if found := bounded(problems(catalog, docs)):
        raise CatalogError(found)
    return catalog


def problems(catalog: Catalog, docs: Docs) -> Iterator[Problem]:
    """Yield each difference that no change explains, and each change that explains none, edition by edition.

    `docs` maps names such as `rules/SECTION` and `changes/EDITION` to their files.
    """
    known = list(catalog.timeline)[1:]
    for name in catalog.changes:
        if name not in known:
            message = f"there is no edition '{name}' with one before it; allowed: {', '.join(known) or 'none'}"
            yield docs[f"changes/{name}"].problem(("edition",), message)
    for before, after in pairwise(catalog.timeline):
        passage = Passage(catalog, docs, before, after)
        yield from _entries(passage)
        yield from rules(passage)
        yield from _rows(passage)


def _entries(passage: Passage) -> Iterator[Problem]:
    """Yield what is wrong with entries by themselves: given twice."""
    for kind in ("rules", "rows"):
        entries = getattr(passage.changes, kind)
        said: list[tuple[str, Keys]] = [(f"{each.id} {each.verb}", (kind, i)) for i, each in enumerate(entries)]
        if entries:
            yield from repeated(passage.docs[f"changes/{passage.after}"], said, "change")


def _rows(passage: Passage) -> Iterator[Problem]:
    """Yield the problems of the rows of tables, in the order of their ids."""
    by_row: dict[str, dict[RowVerb, int]] = defaultdict(dict)
    for i, change in enumerate(passage.changes.rows):
        by_row[change.id].setdefault(change.verb, i)
    for id_ in sorted({*passage.old.rows, *passage.new.rows}):
        needed = row_verbs(passage.old.rows.get(id_), passage.new.rows.get(id_))
        for verb in sorted(set(by_row[id_]) - needed):
            message = f"is '{verb}', which the row is not since edition {passage.before}; remove the entry"
            yield passage.entry("rows", by_row[id_][verb], "verb", message)
        for verb in sorted(needed - set(by_row[id_])):
            doc, keys = passage.row(id_)
            yield doc.problem(keys, f"{id_} is '{verb}' since edition {passage.before}; say why in {passage.file}")
