"""What is due for review: a rule or a row becomes due 18 months after it was last reviewed, and overdue after 24.

24 months is how long an architecture lasts by the guide itself; what it says should be asked again before that.
"""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from vger_guide.catalog.catalog import Catalog

DUE_AFTER = 18  # months
OVERDUE_AFTER = 24  # months


class DueState(StrEnum):
    """How urgent a review is."""

    OVERDUE = "overdue"
    DUE = "due"
    CURRENT = "current"


class DueKind(StrEnum):
    """What is to be reviewed."""

    RULE = "rule"
    ROW = "row"


@dataclass(frozen=True)
class DueItem:
    """A rule, or a row of a table, and the days that its next review hangs on.

    `within` is the heading of the rule's section or the title of the row's table, `place` where it stands below docs/.
    """

    kind: DueKind
    id: str
    title: str
    within: str
    place: str
    reviewed: date
    due: date
    overdue: date
    state: DueState

    @property
    def pending(self) -> bool:
        """Whether the review should have begun."""
        return self.state != DueState.CURRENT


def list_due(catalog: Catalog, on: date) -> list[DueItem]:
    """Return every rule and every row with its state on a day, those first that were reviewed longest ago."""
    items = [*_rules(catalog, on), *_rows(catalog, on)]
    return sorted(items, key=lambda item: item.reviewed)


def _rules(catalog: Catalog, on: date) -> Iterator[DueItem]:
    for rule in catalog.rules.values():
        within = catalog.section_of(rule).heading
        yield _item(DueKind.RULE, rule.id, rule.title, within, rule.page, rule.reviewed, on)


def _rows(catalog: Catalog, on: date) -> Iterator[DueItem]:
    for table, option in catalog.options.values():
        place = f"recommendations.md#{option.id}"
        yield _item(DueKind.ROW, option.id, option.name, table.title, place, option.reviewed, on)


def _item(kind: DueKind, id_: str, title: str, within: str, place: str, reviewed: date, on: date) -> DueItem:
    due, overdue = _later(reviewed, DUE_AFTER), _later(reviewed, OVERDUE_AFTER)
    state = DueState.OVERDUE if on >= overdue else DueState.DUE if on >= due else DueState.CURRENT
    return DueItem(kind, id_, title, within, place, reviewed, due, overdue, state)


def _later(day: date, months: int) -> date:
    """Return the same day of a later month, or that month's last day where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
