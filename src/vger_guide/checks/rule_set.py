"""What `vger check` asks: every rule of a catalogue with the record of its check, as plain data that can be kept."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from vger_guide.catalog import Catalog
    from vger_guide.catalog.rules import Rule


class Questions:
    """The rules of a catalogue in reading order, and the profiles that select them."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.edition: str = data["edition"]
        self.site: str = data["site"]
        self.profiles: dict[str, str] = data["profiles"]
        self.stages: dict[str, str] = data["stages"]
        self.workloads: dict[str, str] = data["workloads"]
        self.signs: dict[str, Any] = data["signs"]
        self.rules: list[dict[str, Any]] = data["rules"]


def questions(folder: Path) -> Questions:
    """Return what a catalogue asks. Raises CatalogError when its data has problems."""
    from vger_guide.catalog.cache import kept
    from vger_guide.catalog.open import open_folder

    return Questions(kept("questions", folder, lambda: _questions(open_folder(folder))))


def _questions(catalog: Catalog) -> dict[str, Any]:
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
        "rules": [_question(catalog, rule) for rule in catalog.rules.values()],
    }


def _question(catalog: Catalog, rule: Rule) -> dict[str, Any]:
    from vger_guide.checks.rule_facts import facts

    return {
        "facts": asdict(facts(catalog, rule)),
        "applies_to": rule.applies_to,
        "stages": rule.stages,
        "workloads": rule.workloads,
        "check": rule.check.plain() if rule.check else None,
    }
