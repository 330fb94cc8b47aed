"""Precision: how often the failures of a check, and what a trace found, were right on real repositories."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from vger_guide.records.fields import Day, Prose, Record, RuleId

Count = Annotated[int, Field(ge=0, strict=True)]


class Measure(Record):
    """The failures of a check, or what a trace found, by whether they were right."""

    rule: RuleId
    right: Count = Field(description="Repositories in which it failed, or found something, and its reader agreed.")
    letter: Count = Field(description="Those in which it was true by the letter, and of no use.")
    wrong: Count = Field(description="Those in which it was wrong.")

    @property
    def repositories(self) -> int:
        """The repositories in which it failed, or found something."""
        return self.right + self.letter + self.wrong


class Precision(Record):
    """All that was counted, and on how many public repositories; only counts are kept, and no code of others."""

    read: Day = Field(description="When they were read.")
    repositories: Count
    how: Prose = Field(description="How it was counted.")
    rules: list[Measure]

    def of(self, rule: str) -> Measure | None:
        """Return what was counted of a rule, or None."""
        return next((each for each in self.rules if each.rule == rule), None)
