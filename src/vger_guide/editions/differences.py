"""How a rule or a row differs between two editions, and the verbs that say so rightly."""

from collections.abc import Collection
from enum import IntEnum

from vger_guide.catalog.changes import RowVerb, RuleVerb
from vger_guide.catalog.editions import FrozenRow, FrozenRule
from vger_guide.catalog.rules import Level, Severity
from vger_guide.catalog.tables import Direction, moved

# Whom a rule is asked of; no stage or no workload stands for all of them.
_SCOPE = ("applies_to", "stages", "workloads")
_WORDS = ("title", "statement", "ask", "exceptions")
# What becomes of the meaning of a rule that stays.
MEANING = (RuleVerb.REWORDED, RuleVerb.WEAKENED, RuleVerb.STRENGTHENED, RuleVerb.SPLIT)


class Turn(IntEnum):
    """Where the strength of a rule went."""

    WEAKER = -1
    SAME = 0
    STRONGER = 1


def differing_fields(old: FrozenRule, new: FrozenRule) -> list[str]:
    """Return the names of the fields that differ, but for the section: that is another verb's."""
    names = [*_WORDS, "level", "severity", *_SCOPE, "revision"]
    return [name for name in names if _comparable(old, name) != _comparable(new, name)]


def _comparable(rule: FrozenRule, name: str) -> object:
    value = getattr(rule, name)
    return frozenset(value) if name in _SCOPE else value


def strength(old: FrozenRule, new: FrozenRule) -> dict[str, Turn]:
    """Return where each field went that says how strongly a rule asks, and whom; those that stayed are left out."""
    turns = {
        "level": _turn([*Level], old.level, new.level),
        "severity": _turn([*Severity], old.severity, new.severity),
        **{name: _wider(getattr(old, name), getattr(new, name)) for name in _SCOPE},
    }
    return {name: turn for name, turn in turns.items() if turn}


def _turn(scale: list[object], old: object, new: object) -> Turn:
    """Return the turn on a scale that begins with the strongest."""
    at, to = scale.index(old), scale.index(new)
    return Turn((at > to) - (at < to))


def _wider(old: Collection[str], new: Collection[str]) -> Turn:
    """Return the turn of a scope: whoever is asked anew makes it stronger, whatever else it lost."""
    before, after = set(old), set(new)
    if before == after:
        return Turn.SAME
    gained = not after or (before and after - before)
    return Turn.STRONGER if gained else Turn.WEAKER


def verb_mistake(old: FrozenRule, new: FrozenRule, verbs: Collection[RuleVerb]) -> str:
    """Return the mistake in the verbs of a rule that both editions have, as a message; nothing where they fit."""
    meant = [verb for verb in verbs if verb in MEANING]
    names = differing_fields(old, new)
    if RuleVerb.MOVED in verbs and old.section == new.section:
        return "is 'moved', and the rule stands in the section where it stood; remove the entry"
    if len(meant) > 1:
        return f"is one of {' and '.join(meant)}; keep the one that says most"
    if meant and not names:
        return f"is '{meant[0]}', and the rule asks what it asked; remove the entry"
    return _hidden(strength(old, new), names, meant[0]) if meant else ""


def _hidden(turns: dict[str, Turn], names: list[str], verb: RuleVerb) -> str:
    """Return the change that a verb hides: one of strength that is another than it says."""
    stronger = [name for name, turn in turns.items() if turn is Turn.STRONGER]
    weaker = [name for name, turn in turns.items() if turn is Turn.WEAKER]
    if stronger and verb in (RuleVerb.REWORDED, RuleVerb.WEAKENED):
        return f"is '{verb}', and hides that the rule asks more by its {_and(stronger)}; write 'strengthened'"
    if weaker and verb == RuleVerb.REWORDED:
        return f"is '{verb}', and hides that the rule asks less by its {_and(weaker)}; write 'weakened'"
    if weaker and verb == RuleVerb.STRENGTHENED and not stronger and not set(names) & set(_WORDS):
        return f"is '{verb}', and the rule only asks less by its {_and(weaker)}; write 'weakened'"
    return ""


def _and(names: list[str]) -> str:
    return " and ".join("profiles" if name == "applies_to" else name for name in names)


def revision_mistake(old: FrozenRule, new: FrozenRule, verbs: Collection[RuleVerb]) -> str:
    """Return the mistake in the revision of a rule whose meaning changed, or did not; nothing where it is right."""
    changed = next((verb for verb in verbs if verb in MEANING and verb != RuleVerb.REWORDED), None)
    if changed and new.revision <= old.revision:
        return f"is {new.revision}, and the rule is {changed}; raise it to {old.revision + 1}"
    if not changed and RuleVerb.REWORDED in verbs and new.revision != old.revision:
        return f"is {new.revision}, and the rule is only reworded; write {old.revision}, or another verb"
    return ""


def row_verbs(old: FrozenRow | None, new: FrozenRow | None) -> set[RowVerb]:
    """Return the verbs that a row has to have: each says one thing, and all of them say all."""
    if old is None or new is None:
        return {RowVerb.REMOVED if old else RowVerb.ADDED} if old or new else set()
    direction = moved(old.verdict, new.verdict)
    beside = ("facts", "provides", "reason") if direction == Direction.SAME else ("facts", "provides")
    found = {
        RowVerb.IN: direction == Direction.IN,
        RowVerb.OUT: direction == Direction.OUT,
        RowVerb.CHANGED: any(getattr(old, name) != getattr(new, name) for name in beside),
        RowVerb.RENAMED: old.name != new.name,
        RowVerb.MOVED: old.table != new.table,
    }
    return {verb for verb, so in found.items() if so}
