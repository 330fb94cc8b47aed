"""Rules: one record each, from which the page, the checklist item and the check are made."""

from enum import StrEnum

from pydantic import Field

from vger_guide.catalog.checks import Check, Condition, Strength, is_none
from vger_guide.catalog.notes import Note
from vger_guide.catalog.traces import Trace
from vger_guide.records.fields import (
    Address,
    ClaimId,
    Code,
    Day,
    EditionId,
    Id,
    Label,
    Place,
    Prefix,
    Prose,
    Record,
    RepoPath,
    RuleId,
    RuleTitle,
    SectionNumber,
    Text,
)


class Level(StrEnum):
    """How strongly a rule asks, in the words of RFC 2119."""

    MUST = "must"
    SHOULD = "should"
    MAY = "may"


class Severity(StrEnum):
    """How bad it is not to meet a rule."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Automation(StrEnum):
    """How much of a rule a machine can see in a repository."""

    NONE = "none"
    TRACED = "traced"
    ASSISTED = "assisted"
    AUTOMATED = "automated"

    @classmethod
    def of(cls, check: Check | None, trace: Trace | None) -> "Automation":
        """Return the degree that a check or a trace gives."""
        if check is None:
            return cls.TRACED if trace else cls.NONE
        return cls.AUTOMATED if check.strength is Strength.PROOF else cls.ASSISTED

    @property
    def word(self) -> str:
        """The degree as people read it."""
        return {"none": "By a person", "traced": "Traced", "assisted": "Assisted", "automated": "Automated"}[self.value]


class Reach(StrEnum):
    """How far a machine sees a rule."""

    PROOF = "proof"
    INDICATION = "indication"
    PREVIEW = "preview"
    TRACE = "trace"
    PERSON = "person"

    @property
    def word(self) -> str:
        """The word that people read."""
        return "Only a person" if self is Reach.PERSON else self.value.capitalize()

    @property
    def meaning(self) -> str:
        """What it says of a rule, as a sentence."""
        return {
            Reach.PROOF: "A check proves that the rule is met or not, apart from what it cannot see.",
            Reach.INDICATION: "A check finds what breaks the rule, or a sign that it is met, which a person confirms.",
            Reach.PREVIEW: "A check is shown and fails no run: it has not shown yet that it is right often enough.",
            Reach.TRACE: "A machine looks up what helps the person who answers; it never fails and never passes.",
            Reach.PERSON: "What decides is outside the repository, or a machine would have to guess.",
        }[self]


class Language(StrEnum):
    """What an example is written in."""

    GITIGNORE = "gitignore"
    JSON = "json"
    PYTHON = "python"
    SH = "sh"
    SQL = "sql"
    TEXT = "text"
    TOML = "toml"
    YAML = "yaml"


class Part(StrEnum):
    """A part of a rule that either the source or the editors have written."""

    WHY = "why"
    HOW = "how"
    EXAMPLE = "example"
    ASK = "ask"
    EVIDENCE = "evidence"
    EXCEPTIONS = "exceptions"
    SEVERITY = "severity"


# A source such as the 2023 document says what to do and why; how it is met and asked is written with the rule.
EDITORS: tuple[Part, ...] = tuple(part for part in Part if part is not Part.WHY)


class Example(Record):
    """A short sample of how a rule is met."""

    language: Language
    title: Label = Field(description="The file it would stand in, or what it shows.")
    code: Code
    file: RepoPath | None = Field(
        None,
        description="The name of the file, with its path in a repository, if the example is a whole one to start from.",
    )


class Reference(Record):
    """Where to read more."""

    title: Label
    address: Address


class Rule(Record):
    """One thing the guide asks."""

    id: RuleId = Field(description="The section's prefix and a number. Never used again, not even for a retired rule.")
    slug: Id = Field(description="The name of the rule's page; unique, and never changed.")
    title: RuleTitle = Field(description="What to do, as an imperative.")
    level: Level
    severity: Severity = Field(description="How bad it is not to meet it.")
    severity_reason: Prose
    statement: Prose = Field(
        description="One sentence with must, should or may. A change of what it means raises the revision."
    )
    why: Prose
    how: list[Prose] = Field(min_length=1, max_length=6, description="Steps.")
    example: Example | None = None
    ask: Prose = Field(description="The reviewer's question; yes means that the rule is met.")
    evidence: list[Prose] = Field(min_length=1, max_length=5, description="What to show.")
    exceptions: list[Prose] = Field(max_length=4, description="When not meeting it is right.")
    applies_to: list[Id] = Field(min_length=1, description="Profiles, by their ids in profiles.yml.")
    stages: list[Id] = Field(default_factory=list, description="Only at these stages; empty: at all.")
    workloads: list[Id] = Field(default_factory=list, description="Only for these workloads; empty: for all.")
    tables: list[Id] = Field(default_factory=list, description="Recommendation tables that help.")
    related: list[RuleId] = Field(default_factory=list)
    references: list[Reference] = Field(default_factory=list)
    sources: list[ClaimId] = Field(
        description="The claims of the source that it comes from; none for a rule of your own."
    )
    place: Place = Field(description="Where the prose makes the point.")
    notes: list[Note] = Field(default_factory=list, description="What has happened since, oldest first.")
    since: EditionId
    revision: int = Field(ge=1, strict=True, description="Raised when the meaning changes.")
    editors: list[Part] = Field(
        default_factory=lambda: [*EDITORS],
        description="The parts that are the editors' and not the source's; where left out, all but statement and why.",
    )
    looked_up: Day | None = Field(default=None, description="When somebody last looked for news of what it names.")
    reviewed: Day = Field(description="When somebody last asked whether the advice still holds.")
    automation: Automation = Field(
        description="automated where a check proves, assisted where it indicates, traced where a trace helps."
    )
    check: Check | None = Field(default=None, description="How a machine looks at it.")
    trace: Trace | None = Field(default=None, description="What a machine looks up for the person who answers it.")
    limit: Prose | None = Field(
        default=None, exclude_if=is_none, description="Why no machine sees it, where it has neither check nor trace."
    )

    @property
    def reach(self) -> Reach:
        """How far a machine sees it."""
        if self.check is None:
            return Reach.TRACE if self.trace else Reach.PERSON
        if self.check.preview:
            return Reach.PREVIEW
        return Reach.PROOF if self.check.strength is Strength.PROOF else Reach.INDICATION

    @property
    def blind(self) -> list[str]:
        """Why a machine sees no further."""
        looked = self.check or self.trace
        return list(looked.blind) if looked else [self.limit] if self.limit else []

    @property
    def provenance(self) -> str:
        """What of the rule is the source's and what the editors', in a phrase."""
        if not self.sources:
            return "all of it from the editors"
        source = "rule" if Part.WHY in self.editors else "rule and reason"
        return f"{source} from the source, the rest from the editors"

    @property
    def page(self) -> str:
        """The rule's own page below docs/."""
        return f"rules/{self.slug}.md"


class Retired(Record):
    """A rule that is no longer asked. Its id and its page stay taken."""

    id: RuleId
    slug: Id
    title: RuleTitle
    since: EditionId = Field(description="The first edition without it.")
    reason: Prose
    replaced_by: list[RuleId] = Field(default_factory=list)

    @property
    def page(self) -> str:
        """The page that says what replaced the rule."""
        return f"rules/{self.slug}.md"


class RuleSet(Record):
    """The rules of one section."""

    section: SectionNumber
    prefix: Prefix = Field(description="Three letters that the ids of the section begin with.")
    rules: list[Rule] = Field(min_length=1)
    retired: list[Retired] = Field(default_factory=list)


class Facet(Record):
    """Something that selects rules: a kind of system, a stage of its life, a use of its database."""

    id: Id
    title: Label
    description: Text


class Profile(Facet):
    """A kind of system."""

    signs: Condition | None = Field(default=None, description="What a repository of this kind shows; 'vger init' asks.")


class Profiles(Record):
    """All that a checklist can be selected by."""

    profiles: list[Profile] = Field(min_length=1)
    stages: list[Facet] = Field(default_factory=list)
    workloads: list[Facet] = Field(default_factory=list)
