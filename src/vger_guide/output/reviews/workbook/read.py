"""A workbook that came back: what it was exported with, and the same with what people changed in its cells."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from vger_guide.catalog.editions import text_hash
from vger_guide.output.reviews.import_result import Importer, ImportRejectedError, Returned
from vger_guide.output.reviews.workbook.answers import (
    STAMP,
    People,
    apply,
    blank_parts,
    changed,
    fields_of,
    said_keys,
    says_same,
    valid,
)
from vger_guide.output.reviews.workbook.base import NoBaseError, read_base
from vger_guide.output.reviews.workbook.columns import ANSWERED, COLUMNS, cell_values
from vger_guide.output.reviews.workbook.names import people_names, sheet_names
from vger_guide.output.reviews.workbook.rows import Row, rows
from vger_guide.output.reviews.workbook.safe_open import MergedRanges, open_workbook
from vger_guide.output.reviews.workbook.tables import NEEDED, Sheet, find_sheets, quote_name
from vger_guide.reviews import store
from vger_guide.reviews.context import ReviewContext
from vger_guide.reviews.edit import AnswerChange, current_wording, record_answers
from vger_guide.reviews.models import Answer, Conflict, Person, Review
from vger_guide.text.plural import pluralise

SHOWN_RULES = 5
SHOWN_PROBLEMS = 200
# Who changes one of these answers the rule as the sheet asks it.
_DECIDING = {"value", "reason", "because", "confirm"}
_HEADINGS = {column.key: column.heading for column in COLUMNS}
_NO_BASE = (
    "The workbook does not carry what it was exported with ({}): its empty cells change nothing, and where it says "
    "something else than the review, that is a conflict"
)
_OTHER = (
    "The workbook was exported from another review, '{}', before that had answers; import it into that one, or open it "
    "as a review of its own"
)
# The version of an id that is made of a name (RFC 9562).
_NAMED = 5


@dataclass(frozen=True)
class _Book:
    """The sheets with answers, the names of the others, and what the workbook was exported with, or why not."""

    sheets: Sequence[Sheet]
    others: Sequence[str]
    base: Review | None
    why: str = ""


def _read(book: Any, merged: MergedRanges) -> _Book:
    sheets, others = find_sheets(book, merged)
    try:
        return _Book(sheets, others, read_base(book))
    except NoBaseError as error:
        return _Book(sheets, others, None, str(error))


def read_workbook(data: bytes, context: ReviewContext, importer: Importer) -> Returned:
    """Return what a workbook was exported with and what it says now, and remarks.

    Raises ImportRejectedError with every problem.
    """
    book = open_workbook(data, _read)
    if not book.sheets:
        raise ImportRejectedError(["No sheet of the workbook has a row with the headings Rule and Answer"])
    reader = _WorkbookReader(context, importer, book.base)
    if not book.base:
        reader.remarks.append(_NO_BASE.format(book.why))
    elif book.base.id != context.review.id and not book.base.answers and not _is_checklist(book.base):
        raise ImportRejectedError([_OTHER.format(quote_name(book.base.title) or book.base.id)])
    reader.remarks.extend(
        f"{quote_name(name)}: has no headings Rule and Answer; it was left aside" for name in book.others
    )
    for sheet in book.sheets:
        reader.take(sheet)
    return reader.returned()


def _is_checklist(review: Review) -> bool:
    """Return whether it is an empty checklist, whose id is made of what it says: that of a review is random."""
    return UUID(review.id).version == _NAMED


def extract_review(data: bytes) -> Review:
    """Return the review that a workbook was exported from. Raises ImportRejectedError where it carries none."""
    book = open_workbook(data, _read)
    if book.base:
        return book.base
    raise ImportRejectedError([f"The workbook holds no whole review ({book.why}); import it into the review it is of"])


class _WorkbookReader:
    """What the workbook was exported with and what it says, with what is wrong and what is worth saying."""

    def __init__(self, context: ReviewContext, importer: Importer, base: Review | None) -> None:
        self._filled = context
        self._importer = importer
        self._base = base
        self._shown = people_names((base or context.review).people)
        self._people = People(people_names(context.review.people))
        self._was: dict[tuple[str, str], Answer | None] = {}
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
        answered = [*self._filled.review.answers.items(), *(self._base.answers.items() if self._base else ())]
        known = {*self._filled.catalog.rules, *(rule for rule, by_target in answered if by_target)}
        found = rows(sheet, known, self.problems, self.remarks)
        for row in found:
            self._answer(row, target)
        if missing := {rule.id for rule in self._filled.rules} - {row.rule for row in found}:
            self.remarks.append(f"{quote_name(sheet.name)}: {_without_row(sorted(missing))}; what was answered stays")

    def returned(self) -> Returned:
        """Return what was taken. Raises ImportRejectedError."""
        if self.problems:
            raise ImportRejectedError(store.first_problems(self.problems, SHOWN_PROBLEMS))
        ours = self._filled.review
        missing = [target.name for target in ours.targets if target.id not in self._sheets]
        self.remarks.extend(f"{quote_name(name)}: has no sheet; its answers stay as they were" for name in missing)
        base = _with_answers(ours, self._was)
        people = [*ours.people, *(Person(id=id_, name=name) for id_, name in self._people.new.items())]
        theirs = record_answers(base.model_copy(update={"people": people}), self._said)
        return Returned(base, _whole(theirs.model_copy(update={"conflicts": self._open(theirs)})), self.remarks)

    def _open(self, theirs: Review) -> list[Conflict]:
        """Return the conflicts that stay open: who answers decides those that there were when the sheet was written."""
        then = self._base.conflicts if self._base else []
        return [each for each in self._filled.review.conflicts if each in theirs.conflicts or each not in then]

    def _target(self, sheet: Sheet) -> str:
        """Return the id of the target that a sheet is of, "" where there is a problem."""
        target, problem = _target(sheet, self._filled.review, self._base)
        if problem:
            self.problems.append(f"{quote_name(sheet.name)}: {problem}")
            return ""
        found = list(_faults(sheet, self._sheets.get(target, "")))
        self.problems.extend(found)
        return "" if found else target

    def _remark(self, sheet: Sheet) -> None:
        edition = self._filled.review.edition
        gone = [column.heading for column in ANSWERED if column.key not in sheet.columns]
        said = [
            (gone, f"has no column {', '.join(gone)}; what stood there stays as it was"),
            (sheet.edition not in ("", edition), f"is of edition {quote_name(sheet.edition)}, the review of {edition}"),
        ]
        self.remarks.extend(f"{quote_name(sheet.name)}: {text}" for holds, text in said if holds)

    def _answer(self, row: Row, target: str) -> None:
        old = self._old(row.rule, target)
        keys = changed(row.cells, cell_values(old, self._shown))
        if not self._base:
            keys = said_keys(row.cells, keys)
        fields = apply(row.cells, keys, old, self._people, self.problems) if keys else None
        self._was[row.rule, target] = self._exported(row.rule, target, keys if fields else [])
        if fields is None or fields == old.model_dump(by_alias=True):
            return
        if _DECIDING & set(keys):
            asked, hash_ = row.asked or self._current(row.rule)
            confirm = fields["confirm"] or asked != self._current(row.rule)[0]
            fields |= {**current_wording(asked, hash_), "confirm": confirm}
        if answer := valid(fields, row.cells, self.problems):
            self._said[row.rule, target] = (self._stamped(answer, keys, row.rule, target), fields_of(keys))

    def _old(self, rule: str, target: str) -> Answer:
        """Return the answer that was exported, or that stands where that is not known; blank where there is none."""
        revision, hash_ = self._current(rule)
        found = (self._base or self._filled.review).answers.get(rule, {}).get(target)
        return found or Answer(revision=revision, text_hash=hash_)

    def _exported(self, rule: str, target: str, keys: list[str]) -> Answer | None:
        """Return what the answer was when it was exported.

        Where that is not known, it said nothing of what the sheet says: so what differs there is a conflict.
        """
        found = (self._base or self._filled.review).answers.get(rule, {}).get(target)
        return found if self._base or not found else blank_parts(found, keys)

    def _stamped(self, answer: Answer, keys: list[str], rule: str, target: str) -> Answer:
        """Return an answer of the importer, of now, unless the sheet says so itself or the review has it already."""
        if set(keys) <= STAMP:
            return answer
        ours = self._filled.review.answers.get(rule, {}).get(target)
        if ours and says_same(ours, answer):
            told: dict[str, Any] = {"by": ours.by, "at": ours.at}
        else:
            decided = bool(_DECIDING & set(keys))
            name = self._importer.name
            by = self._people.id_of(name) if name and "by" not in keys else "" if decided else answer.by
            told = {"by": by, "at": self._importer.moment(self._filled)}
        return answer.model_copy(update={key: value for key, value in told.items() if key not in keys})

    def _current(self, rule: str) -> tuple[int, str]:
        """Return revision and text hash of a rule: of one that is no longer asked, as it was answered."""
        if found := self._filled.catalog.rules.get(rule):
            return found.revision, text_hash(found)
        reviews = (self._filled.review, *([self._base] if self._base else []))
        answer = next(each for review in reviews for each in review.answers.get(rule, {}).values())
        return answer.revision, answer.text_hash


def _target(sheet: Sheet, review: Review, base: Review | None) -> tuple[str, str]:
    """Return the id of the target that a sheet is of, and what is wrong with it, if anything."""
    ids = [target.id for target in review.targets]
    # An empty checklist belongs to no review yet.
    other = sheet.review or (base.id if base and base.answers else "")
    if other not in ("", review.id):
        named = f"'{quote_name(base.title)}' ({quote_name(other)})" if base and base.id == other else quote_name(other)
        return "", f"belongs to another review, {named}; import it into that one"
    if sheet.target:
        problem = (
            f"is of the target '{quote_name(sheet.target)}', which this review does not have; add it to the review"
        )
        return sheet.target, "" if sheet.target in ids else problem
    by_name = dict(zip(sheet_names(target.name for target in review.targets), ids, strict=True))
    return by_name.get(sheet.name, ""), "" if sheet.name in by_name else "names no target of this review"


def _faults(sheet: Sheet, twin: str) -> Iterator[str]:
    """Yield what is wrong with the table of a sheet; `twin` is the sheet that is of the same target, if any."""
    name = quote_name(sheet.name)
    if twin:
        yield f"{name}: is of the same target as the sheet {twin}; take one of them out"
    elif not sheet.columns:
        yield f"{name}: has lost its headings; put back the row with Rule, Answer and the others"
    elif sheet.doubled:
        yield f"{name}: has two columns {_HEADINGS[sheet.doubled[0]]}; take one of them out"
    for key, found in sheet.renamed.items():
        heading, there = _HEADINGS[key], quote_name(found.value)
        yield f"{found.place}: '{there}' stands where the heading {heading} was; write {heading} there"
    gone = [_HEADINGS[key] for key in NEEDED if sheet.columns and key not in {*sheet.columns, *sheet.renamed}]
    yield from (f"{name}: has no column {heading}; put it back, with its heading" for heading in gone)
    yield from (f"{place} is merged; split the cells, and answer in each row" for place in sheet.merged)


def _with_answers(review: Review, answers: Mapping[tuple[str, str], Answer | None]) -> Review:
    """Return a review with some answers in place of its own, by rule and target; None stands for none."""
    found = {rule: dict(by_target) for rule, by_target in review.answers.items()}
    for (rule, target), answer in answers.items():
        found.setdefault(rule, {}).pop(target, None)
        if answer:
            found[rule][target] = answer
    return review.model_copy(update={"answers": {rule: by_target for rule, by_target in found.items() if by_target}})


def _whole(review: Review) -> Review:
    """Return the review as a file of it is read: nothing is taken that could not be kept."""
    try:
        return store.read(store.write(review).encode())
    except store.InvalidReviewError as error:
        raise ImportRejectedError(error.problems) from None


def _without_row(missing: list[str]) -> str:
    named = ", ".join([*missing[:SHOWN_RULES], *(["…"] if len(missing) > SHOWN_RULES else [])])
    return f"{pluralise(len(missing), 'rule')} {'has' if len(missing) == 1 else 'have'} no row ({named})"
