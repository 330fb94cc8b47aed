"""What changed between any two editions, by chapter, with the reasons that were given on the way."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from vger_guide.catalog.catalog import Catalog
from vger_guide.catalog.changes import RowChange, RuleChange
from vger_guide.catalog.editions import NEXT, Edition, FrozenRow, FrozenRule
from vger_guide.catalog.tables import Direction, Verdict, moved
from vger_guide.editions.word_diff import DiffPart, word_diff

# What is told of a rule or a row that only one of the editions has.
_ALONE = ("Level", "Rule", "Question", "Verdict", "Reason")


@dataclass(frozen=True)
class Wording:
    """A text of a rule or row as it was and as it is; None where the rule or row was not there."""

    label: str
    old: str | None
    new: str | None

    @property
    def parts(self) -> list[DiffPart]:
        """The text marked word by word."""
        return word_diff(self.old or "", self.new or "")


def compare_texts(old: dict[str, str], new: dict[str, str]) -> list[Wording]:
    """Return the texts that differ; of a rule or a row that only one edition has, those that say most."""
    labels = dict.fromkeys([*old, *new]) if old and new else _ALONE
    return [Wording(label, old.get(label), new.get(label)) for label in labels if old.get(label) != new.get(label)]


def rule_texts(rule: FrozenRule | None) -> dict[str, str]:
    """Return the texts of a rule by the labels that people read; what says nothing is left out."""
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


class EditionOrderError(Exception):
    """Two editions cannot be compared; the text says why."""


@dataclass(frozen=True)
class ComparisonStep:
    """A change on the way, and the edition that came with it."""

    edition: str
    verb: str
    reason: str
    decided: date
    into: Sequence[str] = ()


@dataclass(frozen=True)
class Difference:
    """A rule or a row that changed: where it stands, the steps on the way, oldest first, and the texts that differ."""

    id: str
    title: str
    page: str
    section: str
    steps: list[ComparisonStep]
    wordings: list[Wording]
    # Of a row whose verdict moved: the old one, the new one, and where it went.
    verdicts: tuple[Verdict | None, Verdict | None, Direction] | None = None

    @property
    def verbs(self) -> list[str]:
        """The verbs of the steps; `changed` where nobody gave one, as in an organisation's own changes."""
        return list(dict.fromkeys(step.verb for step in self.steps)) or ["changed"]


@dataclass(frozen=True)
class ChapterComparison:
    """A chapter of the guide with what changed in it, in reading order."""

    heading: str
    differences: list[Difference]


@dataclass(frozen=True)
class Comparison:
    """What changed from an older edition to a newer one; `chapters` has only those with a change."""

    old: str
    new: str
    chapters: list[ChapterComparison]

    @property
    def differences(self) -> list[Difference]:
        """All changes in reading order."""
        return [each for chapter in self.chapters for each in chapter.differences]


def pairs(catalog: Catalog) -> list[tuple[str, str]]:
    """Return every older and newer edition, the newest of both first; `next` while it is no edition yet."""
    names = [name for name in catalog.timeline if name != NEXT or catalog.edition == NEXT]
    return [(old, new) for j, new in reversed([*enumerate(names)]) for old in reversed(names[:j])]


def compare(catalog: Catalog, old: str, new: str) -> Comparison:
    """Return the comparison of two editions by their names.

    Raises EditionOrderError; KeyError for an unknown name.
    """
    names = list(catalog.timeline)
    before, after = catalog.timeline[old], catalog.timeline[new]
    if names.index(old) > names.index(new):
        raise EditionOrderError(f"{old} is newer than {new}; name the older edition first")
    between = _Between(catalog, before, after, names[names.index(old) + 1 : names.index(new) + 1])
    return Comparison(old, new, between.chapters())


@dataclass(frozen=True)
class _Between:
    catalog: Catalog
    before: Edition
    after: Edition
    names: list[str]

    def chapters(self) -> list[ChapterComparison]:
        found = sorted([*self._rules(), *self._rows()], key=lambda each: self._order(each.section))
        headings = dict.fromkeys(each.section.partition(".")[0] for each in found)
        return [
            ChapterComparison(
                self._heading(number), [each for each in found if f"{each.section}.".startswith(f"{number}.")]
            )
            for number in headings
        ]

    def _order(self, section: str) -> list[int]:
        return [int(number) for number in section.split(".")]

    def _heading(self, number: str) -> str:
        section = self.catalog.guide.by_number.get(number)
        return section.heading if section else number

    @cached_property
    def _steps(self) -> dict[tuple[type[RuleChange | RowChange], str], list[ComparisonStep]]:
        steps: dict[tuple[type[RuleChange | RowChange], str], list[ComparisonStep]] = {}
        for name in self.names:
            for change in self.catalog.changes_to(name).entries:
                into = change.into if isinstance(change, RuleChange) else ()
                step = ComparisonStep(name, change.verb.value, change.reason, change.decided, into)
                steps.setdefault((type(change), change.id), []).append(step)
        return steps

    def _rules(self) -> Iterator[Difference]:
        """Yield the rules that changed, in reading order, those that are gone last."""
        for id_ in dict.fromkeys([*self.after.rules, *self.before.rules]):
            old, new = self.before.rules.get(id_), self.after.rules.get(id_)
            steps = self._steps.get((RuleChange, id_), [])
            said = compare_texts(rule_texts(old), rule_texts(new))
            known = new or old
            if known and (said or steps):
                yield Difference(id_, known.title, f"rules/{known.slug}.md", known.section, steps, said)

    def _rows(self) -> Iterator[Difference]:
        for id_ in dict.fromkeys([*self.after.rows, *self.before.rows]):
            old, new = self.before.rows.get(id_), self.after.rows.get(id_)
            steps = self._steps.get((RowChange, id_), [])
            known = new or old
            table = self.catalog.tables.get(known.table) if known else None
            columns = {column.id: column.label for column in table.columns} if table else {}
            said = compare_texts(row_texts(old, columns), row_texts(new, columns))
            if not known or not (said or steps):
                continue
            page = f"recommendations.md#{id_}" if id_ in self.catalog.options else "recommendations.md"
            section = table.section if table else self.catalog.guide.sections[-1].number
            yield Difference(id_, known.name, page, section, steps, said, _verdicts(old, new))


def _verdicts(old: FrozenRow | None, new: FrozenRow | None) -> tuple[Verdict | None, Verdict | None, Direction] | None:
    if old is None or new is None or old.verdict == new.verdict:
        return None
    return old.verdict, new.verdict, moved(old.verdict, new.verdict)
