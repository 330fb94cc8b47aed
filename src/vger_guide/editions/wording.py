"""The texts of a rule or a row that people read, by their labels, and what became of each."""

from collections.abc import Mapping
from dataclasses import dataclass

from vger_guide.catalog.editions import FrozenRow, FrozenRule
from vger_guide.editions.marking import Part, marked

# What is told of a rule or a row that only one of the editions has.
_ALONE = ("Level", "Rule", "Question", "Verdict", "Reason")


@dataclass(frozen=True)
class Wording:
    """A text of a rule or row as it was and as it is; None where the rule or row was not there."""

    label: str
    old: str | None
    new: str | None

    @property
    def parts(self) -> list[Part]:
        """The text marked word by word."""
        return marked(self.old or "", self.new or "")


def wordings(old: dict[str, str], new: dict[str, str]) -> list[Wording]:
    """Return the texts that differ; of a rule or a row that only one edition has, those that say most."""
    labels = dict.fromkeys([*old, *new]) if old and new else _ALONE
    return [Wording(label, old.get(label), new.get(label)) for label in labels if old.get(label) != new.get(label)]


def rule_texts(rule: FrozenRule | None) -> dict[str, str]:
    """Return what a rule says by the labels that people read; what says nothing is left out."""
    if rule is None:
        return {}
    texts = {
        "Section": rule.section,
        "Title": rule.title,
        "Level": rule.level.value,
        "Severity": rule.severity.value,
        "Rule": rule.statement,
        "Question": rule.ask,
        "Exceptions": " ".join(rule.exceptions),
        "Applies to": ", ".join(rule.applies_to),
        "Stages": ", ".join(rule.stages),
        "Workloads": ", ".join(rule.workloads),
        "Revision": str(rule.revision),
    }
    return {label: text for label, text in texts.items() if text}


def row_texts(row: FrozenRow | None, columns: Mapping[str, str]) -> dict[str, str]:
    """Return the same of a row; `columns` are the labels of its table's own columns by their ids."""
    if row is None:
        return {}
    texts = {
        "Table": row.table,
        "Name": row.name,
        "Verdict": row.verdict.word if row.verdict else "None given",
        "Reason": row.reason or "",
        "Provides": ", ".join(row.provides),
    }
    said = {label: text for label, text in texts.items() if text}
    facts = {columns.get(id_, id_): text for id_, text in row.facts.items()}
    # A column may be called what every row has.
    return said | {f"{label} (column)" if label in texts else label: text for label, text in facts.items()}
