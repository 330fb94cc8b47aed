"""Published editions: what each rule said when one came out, frozen, so that no change of meaning goes unnoticed."""

import json
from collections.abc import Iterable

from pydantic import Field

from vger_guide.catalog.fields import EditionId, Prose, Record, RuleId
from vger_guide.catalog.rules import Level, Rule


class FrozenRule(Record):
    """A rule as an edition published it."""

    level: Level
    revision: int = Field(ge=1, strict=True)
    statement: Prose


class Frozen(Record):
    """The rules of one edition. The file is written once and never changed."""

    edition: EditionId
    rules: dict[RuleId, FrozenRule]


def freeze(edition: str, rules: Iterable[Rule]) -> str:
    """Return the text of the file that holds an edition: JSON, sorted, so that its bytes depend on its content only."""
    frozen = {
        rule.id: {"level": rule.level.value, "revision": rule.revision, "statement": rule.statement} for rule in rules
    }
    data = {"edition": edition, "rules": frozen}
    return json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
