"""What the records say of one another: every reference leads somewhere, every id is given once."""

from collections.abc import Iterable, Iterator

from vger_guide.catalog.catalog import Catalog
from vger_guide.catalog.problems import Problem
from vger_guide.catalog.reading import Document, Keys

Docs = dict[str, Document]


def problems(catalog: Catalog, docs: Docs) -> Iterator[Problem]:
    """Yield each broken reference and repeated id.

    `docs` maps `guide`, `tables/ID` and `sources/EDITION` to their files.
    """
    yield from _guide(catalog, docs["guide"])
    yield from _tables(catalog, docs)
    for edition in catalog.sources:
        yield from _source(catalog, edition, docs[f"sources/{edition}"])
    if catalog.guide.source_edition not in catalog.sources:
        yield docs["guide"].problem(
            ("source_edition",), f"names no file; add checklists/sources/{catalog.guide.source_edition}.yml"
        )


def _repeated(doc: Document, found: Iterable[tuple[str, Keys]], what: str) -> Iterator[Problem]:
    first: dict[str, Keys] = {}
    for value, keys in found:
        if value in first:
            yield doc.problem(
                keys, f"the {what} '{value}' is given twice; line {doc.line(first[value])} has it already"
            )
        first.setdefault(value, keys)


def _unknown(doc: Document, keys: Keys, what: str, value: str, allowed: Iterable[str]) -> Problem:
    return doc.problem(keys, f"there is no {what} '{value}'; allowed: {', '.join(allowed) or 'none'}")


def _guide(catalog: Catalog, doc: Document) -> Iterator[Problem]:
    sections = catalog.guide.sections
    places = [(s, ("sections", i)) for i, s in enumerate(sections)]
    yield from _repeated(doc, ((s.number, (*k, "number")) for s, k in places), "section number")
    yield from _repeated(doc, ((a, (*k, "formerly")) for s, k in places for a in s.formerly), "former anchor")
    for section, keys in places:
        parent = section.number.rpartition(".")[0]
        if parent and parent not in catalog.guide.by_number:
            yield doc.problem(
                (*keys, "number"), f"section {section.number} has no section {parent} above it; add that first"
            )


def _tables(catalog: Catalog, docs: Docs) -> Iterator[Problem]:
    owners: dict[str, str] = {}
    for table in catalog.tables.values():
        doc = docs[f"tables/{table.id}"]
        if table.section not in catalog.guide.by_number:
            yield _unknown(doc, ("section",), "section", table.section, catalog.guide.by_number)
        yield from _repeated(doc, ((c.id, ("columns", i)) for i, c in enumerate(table.columns)), "column")
        yield from _repeated(doc, ((a.id, ("abilities", i)) for i, a in enumerate(table.abilities)), "ability")
        columns, abilities = [c.id for c in table.columns], [a.id for a in table.abilities]
        for i, option in enumerate(table.rows):
            keys: Keys = ("rows", i)
            if option.id in owners:
                yield doc.problem(
                    (*keys, "id"), f"the id '{option.id}' is given twice; the table {owners[option.id]} has it already"
                )
            owners.setdefault(option.id, table.id)
            if option.verdict and not table.has_verdicts:
                yield doc.problem((*keys, "verdict"), "the table says has_verdicts: false; write null, or change that")
            yield from (
                _unknown(doc, (*keys, "facts", f), "column", f, columns) for f in option.facts if f not in columns
            )
            yield from (
                _unknown(doc, (*keys, "provides", j), "ability", a, abilities)
                for j, a in enumerate(option.provides)
                if a not in abilities
            )


def _source(catalog: Catalog, edition: str, doc: Document) -> Iterator[Problem]:
    claims = catalog.sources[edition].claims
    yield from _repeated(doc, ((c.id, ("claims", i, "id")) for i, c in enumerate(claims)), "claim id")
    pages = {section.page for section in catalog.guide.sections}
    for i, claim in enumerate(claims):
        keys: Keys = ("claims", i)
        if claim.section not in catalog.guide.by_number:
            yield _unknown(doc, (*keys, "section"), "section", claim.section, catalog.guide.by_number)
        if claim.table and claim.table not in catalog.tables:
            yield _unknown(doc, (*keys, "table"), "table", claim.table, catalog.tables)
        page = claim.at.partition("#")[0]
        if page not in pages:
            yield _unknown(doc, (*keys, "at"), "page of a section", page, sorted(pages))
