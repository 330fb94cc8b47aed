"""The macros themselves: each turns records into one block of HTML for a page."""

from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from markupsafe import Markup

from macros.changes import anchor, comparisons, events, move
from macros.checks import coverage, coverage_by_chapter, looks, traced
from macros.evidence import counted_findings, known_tools
from macros.floor_plan import floors
from macros.guidance import asks_for_decision
from macros.history import UnreadableHistoryError, last_changes
from macros.links import Links
from macros.matchers import references
from macros.pictures import panels
from macros.radar import has_unjudged, verdict_picture
from macros.review import review_words
from macros.templates import Templates
from vger_guide.catalog.catalog import Catalog
from vger_guide.catalog.guide import Section
from vger_guide.catalog.loader import load
from vger_guide.catalog.review_dates import DueState, list_due
from vger_guide.catalog.rules import Level, Reach, Rule, Severity
from vger_guide.catalog.sources import Claim
from vger_guide.catalog.tables import Option, Verdict
from vger_guide.records.problems import CatalogError
from vger_guide.text.markdown import make_fence

T = TypeVar("T")

# Sections below a chapter that are big enough for a filter of their own.
_PARTS = ("2.3", "2.4")

# Why a build is refused, for the caller to report.
Refused = (CatalogError, UnreadableHistoryError)


class Pages:
    """The catalogue as pages show it.

    `env` is the environment of the macros plugin (of MkDocs or of Zensical): it knows the page being rendered.
    """

    def __init__(self, root: Path, env: Any) -> None:
        self.root = root
        self.env = env
        self.catalog: Catalog = load(root / "checklists")
        self.last_changed = last_changes(root, "docs")
        self.links = Links(env)
        self.templates = Templates(self.links, self.catalog)

    @property
    def macros(self) -> list[Callable[..., str]]:
        """What pages can call, by the names of the methods."""
        return [
            self.asks,
            self.changes,
            self.chapter_checklist,
            self.checklist,
            self.claims,
            self.contents,
            self.corrections,
            self.coverage,
            self.coverage_by_chapter,
            self.coverage_table,
            self.due,
            self.edition,
            self.evidence_tools,
            self.floor_plan,
            self.limits,
            self.matchers,
            self.option,
            self.picture,
            self.places,
            self.precision,
            self.reaches,
            self.profile_checklist,
            self.radar,
            self.recommendations,
            self.review,
            self.rule,
            self.rules,
            self.source_edition,
            self.table,
            self.verdicts,
        ]

    def edition(self) -> str:
        """Return the edition that the pages are: a month, or `next`."""
        return self.catalog.edition

    def source_edition(self) -> str:
        """Return the edition that the guide was converted from."""
        return self.catalog.guide.source_edition

    def table(self, table_id: str) -> str:
        """Return a recommendation table."""
        return self.templates.block("table.html", table=_known("table", table_id, self.catalog.tables))

    def recommendations(self) -> str:
        """Return all rows of all tables, to be filtered and sorted."""
        return self.templates.block(
            "recommendations.html",
            tables=self.catalog.tables.values(),
            verdicts=Verdict,
            told=_first_told(self.catalog),
            without_verdict=has_unjudged(self.catalog),
        )

    def review(self) -> str:
        """Return the frame of the page on which reviews are made, with what its scripts have to know."""
        words = Markup(review_words(self.env.conf["site_url"], self.catalog.edition))  # noqa: S704 - no element can begin in it
        return self.templates.block("review.html", words=words, levels=Level, severities=Severity)

    def rule(self, rule_id: str) -> str:
        """Return the body of a rule's page, or of the page of a rule that was retired."""
        if rule_id in self.catalog.retired:
            gone = self.catalog.retired[rule_id]
            return self.templates.markdown("retired.jinja", rule=gone, events=events(self.catalog, rule_id))
        rule = _known("rule", rule_id, self.catalog.rules)
        section = self.catalog.section_of(rule)
        siblings = self.catalog.rulesets[section.number].rules
        at = siblings.index(rule)
        return self.templates.markdown(
            "rule.jinja",
            rule=rule,
            section=section,
            facets=self._facets(rule),
            looks=looks(rule),
            counted=counted_findings(self.catalog, rule.id),
            traced=traced(rule),
            measured=self.catalog.precision.of(rule.id) if self.catalog.precision else None,
            asks_for_decision=asks_for_decision(rule),
            events=events(self.catalog, rule.id),
            fence=make_fence(rule.example.code if rule.example else ""),
            previous=siblings[at - 1] if at else None,
            next=siblings[at + 1] if at + 1 < len(siblings) else None,
        )

    def _facets(self, rule: Rule) -> list[str]:
        profiles = self.catalog.profiles
        kinds = [facet.title for facet in profiles.profiles if facet.id in rule.applies_to]
        stages = [f"Only at this stage: {facet.title}" for facet in profiles.stages if facet.id in rule.stages]
        uses = [f"Only for this use: {facet.title}" for facet in profiles.workloads if facet.id in rule.workloads]
        return [*kinds, *stages, *uses]

    def asks(self, *rule_ids: str) -> str:
        """Return links to rules, for the place where the prose makes their point."""
        return self.templates.block("asks.html", rules=[_known("rule", each, self.catalog.rules) for each in rule_ids])

    def evidence_tools(self) -> str:
        """Return the tools whose findings count, and how the mapping of each was tried."""
        counted = {rule: found for rule in self.catalog.rules if (found := counted_findings(self.catalog, rule))}
        return self.templates.block(
            "known_tools.html",
            tools=known_tools(self.catalog),
            counted=counted,
            failing=[rule for rule, found in counted.items() if any(each.fails for each in found)],
            unchecked=[self.catalog.rules[rule] for rule in counted if self.catalog.rules[rule].check is None],
        )

    def rules(self) -> str:
        """Return all rules, to be filtered and sorted."""
        sections = [s for s in self.catalog.guide.sections if s.depth == 1 or s.number in _PARTS]
        asked = [s for s in sections if self.catalog.rules_below(s.number)]
        return self.templates.block(
            "rules.html",
            chapters=[(s.number, s.heading) for s in asked],
            chapter_of=lambda number: " ".join(s.number for s in asked if f"{number}.".startswith(f"{s.number}.")),
            levels=[(each.value, each.value.capitalize()) for each in Level],
            severities=[(each.value, each.value.capitalize()) for each in Severity],
            profiles=[(each.id, each.title) for each in self.catalog.profiles.profiles],
            reaches=[(each.value, each.word) for each in Reach],
        )

    def checklist(self, *numbers: str) -> str:
        """Return the checklist of some sections, without headings: for the end of the section's own page."""
        rules = [rule for number in numbers for rule in self.catalog.rulesets[number].rules]
        return self._checklist(rules, headed=False)

    def chapter_checklist(self, number: str = "") -> str:
        """Return the checklist of a chapter, or of the whole guide."""
        rules = self.catalog.rules_below(number) if number else list(self.catalog.rules.values())
        return self._checklist(rules, name=f"chapter-{number}" if number else "whole")

    def profile_checklist(self, profile: str) -> str:
        """Return the checklist of a kind of system."""
        return self._checklist(self.catalog.rules_for(profile), name=profile, profile=profile)

    def _checklist(self, rules: list[Rule], *, headed: bool = True, name: str = "", profile: str = "") -> str:
        groups: dict[str, tuple[Section, list[Rule]]] = {}
        for rule in rules:
            section = self.catalog.section_of(rule)
            groups.setdefault(section.number, (section, []))[1].append(rule)
        return self.templates.block(
            "checklist.html",
            rules=rules,
            groups=groups.values(),
            headed=headed,
            profile=profile,
            workbook=self.links.file(f"downloads/checklist-{name}.xlsx"),
            levels=Level,
            counts={level: sum(rule.level == level for rule in rules) for level in Level},
        )

    def coverage(self) -> str:
        """Return in a sentence how many rules a machine looks at."""
        return self.templates.block("coverage.html", every=coverage(self.catalog.rules.values())[-1])

    def coverage_table(self) -> str:
        """Return by level how many rules a machine looks at."""
        return self.templates.block(
            "coverage_table.html", levels=coverage(self.catalog.rules.values()), head="Level", reaches=Reach
        )

    def coverage_by_chapter(self) -> str:
        """Return by chapter how far a machine sees its rules."""
        return self.templates.block(
            "coverage_table.html", levels=coverage_by_chapter(self.catalog), head="Chapter", reaches=Reach
        )

    def reaches(self) -> str:
        """Return what the words for how far a machine sees mean."""
        return self.templates.block("reaches.html", reaches=Reach)

    def precision(self) -> str:
        """Return how often each check and each trace was right, as it was counted."""
        assert self.catalog.precision  # noqa: S101 - the guide has it
        return self.templates.block("precision.html", counted=self.catalog.precision, reaches=Reach)

    def limits(self) -> str:
        """Return why no machine sees those rules that have neither a check nor a trace."""
        rules = [rule for rule in self.catalog.rules.values() if rule.reach is Reach.PERSON]
        return self.templates.block("limits.html", rules=rules)

    def matchers(self) -> str:
        """Return the reference of the matchers, each with the rules that ask it."""
        rules = self.catalog.rules.values()
        asked = {rule.id: found.names for rule in rules if (found := looks(rule) or traced(rule))}
        every = references()
        return self.templates.markdown(
            "matchers.jinja",
            references=every,
            users={each.name: [rule for rule in asked if each.name in asked[rule]] for each in every},
        )

    def option(self, option_id: str) -> str:
        """Return the name of an option as a link to its row among the recommendations."""
        _, option = _known("option", option_id, self.catalog.options)
        return self.templates.inline("option.html", option=option)

    def verdicts(self) -> str:
        """Return the legend of the verdicts."""
        return self.templates.block("verdicts.html", verdicts=Verdict, without_verdict=has_unjudged(self.catalog))

    def radar(self) -> str:
        """Return the picture of all verdicts, its legend, and the same as text."""
        return self.templates.block("radar.html", verdicts=Verdict, **verdict_picture(self.catalog))

    def contents(self) -> str:
        """Return the guide's table of contents, with the anchors of the source document."""
        return self.templates.block("contents.html", sections=self.catalog.guide.sections)

    def picture(self, name: str) -> str:
        """Return a picture: its panels from docs/pictures/, inline, so that they follow the theme."""
        return self.templates.block("picture.html", name=name, panels=panels(self.root / "docs" / "pictures", name))

    def floor_plan(self) -> str:
        """Return the rooms of the engine by floor, as the contracts of its imports draw them."""
        return self.templates.block("floor_plan.html", floors=floors(self.root))

    def corrections(self) -> str:
        """Return the errors of the source, each with what the guide says instead."""
        return self.templates.block("corrections.html", corrections=self.catalog.source.corrections)

    def due(self) -> str:
        """Return the rules and rows due for a review on the day of the build."""
        today = datetime.now(UTC).date()
        items = list_due(self.catalog, today)
        return self.templates.block(
            "due.html",
            today=today,
            items=items,
            pending=[item for item in items if item.pending],
            overdue=sum(item.state == DueState.OVERDUE for item in items),
        )

    def changes(self) -> str:
        """Return the changes between every two editions."""
        compared = comparisons(self.catalog)
        return self.templates.markdown("changes.jinja", comparisons=compared, anchor=anchor, move=move)

    def claims(self) -> str:
        """Return every claim of the source, with the place of the guide that says it."""
        return self.templates.block("claims.html", claims=self.catalog.source.claims)

    def places(self) -> str:
        """Return every place that says a claim, in reading order, with its claims."""
        by_place: dict[str, list[Claim]] = defaultdict(list)
        for claim in self.catalog.source.claims:
            by_place[claim.at].append(claim)
        return self.templates.block("places.html", places=by_place.items())


def _first_told(catalog: Catalog) -> dict[tuple[str, str], Option]:
    """Return the first row that has a note, by the note's day and fact."""
    told: dict[tuple[str, str], Option] = {}
    for _, option in catalog.options.values():
        for note in option.notes:
            told.setdefault((note.happened, note.fact), option)
    return told


def _known(what: str, name: str, among: dict[str, T]) -> T:
    """Return the thing of an id that a page asks for. Raises LookupError that names what there is."""
    if name not in among:
        raise LookupError(f"there is no {what} '{name}'; allowed: {', '.join(among)}")
    return among[name]
