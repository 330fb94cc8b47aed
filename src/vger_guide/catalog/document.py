"""The catalogue as one JSON document for other programs, and the JSON Schema of that document."""

import json
from functools import cache
from typing import Annotated, Any, Literal

from pydantic import Field, WithJsonSchema

from vger_guide.catalog.catalog import Catalog
from vger_guide.catalog.editions import text_hash
from vger_guide.catalog.guide import Section
from vger_guide.catalog.rules import Facet, Profile, Retired, Rule
from vger_guide.catalog.sources import Source
from vger_guide.catalog.tables import Option, Table, Verdict
from vger_guide.catalog.urls import page_url
from vger_guide.records.fields import EditionId, Label, Record, SectionNumber, Text

# Raised when a key goes or changes its meaning; a key that is added leaves it as it is.
VERSION: Literal[1] = 1
SCHEMA = f"schema/catalog-{VERSION}.schema.json"

Web = Annotated[str, WithJsonSchema({"type": "string", "format": "uri"})]


class Work(Record):
    """What the guide is."""

    title: Label
    source_edition: EditionId = Field(description="The edition that the guide was converted from.")
    written: Text = Field(description="When the source was written, in words.")


class ExportedSection(Section):
    """A section, with the address of its heading."""

    address: Web


class ExportedRule(Rule):
    """A rule, with its section, the address of its page and what tells its question from another."""

    section: SectionNumber
    address: Web
    text_hash: str = Field(
        pattern=r"^[0-9a-f]{16}$", description="Of level, statement and question: answers of reviews keep it."
    )


class ExportedRetired(Retired):
    """A rule that is no longer asked, with its section and the address of its page."""

    section: SectionNumber
    address: Web


class ExportedOption(Option):
    """A row of a table, with what follows from the history of its verdict, and its permanent link."""

    standing: Verdict | None = Field(alias="verdict", description="The verdict that stands; null where there is none.")
    moved: Literal["same", "in", "out", "new"] = Field(
        alias="direction", description="Where the row moved since the edition that the guide was converted from."
    )
    address: Web


class ExportedTable(Table):
    """A recommendation table."""

    rows: list[ExportedOption]  # type: ignore[assignment] # each row says more than in the data files


class ExportedCatalog(Record):
    """Every record of the guide, in reading order. The keys of a record are those of the data files."""

    schema_address: Web = Field(alias="$schema")
    schema_version: Literal[1] = Field(alias="schemaVersion")
    edition: str = Field(pattern=r"^(next|[0-9]{4}\.[0-9]{2})$")
    site: Web = Field(description="Where the guide is published.")
    guide: Work
    sections: list[ExportedSection]
    profiles: list[Profile]
    stages: list[Facet]
    workloads: list[Facet]
    rules: list[ExportedRule]
    retired: list[ExportedRetired]
    tables: list[ExportedTable]
    sources: list[Source]


def catalog_json(catalog: Catalog, site: str) -> str:
    """Return the whole catalogue as JSON: codes and no labels, every key always there, the same bytes each time.

    `site` is the address that the site is published at, with a slash at its end.
    """
    return ExportedCatalog.model_validate(_export(catalog, site)).model_dump_json(by_alias=True, indent=2) + "\n"


def to_records(catalog: Catalog) -> dict[str, Any]:
    """Return the document as plain data: `rules`, `retired`, `tables` and more are lists of records.

    Addresses are relative to where the site is published, which the command line does not know.
    """
    data: dict[str, Any] = json.loads(catalog_json(catalog, ""))
    return data


@cache
def catalog_schema(site: str) -> str:
    """Return the schema of the document (https://json-schema.org/draft/2020-12), known by its address below `site`.

    It lets unknown keys pass, so that a copy of it still accepts a document of the same version with a key more.
    """
    schema = ExportedCatalog.model_json_schema(mode="serialization")
    for definition in (schema, *schema["$defs"].values()):
        definition.pop("additionalProperties", None)
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": site + SCHEMA}
    return json.dumps({**head, **schema}, indent=2, ensure_ascii=False) + "\n"


def _export(catalog: Catalog, site: str) -> dict[str, Any]:
    guide = catalog.guide
    return {
        "$schema": site + SCHEMA,
        "schemaVersion": VERSION,
        "edition": catalog.edition,
        "site": site,
        "guide": {"title": guide.title, "source_edition": guide.source_edition, "written": guide.written},
        "sections": [{**dict(s), "address": page_url(site, f"{s.page}#{s.anchor}")} for s in guide.sections],
        **dict(catalog.profiles),
        "rules": _locate_rules(catalog, "rules", site),
        "retired": _locate_rules(catalog, "retired", site),
        "tables": [_table(table, guide.source_edition, site) for table in catalog.tables.values()],
        "sources": [catalog.sources[edition] for edition in sorted(catalog.sources)],
    }


def _locate_rules(catalog: Catalog, kind: Literal["rules", "retired"], site: str) -> list[dict[str, Any]]:
    """Return the rules of one kind, each with its section and its address."""
    return [
        {
            **dict(rule),
            "section": number,
            "address": page_url(site, rule.page),
            **({"text_hash": text_hash(rule)} if isinstance(rule, Rule) else {}),
        }
        for number, ruleset in catalog.rulesets.items()
        for rule in getattr(ruleset, kind)
    ]


def _table(table: Table, edition: str, site: str) -> dict[str, Any]:
    rows = [
        {
            **dict(option),
            "verdict": option.verdict,
            "direction": option.direction(edition).name.lower(),
            "address": page_url(site, f"recommendations.md#{option.id}"),
        }
        for option in table.rows
    ]
    return {**dict(table), "rows": rows}
