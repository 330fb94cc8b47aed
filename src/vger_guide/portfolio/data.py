"""The data of a portfolio: the same tables as SQLite, CSV and JSON, so that people ask their own questions.

The columns are told in TABLES, in `docs/portfolio.md` and in the schema of the SQLite file. Spreadsheets take no text
of CSV for a formula: one that looks like it begins with an apostrophe there, as in all CSV of vger.
"""

import json
import sqlite3
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from vger_guide.portfolio.overview import Overview
from vger_guide.portfolio.pages.matrix import find_outcome
from vger_guide.portfolio.repository_line import RepositoryLine
from vger_guide.text.csv import guard_formula, write_rows

# Raised when a table or column goes or changes its meaning.
VERSION = 1
Row = dict[str, Any]


class DataTable(NamedTuple):
    """A table: the types of its columns by their names, its keys, and its rows of an overview."""

    columns: dict[str, str]
    keys: str
    rows: Callable[[Overview], Iterator[Row]]


def write_data(overview: Overview) -> Iterator[tuple[str, bytes]]:
    """Yield the files by their names."""
    tables = {name: list(table.rows(overview)) for name, table in TABLES.items()}
    yield "portfolio.sqlite", _write_sqlite(tables)
    yield "portfolio.json", _write_json(overview, tables).encode()
    for name, rows in tables.items():
        cells = ([guard_formula(_cell(row[column])) for column in TABLES[name].columns] for row in rows)
        yield f"{name}.csv", write_rows(list(TABLES[name].columns), cells).encode()


def _write_json(overview: Overview, tables: dict[str, list[Row]]) -> str:
    """Return one object, a row a line: indented by the library it takes ten times as long."""
    about = {"schemaVersion": VERSION, "title": overview.title, "day": overview.today.isoformat()}
    parts = [f"{json.dumps(name)}: {json.dumps(value)}" for name, value in about.items()]
    for name, rows in tables.items():
        lines = ",\n  ".join(map(json.dumps, rows))
        parts.append(f"{json.dumps(name)}: [\n  {lines}\n ]")
    return "{\n " + ",\n ".join(parts) + "\n}\n"


def _cell(value: Any) -> str:
    return "" if value is None else str(value)


def _write_sqlite(tables: dict[str, list[Row]]) -> bytes:
    """Return the bytes of a database file (https://www.sqlite.org/fileformat2.html)."""
    database = sqlite3.connect(":memory:")
    try:
        for name, table in TABLES.items():
            columns = ", ".join(f"{column} {kind}" for column, kind in table.columns.items())
            database.execute(f"CREATE TABLE {name} ({columns}, {table.keys}) STRICT")  # our own words
            marks = ", ".join(f":{column}" for column in table.columns)
            database.executemany(f"INSERT INTO {name} VALUES ({marks})", tables[name])  # noqa: S608 - likewise
        database.commit()
        return database.serialize()
    finally:
        database.close()


def _repositories(overview: Overview) -> Iterator[Row]:
    for line in overview.lines:
        result, repository = line.result, line.repository
        yield {
            "id": line.id,
            "name": repository.name,
            "place": repository.place,
            "unit": repository.unit,
            "owner": repository.owner,
            "profile": result.get("kind", ""),
            "status": result["status"],
            "reason": result["reason"],
            "looked_at": result["at"],
            "seconds": result["seconds"],
            "commit_id": result.get("commit", ""),
            "files": result.get("files"),
            "rules": len(line.outcomes),
            "automated": result.get("automated"),
        }


def _rules(overview: Overview) -> Iterator[Row]:
    for rule in overview.rules.values():
        yield {key: getattr(rule, key) for key in TABLES["rules"].columns}


def _outcomes(overview: Overview) -> Iterator[Row]:
    for line in overview.checked:
        for rule in line.outcomes:
            yield {
                "repository": line.id,
                "rule": rule,
                "outcome": find_outcome(line, rule),
                "since": line.since(rule) or None,
            }


def _findings(overview: Overview) -> Iterator[Row]:
    for line in overview.checked:
        for told in line.result["results"]:
            for number, each in enumerate(told["findings"]):
                yield {"repository": line.id, "rule": told["rule"], "number": number, **each}


def _waivers(overview: Overview) -> Iterator[Row]:
    for line in overview.checked:
        for number, each in enumerate(line.waivers):
            yield {"repository": line.id, "number": number, **vars(each)}


def _history(overview: Overview) -> Iterator[Row]:
    for line in overview.lines:
        for number, each in enumerate(line.history):
            yield _stretch(line, number, each)


def _stretch(line: RepositoryLine, number: int, stretch: dict[str, Any]) -> Row:
    return {
        "repository": line.id,
        "number": number,
        "first_seen": stretch["from"],
        "last_seen": stretch["to"],
        "commit_id": stretch["commit"],
        "status": stretch["status"],
        "failed": len(stretch["fail"]),
        "waived": len(stretch["waived"]),
        "failed_rules": " ".join(stretch["fail"]),
    }


_OF_REPOSITORY = "FOREIGN KEY (repository) REFERENCES repositories"
_OF_RULE = "FOREIGN KEY (rule) REFERENCES rules"
TABLES = {
    "repositories": DataTable(
        {
            **dict.fromkeys(
                ("id", "name", "place", "unit", "owner", "profile", "status", "reason", "looked_at"), "TEXT"
            ),
            "seconds": "REAL",
            "commit_id": "TEXT",
            **dict.fromkeys(("files", "rules", "automated"), "INTEGER"),
        },
        "PRIMARY KEY (id)",
        _repositories,
    ),
    "rules": DataTable(
        dict.fromkeys(("id", "title", "level", "severity", "chapter", "statement", "address"), "TEXT"),
        "PRIMARY KEY (id)",
        _rules,
    ),
    "outcomes": DataTable(
        dict.fromkeys(("repository", "rule", "outcome", "since"), "TEXT"),
        f"PRIMARY KEY (repository, rule), {_OF_REPOSITORY}, {_OF_RULE}",
        _outcomes,
    ),
    "findings": DataTable(
        {
            **dict.fromkeys(("repository", "rule"), "TEXT"),
            "number": "INTEGER",
            **dict.fromkeys(("place", "message", "standing", "reason"), "TEXT"),
        },
        f"PRIMARY KEY (repository, rule, number), {_OF_REPOSITORY}, {_OF_RULE}",
        _findings,
    ),
    "waivers": DataTable(
        {
            "repository": "TEXT",
            "number": "INTEGER",
            **dict.fromkeys(("rule", "owner", "reason", "until", "state"), "TEXT"),
        },
        f"PRIMARY KEY (repository, number), {_OF_REPOSITORY}",
        _waivers,
    ),
    "history": DataTable(
        {
            "repository": "TEXT",
            "number": "INTEGER",
            **dict.fromkeys(("first_seen", "last_seen", "commit_id", "status"), "TEXT"),
            **dict.fromkeys(("failed", "waived"), "INTEGER"),
            "failed_rules": "TEXT",
        },
        f"PRIMARY KEY (repository, number), {_OF_REPOSITORY}",
        _history,
    ),
}
