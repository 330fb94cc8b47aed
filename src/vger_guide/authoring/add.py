"""Adding a record to the data: which file it goes into, under which id, and whether all of it still loads."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from vger_guide.authoring import skeletons
from vger_guide.authoring.catalog_edit import CatalogEdit
from vger_guide.authoring.check_skeletons import SKELETONS, render_check
from vger_guide.authoring.ids import (
    file_name,
    next_id,
    require_free_row,
    require_free_slug,
    require_same_prefix,
    resolve_prefix,
)
from vger_guide.authoring.yaml_append import append_record
from vger_guide.authoring.yaml_insert import insert_block
from vger_guide.catalog.catalog import Catalog
from vger_guide.catalog.guide import Section
from vger_guide.catalog.lookup import resolve
from vger_guide.catalog.open import open_catalog
from vger_guide.catalog.paths import GUIDE
from vger_guide.catalog.rule_pages import render_rule_page
from vger_guide.errors import UserError
from vger_guide.records.problems import named
from vger_guide.records.yaml_reader import read
from vger_guide.text.atomic_write import write_whole


@dataclass(frozen=True)
class Added:
    """The id of a new record, and the files that were written for it."""

    id: str
    files: list[Path]


@dataclass(frozen=True)
class NewRule:
    """What a rule begins with; an empty slug is made from the title, and without profiles all are meant."""

    section: str
    title: str
    level: str
    severity: str
    profiles: tuple[str, ...]
    slug: str
    prefix: str


@dataclass(frozen=True)
class NewRow:
    """What a row begins with; an empty id is made from the name."""

    table: str
    name: str
    id: str
    verdict: str | None
    site: str


@dataclass(frozen=True)
class NewTable:
    """What a table begins with, its first row included."""

    id: str
    title: str
    section: str
    noun: str
    row: str


def add_rule(folder: Path, new: NewRule) -> Added:
    """Write a rule, and its page where docs/ stands beside the folder of a guide.

    Raises UserError, or CatalogError when the data would have problems; nothing is written then.
    """
    catalog = open_catalog(folder)
    [section] = resolve("section", [new.section], catalog.guide.by_number)
    slug = require_free_slug(catalog, file_name(new.slug or skeletons.to_kebab(new.title), "--slug"))
    profiles = {facet.id: facet.id for facet in catalog.profiles.profiles}
    there = _rules_file(folder, section.number)
    prefix = (
        require_same_prefix(read(there).data["prefix"], new.prefix) if there else resolve_prefix(catalog, new.prefix)
    )
    id_ = next_id(catalog, prefix)
    asked_of = resolve("profile", new.profiles, profiles) or list(profiles)
    record = skeletons.render_rule(id_, slug, new.title, new.level, new.severity, section, asked_of, _today())
    trial = CatalogEdit(folder, there or _free_file(folder / "rules", section))
    schema = (folder / skeletons.RULES_SCHEMA).exists()
    begun = skeletons.rules_file(section.number, prefix, record, schema=schema)
    text = append_record(trial.text, "rules", record) if there else begun
    page = render_rule_page(trial.preview(text).rules[id_])
    return Added(id_, _write_with_page(trial, text, folder.resolve().parent / "docs", slug, page))


def add_check(folder: Path, rule: str, matcher: str) -> Added:
    """Write a check at the end of a rule that has none. Raises the same."""
    catalog = open_catalog(folder)
    [id_] = resolve("rule", [rule], {**{each: each for each in catalog.rules}, **_slugs(catalog)})
    asked = catalog.rules[id_]
    if asked.check or asked.trace:
        raise UserError(f"{id_} already has a {'check' if asked.check else 'trace'}; change that")
    if matcher not in SKELETONS:
        raise UserError(f"'{matcher}' is no matcher; allowed: {', '.join(SKELETONS)}")
    path, place = _place_of(folder, id_)
    trial = CatalogEdit(folder, path)
    block, changed = render_check(matcher), {"automation": "assisted"}
    return _write(trial, insert_block(trial.text, "rules", place, block, changed=changed, removed="limit"), id_)


def _slugs(catalog: Catalog) -> dict[str, str]:
    return {rule.slug: rule.id for rule in catalog.rules.values()}


def _place_of(folder: Path, rule: str) -> tuple[Path, int]:
    """Return the file that a rule stands in, and its place among the rules there."""
    for path in sorted((folder / "rules").glob("*.yml")):
        ids = [each["id"] for each in read(path).data["rules"]]
        if rule in ids:
            return path, ids.index(rule)
    raise UserError(f"{rule} is the guide's, and not in {named(folder)}; add a check in a checkout of the guide")


def add_row(folder: Path, new: NewRow) -> Added:
    """Write a row at the end of its table. Raises the same."""
    catalog = _guide(folder)
    [table] = resolve("table", [new.table], catalog.tables)
    id_ = require_free_row(catalog, file_name(new.id or skeletons.to_kebab(new.name), "--id"))
    trial = CatalogEdit(folder, folder / "tables" / f"{table.id}.yml")
    record = skeletons.render_row(id_, new.name, new.verdict, new.site, table, _today())
    return _write(trial, append_record(trial.text, "rows", record), id_)


def add_table(folder: Path, new: NewTable) -> Added:
    """Write a table with its first row, which it must have. Raises the same."""
    catalog = _guide(folder)
    [section] = resolve("section", [new.section], catalog.guide.by_number)
    id_ = file_name(new.id, "ID")
    if id_ in catalog.tables:
        raise UserError(f"the table '{id_}' already exists")
    row = require_free_row(catalog, file_name(skeletons.to_kebab(new.row) if new.row else f"{id_}-first-row", "--row"))
    record = skeletons.render_row(row, new.row or skeletons.NO_NAME, None, skeletons.NO_SITE, None, _today())
    text = skeletons.table_file(id_, new.title, section.number, new.noun, record)
    return _write(CatalogEdit(folder, folder / "tables" / f"{id_}.yml"), text, id_)


def _guide(folder: Path) -> Catalog:
    """Return the catalogue of a whole guide: tables stand nowhere else."""
    if not (folder / GUIDE).exists():
        raise UserError(f"{named(folder)} changes the guide and holds no tables; name the folder of a guide")
    return open_catalog(folder)


def _write(trial: CatalogEdit, text: str, id_: str) -> Added:
    trial.preview(text)
    trial.commit(text)
    return Added(id_, [trial.path])


def _write_with_page(trial: CatalogEdit, text: str, docs: Path, slug: str, page: str) -> list[Path]:
    path = docs / "rules" / f"{slug}.md"
    if not docs.is_dir() or not (trial.folder / GUIDE).exists():
        trial.commit(text)
        return [trial.path]
    if path.exists():
        raise UserError(f"{named(path)} already exists and belongs to no rule; remove it, or choose another --slug")
    path.parent.mkdir(exist_ok=True)
    write_whole(path, page.encode())
    try:
        trial.commit(text)
    except BaseException:
        path.unlink()
        raise
    return [trial.path, path]


def _rules_file(folder: Path, section: str) -> Path | None:
    """Return the file that the rules of a section stand in."""
    paths = sorted((folder / "rules").glob("*.yml"))
    return next((path for path in paths if read(path).data["section"] == section), None)


def _free_file(folder: Path, section: Section) -> Path:
    """Return the file for the rules of a section: named by its title, or by its number too where that is taken."""
    names = (skeletons.to_kebab(section.title), skeletons.to_kebab(section.heading))
    return next(path for name in names if not (path := folder / f"{name}.yml").exists() and name)


def _today() -> date:
    return datetime.now(UTC).date()
