"""A workbook that came back: its sheets by target, their rows by rule, and the review with their answers."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from vger_guide.output.reviews.import_result import ImportRejectedError
from vger_guide.output.reviews.workbook.answers import People, apply, changed, fields_of, valid
from vger_guide.output.reviews.workbook.columns import ANSWERED, COLUMNS, cell_values
from vger_guide.output.reviews.workbook.names import people_names, sheet_names
from vger_guide.output.reviews.workbook.safe_open import open_workbook
from vger_guide.output.reviews.workbook.tables import CellInput, Sheet, find_sheets, quote_name
from vger_guide.output.reviews.workbook.values import CellError, text
from vger_guide.reviews import store
from vger_guide.reviews.context import ReviewContext
from vger_guide.reviews.edit import AnswerChange, current_wording, record_answers
from vger_guide.reviews.labels import VALUES
from vger_guide.reviews.models import Answer, Person, Review, Value
from vger_guide.reviews.selection import text_hash
from vger_guide.text.plural import pluralise

_RULE = re.compile(r"[A-Z]{3}[0-9]{3}")
_REVISION = re.compile(r"[1-9][0-9]{0,5}")
_HASH = re.compile(r"[0-9a-f]{16}")
_NOTHING = ("", VALUES[Value.UNANSWERED].casefold())


@dataclass(frozen=True)
class Row:
    """A row: its rule, the cells by column, and the rule's revision and text hash as the sheet asked it, if it did."""

    rule: str
    cells: Mapping[str, CellInput]
    asked: tuple[int, str] | None


def rows(sheet: Sheet, known: Collection[str], problems: list[str], remarks: list[str]) -> list[Row]:
    """Return the rows of a sheet that are of known rules, one a rule."""
    asked = dict(filter(None, map(_asked, sheet.rows)))
    found: dict[str, Row] = {}
    for cells in sheet.rows:
        rule = _rule(cells)
        trouble = _trouble(cells, rule, known, found)
        if trouble:
            (problems if _says(cells) else remarks).append(f"{cells['rule'].place}: {trouble}")
        elif rule and rule not in found:
            found[rule] = Row(rule, cells, asked.get(rule))
    return list(found.values())


def _asked(cells: Mapping[str, CellInput]) -> tuple[str, tuple[int, str]] | None:
    """Return the rule of the hidden cells, with its revision and hash: they stay together whatever else is sorted."""
    rule, revision, hash_ = (_said(cells, key) for key in ("id", "revision", "hash"))
    if _RULE.fullmatch(rule) and _REVISION.fullmatch(revision) and _HASH.fullmatch(hash_):
        return rule, (int(revision), hash_)
    return None


def _rule(cells: Mapping[str, CellInput]) -> str:
    """Return the rule of a row. The id that people see is beside the answers, so it counts; else the hidden one."""
    return "".join((_said(cells, "rule") or _said(cells, "id")).split()).upper()


def _said(cells: Mapping[str, CellInput], key: str) -> str:
    try:
        return text(cells[key]).strip() if key in cells else ""
    except CellError:
        return ""


def _trouble(cells: Mapping[str, CellInput], rule: str, known: Collection[str], found: Mapping[str, Row]) -> str:
    if not rule:
        return "has an answer and no rule; write the rule's id here, or empty the row" if _says(cells) else ""
    if rule not in known:
        return f"'{quote_name(rule)}' is no rule of the guide; write an id such as SES001, or take the row out"
    if rule in found and _answers(cells) != _answers(found[rule].cells):
        return f"{rule} is answered in {found[rule].cells['rule'].place} too, in another way; keep one of the rows"
    return ""


def _says(cells: Mapping[str, CellInput]) -> bool:
    """Return whether a row holds more than what an unanswered one does."""
    return any(each.casefold() not in _NOTHING for each in _answers(cells))


def _answers(cells: Mapping[str, CellInput]) -> list[str]:
    got = [cells[column.key] for column in ANSWERED if column.key in cells]
    return ["" if each.value is None else str(each.value).strip() for each in got]


SHOWN_RULES = 5
SHOWN_PROBLEMS = 200
# Who changes one of these answers the rule as the sheet asks it.
_DECIDING = {"value", "reason", "because", "confirm"}
_HEADINGS = {column.key: column.heading for column in COLUMNS}


def read_workbook(data: bytes, context: ReviewContext) -> tuple[Review, list[str]]:
    """Return the review with the answers of a workbook, and remarks. Raises ImportRejectedError with every problem."""
    found, others = open_workbook(data, find_sheets)
    if not found:
        raise ImportRejectedError(["No sheet of the workbook has a row with the headings Rule and Answer"])
    coming = _WorkbookReader(context)
    coming.remarks.extend(f"{quote_name(name)}: has no headings Rule and Answer; it was left aside" for name in others)
    for sheet in found:
        coming.take(sheet)
    return coming.review(), coming.remarks


class _WorkbookReader:
    """The review that comes to be, with what is wrong and what is worth saying."""

    def __init__(self, context: ReviewContext) -> None:
        self._filled = context
        self._called = people_names(context.review.people)
        self._people = People(self._called)
        self._said: dict[tuple[str, str], AnswerChange] = {}
        self._sheets: dict[str, str] = {}
        self.problems: list[str] = []
        self.remarks: list[str] = []

    def take(self, sheet: Sheet) -> None:
        """Take the answers of a sheet."""
        target = self._target(sheet)
        if not target:
            return
        self._sheets[target] = quote_name(sheet.name)
        self._remark(sheet)
        known = {*self._filled.catalog.rules, *(rule for rule, by in self._filled.review.answers.items() if by)}
        found = rows(sheet, known, self.problems, self.remarks)
        for row in found:
            self._answer(row, target)
        if missing := {rule.id for rule in self._filled.rules} - {row.rule for row in found}:
            self.remarks.append(f"{quote_name(sheet.name)}: {_without_row(sorted(missing))}; what was answered stays")

    def review(self) -> Review:
        """Return the review. Raises ImportRejectedError."""
        if self.problems:
            raise ImportRejectedError(store.first_problems(self.problems, SHOWN_PROBLEMS))
        old = self._filled.review
        missing = [target.name for target in old.targets if target.id not in self._sheets]
        self.remarks.extend(f"{quote_name(name)}: has no sheet; its answers stay as they were" for name in missing)
        people = [*old.people, *(Person(id=id_, name=name) for id_, name in self._people.new.items())]
        return _whole(record_answers(old.model_copy(update={"people": people}), self._said))

    def _target(self, sheet: Sheet) -> str:
        """Return the id of the target that a sheet is of, "" where there is a problem."""
        target, problem = _target(sheet, self._filled.review)
        if not problem and target in self._sheets:
            problem = f"is of the same target as the sheet {self._sheets[target]}; take one of them out"
        if not problem and sheet.doubled:
            problem = f"has two columns {_HEADINGS[sheet.doubled[0]]}; take one of them out"
        if not problem and not sheet.columns:
            problem = "has lost its headings; put back the row with Rule, Answer and the others"
        if problem:
            self.problems.append(f"{quote_name(sheet.name)}: {problem}")
        return "" if problem else target

    def _remark(self, sheet: Sheet) -> None:
        edition = self._filled.review.edition
        gone = [column.heading for column in ANSWERED if column.key not in sheet.columns]
        said = [
            (gone, f"has no column {', '.join(gone)}; what stood there stays as it was"),
            (sheet.edition not in ("", edition), f"is of edition {quote_name(sheet.edition)}, the review of {edition}"),
        ]
        self.remarks.extend(f"{quote_name(sheet.name)}: {text}" for holds, text in said if holds)

    def _answer(self, row: Row, target: str) -> None:
        old, revision = self._old(row.rule, target)
        keys = changed(row.cells, cell_values(old, self._called))
        fields = apply(row.cells, keys, old, self._people, self.problems) if keys else None
        if fields is None or fields == old.model_dump(by_alias=True):
            return
        if _DECIDING & set(keys):
            asked, hash_ = row.asked or self._current(row.rule)
            fields |= {**current_wording(asked, hash_), "confirm": fields["confirm"] or asked != revision}
        if answer := valid(fields, row.cells, self.problems):
            self._said[row.rule, target] = (answer, fields_of(keys))

    def _old(self, rule: str, target: str) -> tuple[Answer, int]:
        """Return the answer that stands, blank where there is none, and the revision that the rule has."""
        revision, hash_ = self._current(rule)
        by_target = self._filled.review.answers.get(rule, {})
        return by_target.get(target) or Answer(revision=revision, text_hash=hash_), revision

    def _current(self, rule: str) -> tuple[int, str]:
        """Return revision and text hash of a rule: of one that is no longer asked, as it was answered."""
        if found := self._filled.catalog.rules.get(rule):
            return found.revision, text_hash(found)
        answer = next(iter(self._filled.review.answers[rule].values()))
        return answer.revision, answer.text_hash


def _target(sheet: Sheet, review: Review) -> tuple[str, str]:
    """Return the id of the target that a sheet is of, and what is wrong with it, if anything."""
    ids = [target.id for target in review.targets]
    if sheet.review not in ("", review.id):
        return "", f"belongs to another review, {quote_name(sheet.review)}; import it into that one"
    if sheet.target:
        problem = (
            f"is of the target '{quote_name(sheet.target)}', which this review does not have; add it to the review"
        )
        return sheet.target, "" if sheet.target in ids else problem
    by_name = dict(zip(sheet_names(target.name for target in review.targets), ids, strict=True))
    return by_name.get(sheet.name, ""), "" if sheet.name in by_name else "names no target of this review"


def _whole(review: Review) -> Review:
    """Return the review as a file of it is read: nothing is taken that could not be kept."""
    try:
        return store.read(store.write(review).encode())
    except store.InvalidReviewError as error:
        raise ImportRejectedError(error.problems) from None


def _without_row(missing: list[str]) -> str:
    named = ", ".join([*missing[:SHOWN_RULES], *(["…"] if len(missing) > SHOWN_RULES else [])])
    return f"{pluralise(len(missing), 'rule')} {'has' if len(missing) == 1 else 'have'} no row ({named})"
