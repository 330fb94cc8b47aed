"""A review with the catalogue it was made with, and the day that it is looked at."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from vger_guide.catalog.catalog import Catalog
from vger_guide.catalog.rules import Rule
from vger_guide.reviews.models import Review
from vger_guide.reviews.selection import selected_rules


@dataclass(frozen=True)
class ReviewContext:
    """A review with the catalogue it was made with; an empty checklist is a review that nobody has answered.

    `today` decides which plans and accepted risks have lapsed.
    """

    catalog: Catalog
    review: Review
    today: date

    @cached_property
    def rules(self) -> Sequence[Rule]:
        """The rules that are asked, in reading order."""
        return selected_rules(self.catalog, self.review.selection)

    @property
    def site(self) -> str:
        """Where the guide is published, with a slash at its end."""
        return self.catalog.guide.site

    @property
    def is_answered(self) -> bool:
        """Whether anybody has answered anything."""
        return bool(self.review.answers)


def person_name(context: ReviewContext, id_: str) -> str:
    """Return the name of a person of the review, or the text itself where it is no person's id."""
    return next((person.name for person in context.review.people if person.id == id_), id_)
