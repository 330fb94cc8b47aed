"""Published editions: what each rule and row said when one came out, frozen, so that no change goes unnoticed.

An edition freezes what is asked, of whom, and what is recommended. How a rule is explained (why, how, examples, notes)
stands on the pages of its time and is not compared.
"""

import hashlib
import json

from pydantic import Field

from vger_guide.catalog.rules import Level, Rule, Severity
from vger_guide.catalog.tables import Option, Verdict
from vger_guide.records.fields import EditionId, Id, Label, Prose, Record, RuleId, RuleTitle, SectionNumber, Text

# What is not yet published as an edition.
NEXT = "next"


class FrozenRule(Record):
    """A rule as an edition published it."""

    section: SectionNumber
    slug: Id
    title: RuleTitle
    level: Level
    severity: Severity
    statement: Prose
    ask: Prose
    exceptions: list[Prose]
    applies_to: list[Id]
    stages: list[Id]
    workloads: list[Id]
    revision: int = Field(ge=1, strict=True)


class FrozenRow(Record):
    """A row of a table as an edition published it."""

    table: Id
    name: Label
    verdict: Verdict | None
    reason: Text | None
    facts: dict[Id, Text]
    provides: list[Id]


class Edition(Record):
    """What the guide says at one time: rules and rows by their ids."""

    rules: dict[RuleId, FrozenRule]
    rows: dict[Id, FrozenRow]


class Frozen(Edition):
    """A published edition. Its file is written once and never changed."""

    edition: EditionId


def frozen_rule(rule: Rule, section: str) -> FrozenRule:
    """Return the frozen state of a rule of a section as it is now."""
    said = {name: getattr(rule, name) for name in FrozenRule.model_fields if name != "section"}
    return FrozenRule.model_construct(section=section, **said)


def frozen_row(option: Option, table: str) -> FrozenRow:
    """Return the frozen state of a row of a table as it is now."""
    said = {name: getattr(option, name) for name in FrozenRow.model_fields if name != "table"}
    return FrozenRow.model_construct(table=table, **said)


def text_hash(rule: Rule | FrozenRule) -> str:
    """Return the hash of a rule's question as it is worded: 16 hexadecimal digits of a SHA-256."""
    said = "\0".join((rule.level.value, rule.statement, rule.ask))
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def freeze(edition: str, now: Edition) -> str:
    """Return the text of the file that holds an edition: JSON, sorted, so that its bytes depend on its content only."""
    data = {"edition": edition, **now.model_dump(mode="json")}
    return json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
