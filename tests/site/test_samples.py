"""Every code sample is right: JSON loads, SQL moves just the missing rows, shell lines run, a check judges."""

import json
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from tests.conftest import EXAMPLES, ROOT
from vger_guide.catalog.checks import Check
from vger_guide.catalog.loader import load
from vger_guide.catalog.rule_facts import rule_facts
from vger_guide.catalog.settings import read_settings
from vger_guide.checks.plan import plan
from vger_guide.checks.results import RuleFacts
from vger_guide.checks.runner import run_checks
from vger_guide.repo.memory_tree import MemoryTree

FENCE = re.compile(r'^```(\w*)(?: title="([^"]*)")?\n(.*?)^```$', re.MULTILINE | re.DOTALL)

PORTFOLIO = "portfolio.md"


@dataclass(frozen=True)
class Sample:
    """A fenced block of a page."""

    page: str
    language: str
    title: str
    code: str

    def __str__(self) -> str:
        return f"{self.page}: {self.title}"


def _samples() -> list[Sample]:
    docs = ROOT / "docs"
    return [
        Sample(path.relative_to(docs).as_posix(), *match.groups())
        for path in sorted(docs.rglob("*.md"))
        for match in FENCE.finditer(path.read_text(encoding="utf-8"))
    ]


def _json(sample: Sample, _: Path) -> None:
    assert json.loads(sample.code)


SQL_RULES = [
    rule for rule in load(ROOT / "checklists").rules.values() if rule.example and rule.example.language == "sql"
]


def _example(rule: str) -> str:
    """Return the code of a rule's SQL sample."""
    [code] = [each.example.code for each in SQL_RULES if each.id == rule and each.example]
    return code


@contextmanager
def _database(folder: Path) -> Iterator[sqlite3.Connection]:
    """Return an embedded database with the two schemas of section 2.3.3."""
    with closing(sqlite3.connect(folder / "main.db")) as database:
        for schema in ("raw_ingestion", "final_schema"):
            database.execute(f"attach database '{folder / schema}.db' as {schema}")
        yield database


def _sql(sample: Sample, tmp_path: Path) -> None:
    """Run it on the tables beside this test, twice: the second run has nothing left to move.

    What asks the data of a portfolio is run on such data by tests/portfolio/test_run.py.
    """
    if sample.page == PORTFOLIO:
        assert sqlite3.complete_statement(sample.code)
        return
    folder = EXAMPLES / "samples" / Path(sample.title).stem
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    with _database(tmp_path) as database:
        database.executescript(_example("DAT011"))
        database.executescript((folder / "before.sql").read_text(encoding="utf-8"))
        plan = " ".join(row[3] for row in database.execute("explain query plan " + sample.code))
        assert f"USING COVERING INDEX {expected['index']}" in plan, plan
        assert database.execute(sample.code).rowcount == expected["moved"]
        assert [list(row) for row in database.execute(expected["query"])] == expected["rows"]
        assert database.execute(sample.code).rowcount == 0


def _sh(sample: Sample, tmp_path: Path) -> None:
    """Run it at the top of a repository with two commits and a tag, stopping at the first thing that fails."""
    env = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    who = ["-c", "user.name=A Person", "-c", "user.email=person@example.org"]
    for command in (
        ["init", "-q", "-b", "main"],
        *[["commit", "-q", "--allow-empty", "-m", m] for m in ("One", "Two")],
        ["tag", "v1.2.0"],
    ):
        subprocess.run(["git", *who, *command], cwd=tmp_path, env=env, check=True)
    subprocess.run(
        ["bash", "-euo", "pipefail", "-c", sample.code], cwd=tmp_path, env=env, check=True, capture_output=True
    )
    head = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=tmp_path, env=env, check=True, capture_output=True, text=True
    ).stdout.strip()
    written = (tmp_path / "public" / "versions.txt").read_text(encoding="utf-8")
    assert written == f"commit {head} (HEAD -> main, tag: v1.2.0)\n"


def _python(sample: Sample, _: Path) -> None:
    """Compile it; tests/site/test_data_out.py runs it on the built site."""
    assert compile(sample.code, sample.title, "exec")


def _yaml(sample: Sample, tmp_path: Path) -> None:
    """Read it, and run what it is for; tests/cli/test_command_page.py runs the command on the others."""
    data = yaml.safe_load(sample.code)
    assert data
    if sample.title == ".vger.yml":
        read_settings(Path(sample.title), sample.code.encode())
    if sample.title.startswith(".github/workflows/"):
        _valid(tmp_path / "sample.yml", sample.code, "vendor.github-workflows")
    if "check" in data:
        _check(Check.model_validate(data["check"]))


def _valid(path: Path, text: str, schema: str) -> None:
    path.write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(path)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def _check(check: Check) -> None:
    """Run the samples of a check."""
    catalog = load(ROOT / "checklists")
    rule = catalog.rules["SES004"].model_copy(update={"check": check})
    asked = plan([(RuleFacts(**rule_facts(catalog, rule)), check.plain())])
    for name, outcome in (("passing", "pass"), ("failing", "fail"), ("not_applicable", "not-applicable")):
        for each in getattr(check.samples, name):
            [result], _ = run_checks(asked, MemoryTree({path: text.encode() for path, text in each.files.items()}))
            assert result.outcome == outcome, (each.title, result.reason)


def _text(sample: Sample, _: Path) -> None:
    assert sample.code.strip()


RUNNERS: dict[str, Callable[[Sample, Path], None]] = {
    "json": _json,
    "sql": _sql,
    "sh": _sh,
    "python": _python,
    "yaml": _yaml,
    "text": _text,
}


@pytest.mark.parametrize("sample", _samples(), ids=str)
def test_a_sample_is_right(sample: Sample, tmp_path: Path) -> None:
    assert sample.language in RUNNERS, (
        f"a sample in '{sample.language}' has no runner: no test would notice when it is wrong"
    )
    RUNNERS[sample.language](sample, tmp_path)


def test_the_sql_of_the_rules_runs_as_one_script(tmp_path: Path) -> None:
    before = (EXAMPLES / "samples" / "load_customers" / "before.sql").read_text(encoding="utf-8")
    with _database(tmp_path) as database:
        for rule in SQL_RULES:
            database.executescript((before if rule.id == "DAT015" else "") + _example(rule.id))
        assert database.execute("select count(*), count(distinct id) from final_schema.customer").fetchone() == (6, 6)


def test_the_page_and_the_rule_load_customers_by_the_same_statement() -> None:
    [page] = [sample.code for sample in _samples() if sample.language == "sql" and sample.page != PORTFOLIO]
    assert page == _example("DAT015")


def test_the_columns_of_periods_are_generated_and_indexed(tmp_path: Path) -> None:
    with _database(tmp_path) as database:
        database.executescript(_example("DAT006"))
        for day in ("2026-11-28", "2026-11-23", "2027-01-03"):
            database.execute("insert into sale (tenant_id, sold_on, amount) values ('A', ?, 9.50)", [day])
        periods = "select sold_week, sold_month, sold_quarter, sold_year from sale order by id"
        assert database.execute(periods).fetchall() == [
            ("2026-11-23", "2026-11", "2026-Q4", "2026"),
            ("2026-11-23", "2026-11", "2026-Q4", "2026"),
            ("2026-12-28", "2027-01", "2027-Q1", "2027"),
        ]
        for column in ("week", "month", "quarter", "year"):
            query = f"explain query plan select sum(amount) from sale where sold_{column} = '2026'"
            assert f"sale_by_{column}" in database.execute(query).fetchone()[3]


def test_there_are_samples_of_each_kind() -> None:
    assert {sample.language for sample in _samples()} == set(RUNNERS)
