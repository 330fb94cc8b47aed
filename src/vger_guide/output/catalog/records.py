"""A part of the catalogue, and its records as CSV: the same as in the CSV files of the site.

Addresses are relative to where the site is published, which the command line does not know.
"""

from collections.abc import Collection
from dataclasses import replace

from vger_guide.catalog.catalog import Catalog
from vger_guide.output.catalog.csv import rules_csv, tables_csv

_SITE = ""


def with_rules(catalog: Catalog, ids: Collection[str]) -> Catalog:
    """Return the catalogue with no other rules than these."""
    rulesets = {
        number: ruleset.model_copy(update={"rules": [rule for rule in ruleset.rules if rule.id in ids]})
        for number, ruleset in catalog.rulesets.items()
    }
    return replace(catalog, rulesets=rulesets)


def with_rows(catalog: Catalog, ids: Collection[str]) -> Catalog:
    """Return the catalogue with no other rows than these, and no table without any."""
    tables = {
        table.id: table.model_copy(update={"rows": rows})
        for table in catalog.tables.values()
        if (rows := [option for option in table.rows if option.id in ids])
    }
    return replace(catalog, tables=tables)


def rules_as_csv(catalog: Catalog) -> str:
    """Return the rules in the columns of the site's rules.csv."""
    return rules_csv(catalog, _SITE)


def tables_as_csv(catalog: Catalog) -> str:
    """Return the rows in the columns of the site's tables.csv."""
    return tables_csv(catalog, _SITE)
