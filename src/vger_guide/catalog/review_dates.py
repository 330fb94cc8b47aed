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


class State(StrEnum):
    """How urgent a review is."""

    OVERDUE = "overdue"
    DUE = "due"
    CURRENT = "current"


class Kind(StrEnum):
    """What is to be reviewed."""

    RULE = "rule"
    ROW = "row"


@dataclass(frozen=True)
class Item:
    """A rule, or a row of a table, and the days that its next review hangs on.

    `within` is the heading of the rule's section or the title of the row's table, `place` where it stands below docs/.
    """

    kind: Kind
    id: str
    title: str
    within: str
    place: str
    reviewed: date
    due: date
    overdue: date
    state: State

    @property
    def pending(self) -> bool:
        """Whether the review should have begun."""
        return self.state != State.CURRENT


def reviews(catalog: Catalog, on: date) -> list[Item]:
    """Return every rule and every row with its state on a day, those first that were reviewed longest ago."""
    items = [*_rules(catalog, on), *_rows(catalog, on)]
    return sorted(items, key=lambda item: item.reviewed)


def _rules(catalog: Catalog, on: date) -> Iterator[Item]:
    for rule in catalog.rules.values():
        within = catalog.section_of(rule).heading
        yield _item(Kind.RULE, rule.id, rule.title, within, rule.page, rule.reviewed, on)


def _rows(catalog: Catalog, on: date) -> Iterator[Item]:
    for table, option in catalog.options.values():
        place = f"recommendations.md#{option.id}"
        yield _item(Kind.ROW, option.id, option.name, table.title, place, option.reviewed, on)


def _item(kind: Kind, id_: str, title: str, within: str, place: str, reviewed: date, on: date) -> Item:
    due, overdue = _later(reviewed, DUE_AFTER), _later(reviewed, OVERDUE_AFTER)
    state = State.OVERDUE if on >= overdue else State.DUE if on >= due else State.CURRENT
    return Item(kind, id_, title, within, place, reviewed, due, overdue, state)


def _later(day: date, months: int) -> date:
    """Return the same day of a later month, or that month's last day where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
