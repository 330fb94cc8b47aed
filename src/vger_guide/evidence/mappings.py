"""What the findings of a tool mean for the rules of the guide, as the data in `checklists/evidence/` say."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any

from vger_guide.matchers.fields import WITHOUT, NoGlobs, Pattern, Without
from vger_guide.records.declaration import Declaration, Keys, declare
from vger_guide.records.kinds import Label, RuleId, TextForm, ValueKind, require_plain

FindingId = Annotated[str, TextForm(r"^[!-~]([ -~]{0,198}[!-~])?$", "an id of the tool's own, such as CKV_AWS_133")]
Id = Annotated[str, TextForm(r"^[a-z0-9]+(-[a-z0-9]+)*$", "an id: small letters, digits and single dashes")]
Ids = Annotated[tuple[FindingId, ...], ValueKind(max_length=200)]
Tags = Annotated[tuple[Label, ...], ValueKind(max_length=20)]
Weaknesses = Annotated[tuple[Annotated[int, ValueKind(strict=True)], ...], ValueKind(max_length=20)]
Sentence = Annotated[str, ValueKind(1, 160, strict=True, prove=require_plain)]


class Silence(StrEnum):
    """What it means that a tool found nothing: nothing, or a pass by indication where the tool says that it looked."""

    NOTHING = "nothing"
    PASSES = "passes"


class ListedRules(StrEnum):
    """Which rules a report of the tool lists: those that ran, or only those that found something."""

    RAN = "ran"
    FOUND = "found"


class Side(StrEnum):
    """What findings speak for: that the rule is not met, or that it is."""

    AGAINST = "against"
    FOR = "for"


class Trial(StrEnum):
    """How a mapping was tried: on what the tool itself wrote, or only on the form that it publishes."""

    RUN = "run"
    PUBLISHED = "published"


class Meaning(Declaration):
    """What findings of tools mean for a rule, and how one is confirmed; one without a pattern is never confirmed."""

    id: Id = declare("The name by which the files of the tools refer to it.")
    rule: RuleId = declare("The rule.")
    says: Sentence = declare("What was found, as a phrase, such as 'keeps no backup of the database'.")
    confirm: Pattern | None = declare("The pattern that stands in the reported lines where it is so.", default=None)
    unless: Pattern | None = declare("A pattern in the reported lines that takes the confirmation away.", default=None)
    reports: Pattern | None = declare(
        "The pattern that stands in what the tool says where it is so, for findings without lines.", default=None
    )
    without: Without = declare(WITHOUT, default=())
    secret: bool = declare("The reported lines hold a secret and are not shown.", default=False)
    speaks: Side = declare(
        "Whether such findings speak against the rule or for it; the latter help to answer, and decide nothing.",
        default=Side.AGAINST,
    )

    def find_fault(self) -> tuple[Keys, str] | None:
        """Return what does not go together."""
        if self.speaks is Side.FOR and (self.confirm or self.reports):
            return ("speaks",), "what speaks for a rule is not confirmed; leave out 'confirm:' and 'reports:'"
        return None


class Meanings(Declaration):
    """All meanings that findings of tools may have."""

    meanings: tuple[Meaning, ...] = declare("The meanings.", min_length=1, max_length=500)


class Entry(Declaration):
    """Findings of a tool, and what they mean."""

    means: Id = declare("What they mean: the id of a meaning.")
    ids: Ids = declare("The tool's own ids of these findings.", default=())
    tags: Tags = declare("Tags that such findings carry.", default=())
    cwe: Weaknesses = declare("Numbers of weaknesses (CWE) that such findings carry.", default=())
    silence: Silence = declare("What it means that the tool found nothing.", default=Silence.NOTHING)
    files: NoGlobs = declare("The files that the tool has to have looked at for its silence to pass.", default=())

    def find_fault(self) -> tuple[Keys, str] | None:
        """Return what is missing."""
        if not (self.ids or self.tags or self.cwe):
            return (), "selects nothing; add 'ids:', 'tags:' or 'cwe:'"
        if self.silence is Silence.PASSES and not (self.files and self.ids):
            return ("silence",), "needs 'files:' and 'ids:': what the tool has to have looked at, and for what"
        return None


class ToolFacts(Declaration):
    """A tool: how its reports name it, how its mapping was tried, and its findings."""

    tool: Id = declare("The name of the file, without its ending.")
    title: Label = declare("The name of the tool.")
    named: Annotated[tuple[Label, ...], ValueKind(1, 10)] = declare(
        "The names that its reports give it; case is the same."
    )
    rules: ListedRules = declare("Which rules its SARIF lists.", default=ListedRules.FOUND)
    tried: Trial = declare("How the mapping was tried.")
    version: Label = declare("The version that was tried, or whose published form it is.")
    basis: Sentence = declare("On what it was tried, and how many findings of it were read.")
    findings: tuple[Entry, ...] = declare("The findings that mean something.", min_length=1, max_length=200)


class Tool:
    """A tool whose findings are known, ready to select them."""

    def __init__(self, facts: ToolFacts, meanings: Mapping[str, Meaning]) -> None:
        """Take what is known of a tool; of its findings count those whose meaning is among the known ones."""
        self.facts = facts
        self.entries = [(entry, meanings[entry.means]) for entry in facts.findings if entry.means in meanings]
        self._by_id = _index((each.ids, i) for i, (each, _) in enumerate(self.entries))
        self._by_tag = _index(([tag.lower() for tag in each.tags], i) for i, (each, _) in enumerate(self.entries))
        self._by_weakness = _index((each.cwe, i) for i, (each, _) in enumerate(self.entries))

    @property
    def lists_what_ran(self) -> bool:
        """Whether the rules in its SARIF are those that ran."""
        return self.facts.rules is ListedRules.RAN

    def select(self, id_: str, tags: Iterable[str] = (), cwe: Iterable[int] = ()) -> tuple[int, ...]:
        """Return the indexes of the entries that a finding with an id, tags and weaknesses belongs to."""
        found = [*self._by_id.get(id_, ())]
        for tag in tags:
            found += self._by_tag.get(tag.lower(), ())
        for number in cwe:
            found += self._by_weakness.get(number, ())
        return tuple(sorted(set(found)))

    @cached_property
    def silent_ids(self) -> frozenset[str]:
        """The ids whose silence may say something."""
        entries = (each for each, _ in self.entries if each.silence is Silence.PASSES)
        return frozenset(id_ for each in entries for id_ in each.ids)


def _index(found: Iterable[tuple[Iterable[Any], int]]) -> dict[Any, list[int]]:
    index: dict[Any, list[int]] = {}
    for keys, i in found:
        for key in keys:
            index.setdefault(key, []).append(i)
    return index


class Tools:
    """All tools whose findings are known, by the names that their reports give them."""

    def __init__(self, tools: Iterable[Mapping[str, Any]], meanings: Iterable[Mapping[str, Any]]) -> None:
        """Take the records of the tools and of the meanings as plain data."""
        known = {meaning.id: meaning for meaning in map(Meaning.from_plain, meanings)}
        found = [Tool(ToolFacts.from_plain(record), known) for record in tools]
        self._by_name = {name.lower(): tool for tool in found for name in tool.facts.named}

    def find(self, name: str) -> Tool | None:
        """Return the tool that a report names, or None where nothing is known of it."""
        return self._by_name.get(name.lower())
