"""New records to be written out: valid as they are, with TODO where somebody has to think."""

import json
import re
import textwrap
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain
from typing import Any

from vger_guide.catalog.catalog import Catalog
from vger_guide.catalog.checks import Samples
from vger_guide.catalog.guide import Section
from vger_guide.catalog.tables import Table

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9]*([ /._-]+[A-Za-z0-9]+)*")
# Words that some readers of YAML take for something else than a text.
_WORDS = {"true", "false", "null", "yes", "no", "on", "off", "y", "n"}

# What the texts of a skeleton begin with.
_TODO = "TODO: "
# A row has to have a name, and a site: nobody can reach this one (https://www.rfc-editor.org/rfc/rfc2606).
NO_NAME = "TODO"
NO_SITE = "https://todo.example/"

RULE = """\
id: {id}
slug: {slug}
title: {title}
level: {level}
severity: {severity}
severity_reason: "TODO: say what happens where it is not met."
statement: "TODO: say in one sentence what a system {level} do."
why: "TODO: say why."
how:
  - "TODO: say how, a step an item."
ask: "TODO: ask what a reviewer answers by yes or no?"
evidence:
  - "TODO: say what to show."
exceptions: []
applies_to: [{profiles}]
tables: []
related: []
references: []
sources: []
place: {place}
since: "{edition}"
revision: 1
reviewed: "{today}"
automation: none
limit: "TODO: say why no machine sees it, or add a check or a trace."
"""

ROW = """\
id: {id}
name: {name}
verdicts:
  - since: "{month}"
    verdict: {verdict}
    reason: "TODO: say why, or what to mind."
{facts}sites:
  - label: {name}
    address: {address}
reviewed: "{today}"
"""

# Below the folder of a guide; an organisation's folder has none.
RULES_SCHEMA = "schema/rules.schema.json"

RULES_FILE = """\
section: "{section}"
prefix: {prefix}
rules:
{record}"""

TABLE_FILE = """\
# yaml-language-server: $schema=../schema/table.schema.json
id: {id}
title: {title}
section: "{section}"
noun: {noun}
rows:
{record}"""


def render_rule(
    id_: str, slug: str, title: str, level: str, severity: str, section: Section, profiles: Iterable[str], today: date
) -> str:
    """Return the record of a rule."""
    return RULE.format(
        id=id_,
        slug=render_scalar(slug),
        title=render_scalar(title),
        level=level,
        severity=severity,
        profiles=", ".join(profiles),
        place=f"{section.page}#{section.anchor}",
        edition=f"{today:%Y.%m}",
        today=today,
    )


def render_row(id_: str, name: str, verdict: str | None, address: str, table: Table | None, today: date) -> str:
    """Return the record of a row, with a fact for each column that the table has of its own."""
    facts = [f'  {column.id}: "TODO: {column.label}"\n' for column in table.columns] if table else []
    return ROW.format(
        id=render_scalar(id_),
        name=render_scalar(name),
        month=f"{today:%Y-%m}",
        verdict=verdict or "null",
        facts="".join(["facts:\n", *facts]) if facts else "",
        address=render_scalar(address),
        today=today,
    )


def find_todos(catalog: Catalog) -> list[str]:
    """Return the ids of the rules and rows with a text that is still the one of a skeleton."""
    # In examples and in the files of samples the words may be meant.
    samples = {kind: {"__all__": {"files": True, "commits": True}} for kind in Samples.model_fields}
    left_out: Any = {"example": True, "check": {"samples": samples, "expect": True, "when": True}, "trace": True}
    rules = {id_: rule.model_dump(exclude=left_out) for id_, rule in catalog.rules.items()}
    rows = {id_: row.model_dump() for id_, (_, row) in catalog.options.items()}
    return [id_ for id_, record in {**rules, **rows}.items() if any(map(_to_write, _texts(record)))]


def _to_write(text: str) -> bool:
    return text.startswith(_TODO) or text in (NO_NAME, NO_SITE)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from chain.from_iterable(map(_texts, value.values()))
    elif isinstance(value, (list, tuple)):
        yield from chain.from_iterable(map(_texts, value))


def rules_file(section: str, prefix: str, record: str, *, schema: bool) -> str:
    """Return the file of a section that had no rules before this one; it names its schema where there is one."""
    head = f"# yaml-language-server: $schema=../{RULES_SCHEMA}\n" if schema else ""
    return head + RULES_FILE.format(section=section, prefix=render_scalar(prefix), record=render_item(record))


def table_file(id_: str, title: str, section: str, noun: str, record: str) -> str:
    """Return the file of a table with its first row."""
    return TABLE_FILE.format(
        id=id_, title=render_scalar(title), section=section, noun=render_scalar(noun), record=render_item(record)
    )


def render_item(record: str, column: int = 2) -> str:
    """Return a record as an item of a list whose dashes stand in this column, counted from 0."""
    inner = textwrap.indent(record, " " * (column + 2))
    return " " * column + "- " + inner[column + 2 :]


def render_scalar(text: str) -> str:
    """Return a text as a YAML scalar: as it is where that is safe, in double quotes elsewhere."""
    if _PLAIN.fullmatch(text) and text.casefold() not in _WORDS:
        return text
    return json.dumps(text, ensure_ascii=not text.isprintable())


def to_kebab(text: str) -> str:
    """Return a text in small letters, digits and single dashes; empty where it has neither letters nor digits."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    return "-".join(re.findall(r"[a-z0-9]+", plain.replace("'", "")))
