"""The rules and the rows of the tables as CSV, for spreadsheets.

The form is that of RFC 4180: UTF-8, a header, commas, lines that end in CRLF. The parts of a list are joined by "; ";
catalog.json keeps them apart. Addresses are whole. A time is written as in the data: a year, a month or a day.

A cell that a spreadsheet would take for a formula, because it begins with = + - @, their wide forms, a tab or a
carriage return, gets an apostrophe before it, and so does one that would then look like such a cell, because it begins
with apostrophes and one of these (https://owasp.org/www-community/attacks/CSV_Injection). A program takes one
apostrophe away from a cell that begins with apostrophes and one of these, and has the text of the record.
"""

from typing import Any

from vger_guide.catalog.catalog import Catalog
from vger_guide.catalog.rules import Rule
from vger_guide.catalog.tables import Option, Table
from vger_guide.catalog.urls import page_url
from vger_guide.text.csv import guard_formula, write_rows

# The columns of rules.csv in order; a new one comes last. Each is the key of the record that it holds, but for
# section (the number), section_title and address (the rule's page).
RULE_COLUMNS = (
    "id",
    "title",
    "level",
    "severity",
    "section",
    "section_title",
    "statement",
    "why",
    "how",
    "ask",
    "evidence",
    "exceptions",
    "severity_reason",
    "applies_to",
    "stages",
    "workloads",
    "tables",
    "related",
    "sources",
    "automation",
    "since",
    "revision",
    "reviewed",
    "slug",
    "address",
    "editors",
    "looked_up",
)

# The columns of tables.csv in order; a new one comes last. verdict, reason and since are those that stand; direction
# is same, in, out or new since the edition that the guide was converted from. history has "TIME VERDICT" or "TIME none"
# for each verdict, facts "COLUMN: TEXT", sites the addresses, notes "TIME: FACT MEANING (SOURCE ...)", events
# "TIME: EVENT".
TABLE_COLUMNS = (
    "id",
    "name",
    "table",
    "table_title",
    "section",
    "section_title",
    "verdict",
    "reason",
    "since",
    "direction",
    "history",
    "facts",
    "provides",
    "sites",
    "notes",
    "reviewed",
    "address",
    "events",
    "looked_up",
)


def rules_csv(catalog: Catalog, site: str) -> str:
    """Return every rule that is asked, in reading order, in the columns RULE_COLUMNS.

    `site` is the address that the site is published at, with a slash at its end.
    """
    records = (_rule(catalog, rule, site) for rule in catalog.rules.values())
    return write_rows(RULE_COLUMNS, (_row(RULE_COLUMNS, record) for record in records))


def tables_csv(catalog: Catalog, site: str) -> str:
    """Return every row of every table, in reading order, in the columns TABLE_COLUMNS.

    `site` is the address that the site is published at, with a slash at its end.
    """
    records = (_option(catalog, *both, site) for both in catalog.options.values())
    return write_rows(TABLE_COLUMNS, (_row(TABLE_COLUMNS, record) for record in records))


def _rule(catalog: Catalog, rule: Rule, site: str) -> dict[str, Any]:
    section = catalog.section_of(rule)
    place = {"section": section.number, "section_title": section.title, "address": page_url(site, rule.page)}
    place["looked_up"] = str(rule.looked_up or "")
    return {**dict(rule), **place}


def _option(catalog: Catalog, table: Table, option: Option, site: str) -> dict[str, Any]:
    return {
        **dict(option),
        "table": table.id,
        "table_title": table.title,
        "section": table.section,
        "section_title": catalog.section(table.section).title,
        "verdict": option.verdict or "",
        "reason": option.reason or "",
        "since": option.verdicts[-1].since,
        "direction": option.direction(catalog.guide.source_edition).name.lower(),
        "history": [f"{entry.since} {entry.verdict or 'none'}" for entry in option.verdicts],
        "facts": [f"{column}: {text}" for column, text in option.facts.items()],
        "sites": [each.address for each in option.sites],
        "notes": [f"{note.happened}: {note.fact} {note.meaning} ({' '.join(note.links)})" for note in option.notes],
        "events": [f"{note.happened}: {note.event.value}" for note in option.events if note.event],
        "address": page_url(site, f"recommendations.md#{option.id}"),
        "looked_up": option.looked_up or "",
    }


def _row(columns: tuple[str, ...], record: dict[str, Any]) -> list[str]:
    return [_cell(record[column]) for column in columns]


def _cell(value: object) -> str:
    return guard_formula("; ".join(map(str, value)) if isinstance(value, list) else str(value))
