"""The review document, version 1: what people answered, rule by rule and target by target, and what was seen beside it.

One JSON object in UTF-8. Values are codes and not labels, keys are sorted, and keys that this version does not know
are kept, so that a newer tool loses nothing to an older one. Check outcomes stand beside the answers, never over them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from vger_guide.reviews.fields import (
    CONDITIONS,
    DEEPEST,
    EVIDENCE,
    LONG,
    MANY,
    PLACES,
    SHORT,
    Address,
    Code,
    Day,
    Line,
    Long,
    Moment,
    One,
    RuleId,
)

# Raised when a key goes or changes its meaning.
VERSION: Literal[1] = 1


class ReviewPart(BaseModel):
    """A part of the document. Keys that it does not know are kept."""

    model_config = ConfigDict(extra="allow", frozen=True, validate_default=True)


class State(StrEnum):
    """How far a review has come."""

    DRAFT = "draft"
    IN_REVIEW = "in-review"
    SIGNED_OFF = "signed-off"


class Conclusion(StrEnum):
    """What a review came to."""

    APPROVED = "approved"
    APPROVED_WITH_CONDITIONS = "approved-with-conditions"
    REJECTED = "rejected"


class Value(StrEnum):
    """What was answered."""

    UNANSWERED = "unanswered"
    MET = "met"
    PARTIAL = "partial"
    NOT_MET = "not-met"


class Inapplicability(StrEnum):
    """Why a rule does not apply to a target."""

    NO_SUCH_PART = "no-such-part"
    OTHER_OWNER = "other-owner"
    EXCEPTION = "exception"
    OUT_OF_SCOPE = "out-of-scope"
    OTHER = "other"


class Plan(StrEnum):
    """What is to be done about a rule that is not met."""

    NONE = "none"
    PLANNED = "planned"
    RISK_ACCEPTED = "risk-accepted"


class Confidence(StrEnum):
    """How sure the reviewer is."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class NotApplicable(ReviewPart):
    """That a rule does not apply: a code, and the reason in words, which must be there."""

    code: Inapplicability
    text: Annotated[str, StringConstraints(strict=True, min_length=1, max_length=LONG)]


class Disposition(ReviewPart):
    """What is done about a rule that is not met. `until` is when a plan is due, or when the accepted risk reopens."""

    plan: Plan = Plan.NONE
    owner: Line = ""
    until: Day | None = None
    approver: Line = ""
    ticket: Line = ""


class Evidence(ReviewPart):
    """What shows the answer: an address, or a place in a repository, or words."""

    description: Long = ""
    address: Address = ""
    commit: Line = ""
    path: Line = ""
    line: Annotated[int, Field(ge=0, strict=True)] = 0
    seen: Day | None = None


class Answer(ReviewPart):
    """What somebody answered to a rule for a target; `revision` and `text_hash` are of the rule as it was answered."""

    revision: Annotated[int, Field(ge=1, strict=True)]
    text_hash: Annotated[str, StringConstraints(strict=True, pattern=r"^[0-9a-f]{16}$")]
    value: Value = Value.UNANSWERED
    not_applicable: NotApplicable | None = None
    disposition: Disposition = Disposition()
    comment: Long = ""
    evidence: list[Evidence] = Field(default_factory=list, max_length=EVIDENCE)
    confidence: Confidence | None = None
    by: Line = Field(default="", description="The id of a person.")
    at: Moment | None = None
    carried_from: Line = Field(default="", description="The edition that it was taken over from.")
    confirm: StrictBool = Field(
        default=False, description="The rule has changed since: somebody has to confirm the answer."
    )


def _is_empty(value: list[Any]) -> bool:
    return not value


class Trace(ReviewPart):
    """What a check found that helps to answer a rule, and where: evidence that somebody may take over."""

    description: Line
    path: Line = ""
    line: Annotated[int, Field(ge=0, strict=True)] = 0


class Outcome(ReviewPart):
    """What a check said of a rule for a target, beside the answer."""

    outcome: Literal["pass", "fail", "not-applicable", "manual", "unavailable", "error"]
    strength: Literal["proof", "indication"] = "indication"
    reason: Long = ""
    findings: Annotated[int, Field(ge=0, strict=True)] = 0
    places: list[Line] = Field(default_factory=list, max_length=PLACES, description="Where, such as `a.py:3`.")
    commit: Line = ""
    tool: Line = ""
    traces: list[Trace] = Field(
        default_factory=list, max_length=PLACES, exclude_if=_is_empty, description="What helps a person to answer."
    )
    waived: StrictBool = Field(
        default=False, description="It fails, and every finding of it is accepted in the repository."
    )
    at: Moment


class Target(ReviewPart):
    """A system that is reviewed."""

    id: Code
    name: Annotated[str, StringConstraints(strict=True, min_length=1, max_length=SHORT)]
    description: Long = ""
    repository: Line = ""


class Person(ReviewPart):
    """Somebody who takes part, and the role."""

    id: Code
    name: Annotated[str, StringConstraints(strict=True, min_length=1, max_length=SHORT)]
    role: Line = ""


class SignOff(ReviewPart):
    """That somebody signed the review, or opened it again: an entry of its log, which is kept.

    What was signed stands here as it was then, whatever becomes of the review after it is opened again.
    """

    action: Literal["signed", "reopened"]
    by: Annotated[str, StringConstraints(strict=True, min_length=1, max_length=SHORT, pattern=r"\S")] = Field(
        description="The name as it was given."
    )
    on: Day = Field(description="The day that was given.")
    at: Moment = Field(description="When it was recorded.")
    reason: Long = Field(default="", description="Why it was opened again, or a remark on the signature.")
    conclusion: Conclusion | None = None
    conditions: list[Long] = Field(default_factory=list, max_length=CONDITIONS)
    open_musts: Annotated[int, Field(ge=0, strict=True)] | None = Field(
        default=None, description="Must rules that were open at a signature, over all targets."
    )
    digest: Annotated[str, StringConstraints(strict=True, pattern=r"^([0-9a-f]{64})?$")] = Field(
        default="", description="The SHA-256 of what was signed, by which a later change of the file is noticed."
    )


class Selection(ReviewPart):
    """Which rules are asked: empty texts select all."""

    profile: Code | Literal[""] = ""
    stage: Code | Literal[""] = ""
    workload: Code | Literal[""] = ""
    chapters: list[Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]*$")]] = Field(default_factory=list)


class Generator(ReviewPart):
    """What wrote the document."""

    name: Line
    version: Line


# By rule, then by target.
Answers = dict[RuleId, dict[Code, Answer]]
Outcomes = dict[RuleId, dict[Code, Outcome]]


class Score(ReviewPart):
    """How many rules were met of those that apply, by a formula that has a version."""

    formula: One
    met: Annotated[int, Field(ge=0, strict=True)]
    applicable: Annotated[int, Field(ge=0, strict=True)]
    unanswered: Annotated[int, Field(ge=0, strict=True)]
    not_applicable: Annotated[int, Field(ge=0, strict=True)]


class Milestone(ReviewPart):
    """The answers as they stood on a day."""

    id: Code
    title: Line
    at: Moment
    answers: Answers
    score: Score


class Migration(ReviewPart):
    """A move of the review to another edition, and what became of the answers."""

    from_edition: Line
    to_edition: Line
    at: Moment
    kept: list[RuleId] = Field(default_factory=list)
    confirm: list[RuleId] = Field(default_factory=list)
    archived: Answers = Field(default_factory=dict)


class Conflict(ReviewPart):
    """Where a merge found two values: the document holds `ours` until somebody decides. None stands for nothing."""

    place: list[Long] = Field(min_length=1, max_length=DEEPEST, description="The keys that lead to it.")
    base: Any = None
    ours: Any = None
    theirs: Any = None


class Review(ReviewPart):
    """The whole document."""

    schema_address: Address = Field(default="", alias="$schema")
    schema_version: One = Field(alias="schemaVersion")
    id: Annotated[str, StringConstraints(strict=True, pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]
    title: Line
    edition: Annotated[str, StringConstraints(strict=True, pattern=r"^(next|[0-9]{4}\.[0-9]{2})$")]
    content_hash: Line = Field(description="Of the rules that are asked, so that drift is seen.")
    commit: Line = ""
    language: Line = "en"
    selection: Selection = Selection()
    state: State = State.DRAFT
    template: StrictBool = Field(default=False, description="Reviews are begun from it; it is none itself.")
    scope: Long = Field(default="", description="What is reviewed and what is not, and why.")
    conclusion: Conclusion | None = None
    conditions: list[Long] = Field(
        default_factory=list, max_length=CONDITIONS, description="What an approval with conditions asks for."
    )
    sign_offs: list[SignOff] = Field(default_factory=list, max_length=200, description="The last one counts.")
    created: Moment
    updated: Moment
    generator: Generator
    targets: list[Target] = Field(min_length=1, max_length=100)
    people: list[Person] = Field(default_factory=list, max_length=1000)
    answers: Answers = Field(default_factory=dict, max_length=MANY)
    outcomes: Outcomes = Field(default_factory=dict, max_length=MANY)
    milestones: list[Milestone] = Field(default_factory=list, max_length=200)
    migrations: list[Migration] = Field(default_factory=list, max_length=200)
    conflicts: list[Conflict] = Field(default_factory=list, max_length=MANY)

    @property
    def is_signed(self) -> bool:
        """Whether it is signed off, and therefore closed to changes."""
        return self.state is State.SIGNED_OFF

    @property
    def signature(self) -> SignOff | None:
        """Who signed it; None where it is not signed, or was by a tool that kept no name."""
        last = self.sign_offs[-1] if self.sign_offs else None
        return last if last and self.is_signed and last.action == "signed" else None

    @model_validator(mode="after")
    def _consistent(self) -> Review:
        if problems := [*_twice(self), *_nobody(self)]:
            raise PydanticCustomError("review", "It contradicts itself.", {"problems": problems})
        return self


def _twice(review: Review) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the place of each list in which several entries have one id, with what is wrong there."""
    for name in ("targets", "people", "milestones"):
        counts = Counter(each.id for each in getattr(review, name))
        if told := ", ".join(f"'{id_}' {count} times" for id_, count in sorted(counts.items()) if count > 1):
            yield (name,), f"has ids more than once: {told}"


def _nobody(review: Review) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the place of each rule that is answered for a target which is not there, with what is wrong there."""
    known = {target.id for target in review.targets}
    for name, by_rule in (("answers", review.answers), ("outcomes", review.outcomes)):
        for rule, by_target in by_rule.items():
            if others := sorted(set(by_target) - known):
                yield (name, rule), f"names {', '.join(others)}, which 'targets' does not list"
