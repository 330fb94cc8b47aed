"""An answer from a row: what the cells changed, over everything else that the answer had."""

from collections.abc import Callable, Mapping, MutableMapping
from datetime import date
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from vger_guide.output.reviews.workbook import evidence
from vger_guide.output.reviews.workbook.columns import ANSWERED, CONFIRM, Cell
from vger_guide.output.reviews.workbook.names import find_person
from vger_guide.output.reviews.workbook.tables import CellInput
from vger_guide.output.reviews.workbook.text import is_same
from vger_guide.output.reviews.workbook.values import CellError, day, free, likely_day, moment, text, word
from vger_guide.reviews.edit import make_id
from vger_guide.reviews.fields import SHORT
from vger_guide.reviews.labels import CONFIDENCES, NOT_APPLICABLE, PLANS, REASONS, VALUES
from vger_guide.reviews.models import Answer, Plan, Value

# Where each column stands in the document.
_PATHS = {
    "reason": ("not_applicable", "code"),
    "because": ("not_applicable", "text"),
    "plan": ("disposition", "plan"),
    "owner": ("disposition", "owner"),
    "until": ("disposition", "until"),
    "approver": ("disposition", "approver"),
    "ticket": ("disposition", "ticket"),
}
# What people write into the column of answers besides the words of the list: each question asks whether a rule is met.
_SYNONYMS = {"yes": Value.MET, "no": Value.NOT_MET, "partly": Value.PARTIAL, "partially met": Value.PARTIAL}
_READERS: dict[str, Callable[[CellInput], Any]] = {
    "value": lambda got: word(got, VALUES, "answer", _SYNONYMS) or Value.UNANSWERED,
    "reason": lambda got: word(got, REASONS, "reason"),
    "plan": lambda got: word(got, PLANS, "plan") or Plan.NONE,
    "until": likely_day,
    "confidence": lambda got: word(got, CONFIDENCES, "confidence"),
    "confirm": lambda got: bool(word(got, {"yes": CONFIRM}, "mark")),
    "at": moment,
}


class People:
    """The people of a review by id, and those that cells name besides."""

    def __init__(self, called: Mapping[str, str]) -> None:
        self._called = dict(called)
        self.new: dict[str, str] = {}

    def id_of(self, name: str) -> str:
        """Return the id of a person; somebody who is not known yet is added. Raises CellError."""
        if len(name) > SHORT:
            raise CellError(f"is not a name: it has {len(name):,} characters, and {SHORT} are allowed")
        found = self.known(name)
        if found and found not in self._called:
            found = make_id(name, self._called, "person")
            self._called[found] = self.new[found] = name
        return found

    def known(self, name: str) -> str:
        """Return the id of a person, or the name itself where the review has nobody of it."""
        return (find_person(name, self._called) if name else "") or name


def changed(row: Mapping[str, CellInput], was: Mapping[str, Cell]) -> list[str]:
    """Return the columns whose cells no longer hold what was written; one that is gone changes nothing."""
    return [column.key for column in ANSWERED if column.key in row and not _holds(row[column.key], was[column.key])]


def _holds(got: CellInput, was: Cell) -> bool:
    try:
        return day(got) == was if isinstance(was, date) else is_same(was, text(got))
    except CellError:
        return False


# How people write that a rule does not apply.
_INAPPLICABLE = (NOT_APPLICABLE.casefold(), "n/a", "na", "n.a.")
# What says that an answer is of somebody and of a day, and no more.
STAMP = {"by", "at"}
# Cells that only mean something together, and which of them say so.
_TOGETHER = (("value", "reason", "because", "confirm"), ("plan", "until", "approver"))


def said_keys(row: Mapping[str, CellInput], keys: list[str]) -> list[str]:
    """Return those of some columns that say something, where it is not known whether a cell was emptied.

    Who answered and when says nothing by itself.
    """
    groups = [*_TOGETHER, *((column.key,) for column in ANSWERED if column.key not in {*_TOGETHER[0], *_TOGETHER[1]})]
    said = {key for group in groups if any(_says(row[key]) for key in group[:3] if key in row) for key in group}
    found = [key for key in keys if key in said]
    return found if set(found) - STAMP else []


def _says(got: CellInput) -> bool:
    written = "" if got.value is None else str(got.value).strip()
    return written.casefold() not in ("", VALUES[Value.UNANSWERED].casefold())


def blank_parts(answer: Answer, keys: list[str]) -> Answer:
    """Return an answer that says nothing in the parts that some columns hold."""
    whole = {key for group in _TOGETHER if set(group) & set(keys) for key in group} | set(keys)
    nothing = Answer(revision=answer.revision, text_hash=answer.text_hash)
    plain = {key: getattr(nothing, key) for key in whole - STAMP if key not in _PATHS}
    if "value" in whole:
        plain["not_applicable"] = None
    plan = {
        inner: getattr(nothing.disposition, inner)
        for key, (outer, inner) in _PATHS.items()
        if key in whole and outer == "disposition"
    }
    return answer.model_copy(update={**plain, "disposition": answer.disposition.model_copy(update=plan)})


def says_same(one: Answer, other: Answer) -> bool:
    """Return whether two answers say the same, whoever gave them and when."""
    return one.model_dump(exclude=STAMP) == other.model_dump(exclude=STAMP)


def fields_of(keys: list[str]) -> set[str]:
    """Return the fields of an answer that some columns hold."""
    return {_PATHS.get(key, (key,))[0] for key in keys}


def apply(
    row: Mapping[str, CellInput], keys: list[str], old: Answer, people: People, problems: list[str]
) -> dict[str, Any] | None:
    """Return the fields of an answer with the cells of some columns in it, None where one of them has a problem."""
    fields = old.model_dump(by_alias=True)
    before = len(problems)
    for key in keys:
        try:
            if key == "value":
                _refuse_inapplicable(row)
            _put(fields, key, _read(key, row[key], old, people))
        except CellError as error:
            problems.append(f"{row[key].place}: {error}")
    reason = fields["not_applicable"]
    if reason is not None and len(problems) == before:
        fields["not_applicable"] = _reason(row, reason, problems)
    return fields if len(problems) == before else None


def _refuse_inapplicable(row: Mapping[str, CellInput]) -> None:
    """Raise CellError where somebody answered that the rule does not apply: that stands in two cells of its own."""
    if " ".join(text(row["value"]).replace("-", " ").split()).casefold() in _INAPPLICABLE:
        places = [row[key].place.rpartition("!")[2] for key in ("reason", "because") if key in row]
        into = f" ({' and '.join(places)})" if places else ""
        raise CellError(
            f"'{NOT_APPLICABLE}' is said in the columns {NOT_APPLICABLE} and Because{into}: choose a reason there, say "
            "it in words, and empty this cell"
        )


def _read(key: str, got: CellInput, old: Answer, people: People) -> Any:
    if key in _READERS:
        return _READERS[key](got)
    written = free(got)
    if key == "evidence":
        return evidence.parse(written, old.evidence)
    if key in ("owner", "approver"):
        return people.known(written)
    return people.id_of(written) if key == "by" else written


def _put(fields: MutableMapping[str, Any], key: str, value: Any) -> None:
    if key not in _PATHS:
        fields[key] = value
        return
    outer, inner = _PATHS[key]
    fields[outer] = {**(fields[outer] or {}), inner: value}


def _reason(row: Mapping[str, CellInput], reason: Mapping[str, Any], problems: list[str]) -> Mapping[str, Any] | None:
    code, words = reason.get("code"), reason.get("text")
    if not code and not words:
        return None
    key, mend = ("reason", "choose why the rule does not apply") if not code else ("because", "say in words why")
    if not (code and words):
        place = row[key].place if key in row else "a missing column"
        problems.append(f"{place}: {mend}; or empty both cells where the rule applies")
    return reason


def valid(fields: Mapping[str, Any], row: Mapping[str, CellInput], problems: list[str]) -> Answer | None:
    """Return the answer that some fields make, None where one is not valid: too long, or no web address."""
    try:
        return Answer.model_validate(fields)
    except ValidationError as error:
        problems.extend(_describe_problem(each["loc"], _message(each), row) for each in error.errors(include_url=False))
        return None


def _message(error: "ErrorDetails") -> str:
    """Return what is wrong with a field in the words of who filled it in."""
    if error["type"] == "string_too_long":
        return f"has {len(error['input']):,} characters, and {error['ctx']['max_length']:,} are allowed; shorten it"
    return error["msg"]


def _describe_problem(path: tuple[int | str, ...], message: str, row: Mapping[str, CellInput]) -> str:
    keys = {where: key for key, where in _PATHS.items()}
    key = keys.get((str(path[0]), str(path[1])), "") if len(path) > 1 else ""
    got = row.get(key or str(path[0])) or next(iter(row.values()))
    return f"{got.place}: {message}"
