"""What the snapshot of a catalogue holds, made of the models; and the models made of it again."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from vger_guide.catalog.cache import CATALOG, Cache
from vger_guide.catalog.catalog import Catalog
from vger_guide.catalog.changes import Changes
from vger_guide.catalog.editions import NEXT, Frozen
from vger_guide.catalog.explain import explain_all
from vger_guide.catalog.guide import Guide
from vger_guide.catalog.open import open_catalog
from vger_guide.catalog.precision import Precision
from vger_guide.catalog.rule_facts import rule_facts
from vger_guide.catalog.rules import Profiles, Rule, RuleSet
from vger_guide.catalog.sources import Source
from vger_guide.catalog.tables import Table
from vger_guide.evidence.mappings import Meaning, ToolFacts
from vger_guide.records.fields import Record

# The models of the records of a catalogue by the names of its fields: of one record, or of records by their ids.
_ONE: dict[str, type[Record]] = {"guide": Guide, "profiles": Profiles, "precision": Precision}
_MANY: dict[str, type[Record]] = {
    "tables": Table,
    "sources": Source,
    "rulesets": RuleSet,
    "editions": Frozen,
    "changes": Changes,
}


def load_catalog(folder: Path) -> Catalog:
    """Return the catalogue of a folder as `open_catalog` does, out of its snapshot where that is kept."""
    cache = Cache(folder)
    line = cache.read(CATALOG)
    if line and (kept := restore_line(line)):
        return kept
    catalog = open_catalog(folder)
    if line is None:
        cache.write(make_lines(catalog))
    return catalog


def make_snapshot(folder: Path) -> list[bytes]:
    """Return the parts of the snapshot of a folder of data. Raises CatalogError when the data has problems."""
    return make_lines(open_catalog(folder))


def make_lines(catalog: Catalog) -> list[bytes]:
    """Return the parts of the snapshot, a JSON document a line, in the order of their numbers."""
    # An organisation's changes may make what no data file could say; such a catalogue is loaded each time.
    line = make_line(dump_catalog(catalog))
    kept = line if _is_restored(line) else make_line(None)
    return [make_line(_make_run(catalog)), make_line(explain_all(catalog)), kept]


def make_line(part: Any) -> bytes:
    """Return a part of a snapshot as it is kept."""
    return json.dumps(part, ensure_ascii=False, separators=(",", ":")).encode()


@lru_cache(maxsize=2)
def restore_line(line: bytes) -> Catalog | None:
    """Return the catalogue that a line of a snapshot holds, or None where it holds none: once for the same bytes."""
    kept = json.loads(line)
    return restore_catalog(kept) if kept else None


def _is_restored(line: bytes) -> bool:
    try:
        found = restore_line(line)
    except ValueError:
        return False
    return found is not None and make_line(dump_catalog(found)) == line


def dump_catalog(catalog: Catalog) -> dict[str, Any]:
    """Return all records of a catalogue as plain data, by the names of its fields."""
    return {
        **{name: _dump(getattr(catalog, name)) for name in _ONE},
        **{name: {id_: _dump(each) for id_, each in getattr(catalog, name).items()} for name in _MANY},
        "meanings": [meaning.to_plain() for meaning in catalog.meanings.values()],
        "evidence": [tool.to_plain() for tool in catalog.evidence.values()],
    }


def _dump(record: Record | None) -> Any:
    return record.model_dump(mode="json", by_alias=True) if record else None


def restore_catalog(plain: dict[str, Any]) -> Catalog:
    """Return the catalogue of what `dump_catalog` returned. Raises ValueError where no data file could say that."""
    one: dict[str, Any] = {
        name: model.model_validate(plain[name]) if plain[name] else None for name, model in _ONE.items()
    }
    many: dict[str, Any] = {
        name: {id_: model.model_validate(each) for id_, each in plain[name].items()} for name, model in _MANY.items()
    }
    meanings = map(Meaning.from_plain, plain["meanings"])
    tools = map(ToolFacts.from_plain, plain["evidence"])
    return Catalog(
        **one,
        **many,
        meanings={meaning.id: meaning for meaning in meanings},
        evidence={tool.tool: tool for tool in tools},
    )


def _make_run(catalog: Catalog) -> dict[str, Any]:
    facets = catalog.profiles
    return {
        "edition": NEXT,
        "site": catalog.guide.site,
        "profiles": {facet.id: facet.title for facet in facets.profiles},
        "signs": {
            facet.id: facet.signs.model_dump(mode="json", by_alias=True, exclude_none=True)
            for facet in facets.profiles
            if facet.signs
        },
        "stages": {facet.id: facet.title for facet in facets.stages},
        "workloads": {facet.id: facet.title for facet in facets.workloads},
        "rules": [_rule_record(catalog, rule) for rule in catalog.rules.values()],
        "meanings": [meaning.to_plain() for meaning in catalog.meanings.values()],
        "evidence": [tool.to_plain() for tool in catalog.evidence.values()],
    }


def _rule_record(catalog: Catalog, rule: Rule) -> dict[str, Any]:
    return {
        "facts": rule_facts(catalog, rule),
        "applies_to": rule.applies_to,
        "stages": rule.stages,
        "workloads": rule.workloads,
        "check": rule.check.plain() if rule.check else None,
        "trace": rule.trace.plain() if rule.trace else None,
    }
