"""`vger rules`: the list of the rules, filtered."""

from collections.abc import Iterable
from dataclasses import dataclass

import click

from vger_guide.catalog.catalog import Catalog
from vger_guide.catalog.document import to_records
from vger_guide.catalog.lookup import resolve
from vger_guide.catalog.rules import Automation, Facet, Level, Rule, Severity
from vger_guide.cli import console
from vger_guide.cli.catalog import load_chosen_catalog
from vger_guide.cli.options import catalog_option, enum_choice
from vger_guide.output.catalog.records import rules_as_csv, with_rules

EXAMPLES = """\b
Examples:
  vger rules
  vger rules --section 2.3 --level must
  vger rules --severity critical --severity high
  vger rules --profile api --stage growing --workload oltp
  vger rules --text cache --automation none
  vger rules --format json
  vger rules --catalog checklists --format csv > rules.csv
"""


@dataclass(frozen=True)
class Filters:
    """What was asked for; an empty filter lets every rule pass, and of several values one is enough."""

    section: tuple[str, ...]
    level: tuple[str, ...]
    severity: tuple[str, ...]
    profile: tuple[str, ...]
    stage: tuple[str, ...]
    workload: tuple[str, ...]
    automation: tuple[str, ...]
    text: str

    def chosen(self, catalog: Catalog) -> list[Rule]:
        """Return the rules that pass, in reading order. Raises UserError for a name that the catalogue has not."""
        self._check(catalog)
        return [rule for rule in catalog.rules.values() if self._fits(rule, catalog.section_of(rule).number)]

    def _check(self, catalog: Catalog) -> None:
        resolve("section", self.section, catalog.guide.by_number)
        for what in ("profile", "stage", "workload"):
            facets: list[Facet] = getattr(catalog.profiles, f"{what}s")
            resolve(what, getattr(self, what), {facet.id: facet for facet in facets})

    def _fits(self, rule: Rule, section: str) -> bool:
        return (
            _one_of(self.level, [rule.level])
            and _one_of(self.severity, [rule.severity])
            and _one_of(self.automation, [rule.automation])
            and _one_of(self.profile, rule.applies_to)
            # A rule without a limit is asked at every stage and for every workload.
            and (not rule.stages or _one_of(self.stage, rule.stages))
            and (not rule.workloads or _one_of(self.workload, rule.workloads))
            and (not self.section or any(f"{section}.".startswith(f"{number}.") for number in self.section))
            and _says(rule, self.text)
        )


def _one_of(wanted: tuple[str, ...], has: Iterable[str]) -> bool:
    return not wanted or not {each.casefold() for each in wanted}.isdisjoint(has)


def _says(rule: Rule, text: str) -> bool:
    """Return whether every word stands somewhere in what the rule asks."""
    says = " ".join([rule.id, rule.slug, rule.title, rule.statement, rule.why, rule.ask]).casefold()
    return all(word in says for word in text.casefold().split())


@click.command("rules", epilog=EXAMPLES)
@click.option(
    "--section", multiple=True, metavar="NUMBER", help="Rules of this section and its subsections, such as 2.3."
)
@click.option("--level", multiple=True, type=enum_choice(Level), help="Rules with this level.")
@click.option(
    "--severity",
    multiple=True,
    type=enum_choice(Severity),
    help="Rules with this severity.",
)
@click.option("--profile", multiple=True, metavar="ID", help="Rules for this kind of system, such as api.")
@click.option("--stage", multiple=True, metavar="ID", help="Rules for this stage, such as growing.")
@click.option("--workload", multiple=True, metavar="ID", help="Rules for this use of a database, such as oltp.")
@click.option(
    "--automation",
    multiple=True,
    type=enum_choice(Automation),
    help="Rules with this kind of check.",
)
@click.option("--text", default="", show_default=False, metavar="WORDS", help="Rules that contain all these words.")
@click.option("--format", "form", type=click.Choice(["table", "json", "csv"]), default="table")
@catalog_option
def command(form: str, **filters: tuple[str, ...] | str) -> None:
    """List the rules.

    You can repeat a filter: a rule has to match one of its values. If you combine filters, it has to match all of them.
    """
    catalog = load_chosen_catalog()
    chosen = Filters(**filters).chosen(catalog)  # type: ignore[arg-type] # click gives what the options say
    selection = with_rules(catalog, {rule.id for rule in chosen})
    if form == "json":
        console.write_json(to_records(selection)["rules"])
    elif form == "csv":
        console.write_document(rules_as_csv(selection))
    else:
        _table(catalog, chosen)


def _table(catalog: Catalog, chosen: list[Rule]) -> None:
    title = f"{len(chosen)} of {len(catalog.rules)} rules"
    rows = [[r.id, r.level.value, r.severity.value, catalog.section_of(r).number, r.title] for r in chosen]
    console.write_table(title, ["Rule", "Level", "Severity", "Section", "Title"], rows)
    if not chosen:
        console.complain("No rules match these filters.")
