"""Checks: what a machine looks at in a repository to answer a rule, with examples that prove it."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Annotated, Any

from pydantic import AfterValidator, Field, JsonValue, create_model, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError, ValidationError

from vger_guide.catalog.code_samples import unfound
from vger_guide.matchers import load_matcher, matcher_names
from vger_guide.matchers.fields import ForgePart
from vger_guide.records.derive import record_of
from vger_guide.records.fields import Code, Prose, Record

# As JSON, in an example.
SETTINGS_LENGTH = 2000


class Strength(StrEnum):
    """What a pass is worth: proof, or an indication that a person has to confirm."""

    PROOF = "proof"
    INDICATION = "indication"

    @property
    def meaning(self) -> str:
        """What a pass is worth, as a sentence."""
        if self is Strength.PROOF:
            return "A pass is proof that the rule is met, apart from what the check cannot see."
        return "A pass is an indication that the rule is met; a person has to confirm it."


def is_none(value: object) -> bool:
    """Tell whether a value is one that records leave out."""
    return value is None


class Combination(Record):
    """A condition: one key, which is the name of a matcher, or combines conditions."""

    all: list[Condition] | None = Field(
        default=None, min_length=1, exclude_if=is_none, description="All of these are true."
    )
    any: list[Condition] | None = Field(
        default=None, min_length=1, exclude_if=is_none, description="At least one of these is true."
    )
    not_: Condition | None = Field(default=None, alias="not", exclude_if=is_none, description="This is not true.")

    @model_validator(mode="after")
    def _one(self) -> Combination:
        if len(self.model_fields_set) != 1:
            raise PydanticCustomError("form", "must have exactly one key: the name of a matcher, all, any or not", {})
        return self


_MATCHERS: dict[str, Any] = {
    name: (record_of(load_matcher(name).Parameters) | None, Field(default=None, exclude_if=is_none))
    for name in matcher_names()
}
Condition = create_model("Condition", __base__=Combination, __doc__=Combination.__doc__, **_MATCHERS)
Combination.model_rebuild()
Condition.model_rebuild()


class Blindness(Record):
    """When it cannot be seen whether the rule applies, so that a person has to be asked."""

    if_: Condition | None = Field(
        default=None,
        alias="if",
        exclude_if=is_none,
        description="What makes it likely that the rule applies; left out: always, where `when.if` does not hold.",
    )
    says: Prose = Field(description="What the check did not see, such as 'no file that this check reads defines one'.")


class Applicability(Record):
    """When the rule applies, and what to say where that is not shown: it cannot be seen, or it does not apply."""

    if_: Condition = Field(alias="if", description="What shows that the rule applies.")
    unseen: Blindness | None = Field(default=None, exclude_if=is_none)
    otherwise: Prose | None = Field(
        default=None,
        exclude_if=is_none,
        description="Why the rule does not apply, such as 'it holds no code'; what the check saw has to show it.",
    )

    @model_validator(mode="after")
    def _complete(self) -> Applicability:
        """Refuse a record that says nothing of some repositories, or something that is never said."""
        always = self.unseen is not None and self.unseen.if_ is None
        if always and self.otherwise:
            raise PydanticCustomError("form", "is never said: 'unseen' without 'if' is said of every repository", {})
        if not always and not self.otherwise:
            raise PydanticCustomError("form", "says nothing where its conditions do not hold; add 'otherwise'", {})
        return self


def _short(settings: dict[ForgePart, JsonValue]) -> dict[ForgePart, JsonValue]:
    """Refuse what is no small example."""
    if len(json.dumps(settings)) > SETTINGS_LENGTH:
        raise PydanticCustomError("form", "is too long for an example; leave out what the check does not look at", {})
    return settings


ForgeSettings = Annotated[dict[ForgePart, JsonValue], AfterValidator(_short)]


class Sample(Record):
    """A small repository: texts by path, and where they matter sizes, tags, commit messages and the host's settings."""

    title: Prose
    files: dict[str, Code] = Field(default_factory=dict)
    blobs: dict[str, Annotated[int, Field(ge=0, le=100_000_000)]] = Field(
        default_factory=dict, description="Binary files by path, with their lengths in bytes."
    )
    tags: list[str] | None = None
    commits: list[str] | None = None
    forge: ForgeSettings | None = Field(
        default=None, description="Parts of the settings of the hosting service, as GitHub's REST API answers."
    )


class Samples(Record):
    """Repositories of each outcome: shown on the rule's page, and run as tests."""

    passing: list[Sample] = Field(min_length=1)
    failing: list[Sample] = Field(min_length=1)
    not_applicable: list[Sample] = Field(default_factory=list)
    undecided: list[Sample] = Field(
        default_factory=list, description="Repositories of which the check cannot see whether they meet the rule."
    )


class Check(Record):
    """How a machine looks at a rule."""

    strength: Strength
    when: Applicability | None = None
    expect: Condition = Field(description="What holds where the rule is met.")
    mend: Prose = Field(description="What to do about a failure, in a line.")
    blind: list[Prose] = Field(min_length=1, max_length=4, description="What the check cannot see.")
    preview: bool = Field(
        default=False,
        description="Shown, and never failing a run, as long as it has not shown that it is right often enough.",
    )
    samples: Samples

    @model_validator(mode="after")
    def _require_found_in_samples(self) -> Check:
        """Refuse what is looked for in programs and stands in no sample: it may match nothing at all."""
        plain = self.plain()
        kinds = (self.samples.passing, self.samples.failing, self.samples.not_applicable, self.samples.undecided)
        missing = list(unfound(plain, (sample.files for samples in kinds for sample in samples)))
        if missing:
            error = PydanticCustomError("form", "is found in no sample; add one that holds it, or fix the rule", {})
            details = [InitErrorDetails(type=error, loc=keys, input=what) for keys, what in missing]
            raise ValidationError.from_exception_data("check", details)
        return self

    def plain(self) -> dict[str, Any]:
        """Return the check as plain data for a run: all but the samples, with the keys that were written."""
        return self.model_dump(mode="json", by_alias=True, exclude_none=True, exclude={"samples"})
