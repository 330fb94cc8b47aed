"""What an organisation says over the guide: rules it tightens or withdraws, and verdicts of its own."""

from pydantic import Field

from vger_guide.catalog.fields import Day, Id, Label, Moment, Origin, Prose, Record, RuleId, Text
from vger_guide.catalog.rules import Level, Severity
from vger_guide.catalog.tables import Verdict

FILE = "extends.yml"


class Tightened(Record):
    """A rule that is asked more strongly than the guide asks it."""

    rule: RuleId
    level: Level | None = None
    severity: Severity | None = None
    reason: Prose


class Withdrawn(Record):
    """A rule of the guide that is not asked."""

    rule: RuleId
    reason: Prose


class OwnVerdict(Record):
    """A verdict of the organisation's own on a row."""

    option: Id
    verdict: Verdict
    since: Moment
    reason: Text
    source: Origin


class Extension(Record):
    """What `extends.yml` says."""

    organisation: Label
    reviewed: Day
    tightened: list[Tightened] = Field(default_factory=list)
    withdrawn: list[Withdrawn] = Field(default_factory=list)
    verdicts: list[OwnVerdict] = Field(default_factory=list)
