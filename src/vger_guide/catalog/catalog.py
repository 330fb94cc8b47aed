"""The catalogue: every record of the guide, and the ways to find one."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from vger_guide.catalog.changes import Changes, RuleVerb
from vger_guide.catalog.editions import NEXT, Edition, Frozen, frozen_row, frozen_rule
from vger_guide.catalog.guide import Guide, Section
from vger_guide.catalog.precision import Precision
from vger_guide.catalog.rules import Profiles, Retired, Rule, RuleSet
from vger_guide.catalog.sources import Source
from vger_guide.catalog.tables import Option, Table
from vger_guide.evidence.mappings import Meaning, ToolFacts


@dataclass(frozen=True)
class Catalog:
    """The guide, profiles, tables by id, rules by section in reading order, sources, frozen editions and changes."""

    guide: Guide
    profiles: Profiles
    tables: dict[str, Table] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    rulesets: dict[str, RuleSet] = field(default_factory=dict)
    editions: dict[str, Frozen] = field(default_factory=dict)
    changes: dict[str, Changes] = field(default_factory=dict)
    meanings: dict[str, Meaning] = field(default_factory=dict)
    evidence: dict[str, ToolFacts] = field(default_factory=dict)
    precision: Precision | None = None

    @cached_property
    def options(self) -> dict[str, tuple[Table, Option]]:
        """Every row of every table by its id, with its table."""
        return {option.id: (table, option) for table in self.tables.values() for option in table.rows}

    @cached_property
    def rules(self) -> dict[str, Rule]:
        """Every rule by its id, in reading order."""
        return {rule.id: rule for ruleset in self.rulesets.values() for rule in ruleset.rules}

    @cached_property
    def retired(self) -> dict[str, Retired]:
        """Every rule that is no longer asked, by its id."""
        return {rule.id: rule for ruleset in self.rulesets.values() for rule in ruleset.retired}

    @property
    def known_rules(self) -> list[Rule | Retired]:
        """Every rule that is or was asked: each has a page."""
        return [*self.rules.values(), *self.retired.values()]

    @cached_property
    def timeline(self) -> dict[str, Edition]:
        """Every edition by its name, oldest first; the last one is what the records say now."""
        rules = {rule.id: frozen_rule(rule, number) for number, each in self.rulesets.items() for rule in each.rules}
        rows = {option.id: frozen_row(option, table.id) for table, option in self.options.values()}
        return {**dict(sorted(self.editions.items())), NEXT: Edition.model_construct(rules=rules, rows=rows)}

    @cached_property
    def edition(self) -> str:
        """The edition that the records are: the newest one where they say what it froze, else `next`."""
        newest, now = max(self.editions, default=NEXT), self.timeline[NEXT]
        same = (self.timeline[newest].rules, self.timeline[newest].rows) == (now.rules, now.rows)
        return newest if same else NEXT

    def changes_to(self, edition: str) -> Changes:
        """Return the changes that made an edition out of the one before it; None where nobody has written any."""
        return self.changes.get(edition) or Changes.model_construct(edition=edition, rules=[], rows=[])

    @property
    def reworded(self) -> set[str]:
        """The ids of the rules that ask the same as in the newest edition, in other words."""
        return {change.id for change in self.changes_to(NEXT).rules if change.verb == RuleVerb.REWORDED}

    @cached_property
    def _sections(self) -> dict[str, str]:
        return {rule.id: number for number, ruleset in self.rulesets.items() for rule in ruleset.rules}

    @property
    def source(self) -> Source:
        """The source that the guide was converted from."""
        return self.sources[self.guide.source_edition]

    def section(self, number: str) -> Section:
        """Return a section by number. Raises KeyError for an unknown one."""
        return self.guide.by_number[number]

    def section_of(self, rule: Rule) -> Section:
        """Return the section that a rule belongs to."""
        return self.section(self._sections[rule.id])

    def chapter_of(self, rule: Rule) -> Section:
        """Return the chapter that a rule belongs to."""
        return self.section(self.section_of(rule).chapter)

    def rules_below(self, number: str) -> list[Rule]:
        """Return the rules of a section and of all sections below it."""
        below = [n for n in self.rulesets if n == number or n.startswith(number + ".")]
        return [rule for n in below for rule in self.rulesets[n].rules]

    def rules_for(self, profile: str, stage: str | None = None, workload: str | None = None) -> list[Rule]:
        """Return the rules that a kind of system is asked; without stage or workload, those of all of them."""

        def wanted(limits: Iterable[str], given: str | None) -> bool:
            return given is None or not limits or given in limits

        return [
            rule
            for rule in self.rules.values()
            if profile in rule.applies_to and wanted(rule.stages, stage) and wanted(rule.workloads, workload)
        ]
