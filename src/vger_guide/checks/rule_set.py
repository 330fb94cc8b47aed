"""What `vger check` asks: every rule of a catalogue with the record of its check, as plain data that can be kept."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from vger_guide.matchers import load_matcher
from vger_guide.matchers.findings import Need

if TYPE_CHECKING:
    from pathlib import Path

    from vger_guide.catalog.catalog import Catalog
    from vger_guide.catalog.rules import Rule


class RuleSetSnapshot:
    """The rules of a catalogue in reading order, and the profiles that select them."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.edition: str = data["edition"]
        self.site: str = data["site"]
        self.profiles: dict[str, str] = data["profiles"]
        self.stages: dict[str, str] = data["stages"]
        self.workloads: dict[str, str] = data["workloads"]
        self.signs: dict[str, Any] = data["signs"]
        self.rules: list[dict[str, Any]] = data["rules"]
        self.evidence: list[dict[str, Any]] = data["evidence"]
        self.meanings: list[dict[str, Any]] = data["meanings"]


def has_places(condition: dict[str, Any]) -> bool:
    """Tell whether a condition, as a record, looks at files, so that what it finds has a path."""
    [(name, wanted)] = condition.items()
    if name in ("all", "any"):
        return any(map(has_places, wanted))
    return has_places(wanted) if name == "not" else load_matcher(name).REQUIRES is Need.TREE


def load_rule_set(folder: Path) -> RuleSetSnapshot:
    """Return the rules and profiles of a catalogue as a run needs them.

    Raises CatalogError when its data has problems.
    """
    from vger_guide.catalog.cache import cached
    from vger_guide.catalog.open import open_catalog

    return RuleSetSnapshot(cached("questions", folder, lambda: _make_snapshot(open_catalog(folder))))


def _make_snapshot(catalog: Catalog) -> dict[str, Any]:
    from vger_guide.catalog.editions import NEXT

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
        "meanings": [asdict(meaning) for meaning in catalog.meanings.values()],
        "evidence": [asdict(tool) for tool in catalog.evidence.values()],
    }


def _rule_record(catalog: Catalog, rule: Rule) -> dict[str, Any]:
    from vger_guide.checks.rule_facts import rule_facts

    return {
        "facts": asdict(rule_facts(catalog, rule)),
        "applies_to": rule.applies_to,
        "stages": rule.stages,
        "workloads": rule.workloads,
        "check": rule.check.plain() if rule.check else None,
        "trace": rule.trace.plain() if rule.trace else None,
    }
