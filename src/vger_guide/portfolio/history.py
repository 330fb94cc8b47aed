"""What became of a repository from look to look: what failed, what was accepted, and since when."""

from collections.abc import Sequence
from typing import Any

from vger_guide.portfolio.look import CHECKED

# Stretches that are kept of a repository: a change a week for four years.
KEPT = 200

Stretch = dict[str, Any]


def extend_history(history: Sequence[Stretch], found: dict[str, Any]) -> list[Stretch]:
    """Return a history with a look added: looks that say the same are one stretch, with its first and last moment."""
    fresh = _stretch(found)
    if history and _says(history[-1]) == _says(fresh):
        return [*history[:-1], {**history[-1], "to": fresh["to"], "commit": fresh["commit"]}]
    return [*history, fresh][-KEPT:]


def _stretch(found: dict[str, Any]) -> Stretch:
    outcomes = found.get("outcomes", {})
    previews = set(found.get("previews", ()))
    return {
        "from": found["at"],
        "to": found["at"],
        "commit": found.get("commit", ""),
        "status": found["status"],
        "asked": sorted(outcomes),
        "fail": sorted(rule for rule, outcome in outcomes.items() if outcome == "fail" and rule not in previews),
        "waived": sorted(rule for rule, outcome in outcomes.items() if outcome == "waived"),
    }


def _says(stretch: Stretch) -> list[Any]:
    return [stretch[key] for key in ("status", "asked", "fail", "waived")]


def find_since(history: Sequence[Stretch], rule: str, kind: str = "fail") -> str:
    """Return since which moment a rule fails (or is waived) without a break, as far as is known, or nothing."""
    since = ""
    for stretch in reversed([each for each in history if each["status"] == CHECKED]):
        if rule not in stretch[kind]:
            break
        since = stretch["from"]
    return since


def find_stretch(history: Sequence[Stretch], moment: str) -> Stretch | None:
    """Return the last stretch of a checked repository that began at or before a moment, or None."""
    return next((each for each in reversed(history) if each["status"] == CHECKED and each["from"] <= moment), None)


def find_previous(history: Sequence[Stretch]) -> Stretch | None:
    """Return the stretch before the last one, among those in which the repository was checked."""
    checked = [each for each in history if each["status"] == CHECKED]
    return checked[-2] if len(checked) > 1 else None
