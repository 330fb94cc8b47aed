"""The rows of a sheet that came back, one a rule: what each asks and says, and what is wrong with it."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from vger_guide.output.reviews.workbook.columns import ANSWERED
from vger_guide.output.reviews.workbook.tables import CellInput, Sheet, quote_name
from vger_guide.output.reviews.workbook.values import CellError, text
from vger_guide.reviews.labels import VALUES
from vger_guide.reviews.models import Value

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
        written = _said(cells, "rule") or rule
        return f"'{quote_name(written)}' is no rule of the guide; write an id such as SES001, or take the row out"
    if rule in found and _answers(cells) != _answers(found[rule].cells):
        return f"{rule} is answered in {found[rule].cells['rule'].place} too, in another way; keep one of the rows"
    return ""


def _says(cells: Mapping[str, CellInput]) -> bool:
    """Return whether a row holds more than what an unanswered one does."""
    return any(each.casefold() not in _NOTHING for each in _answers(cells))


def _answers(cells: Mapping[str, CellInput]) -> list[str]:
    got = [cells[column.key] for column in ANSWERED if column.key in cells]
    return ["" if each.value is None else str(each.value).strip() for each in got]
