"""What `vger check` asks: every rule of a catalogue with the record of its check, as plain data."""

from pathlib import Path
from typing import Any

from vger_guide.catalog.snapshot import load_run
from vger_guide.matchers import load_matcher
from vger_guide.matchers.findings import Need


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
    return RuleSetSnapshot(load_run(folder))
