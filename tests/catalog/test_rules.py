"""The rules say all that the source asks, as strongly as it asks, and their samples are right."""

import json
import sqlite3
import subprocess
import tomllib
from collections.abc import Callable

import pytest

from tests import plain_yaml
from tests.conftest import ROOT
from vger_guide.catalog.catalog import Catalog
from vger_guide.catalog.loader import load
from vger_guide.catalog.rule_pages import render_rule_page
from vger_guide.catalog.rules import Example, Level, Rule
from vger_guide.catalog.sources import Claim, Force, Kind

RULES = list(load(ROOT / "checklists").rules.values())
# Claim C3.1-04 says two things: it advises the start on GitHub flow, and allows the move to Git flow.
OPTIONS_OF_ADVICE = {"FLO002"}
STRENGTH = {Force.HARD: Level.MUST, Force.ADVISED: Level.SHOULD, Force.OPTION: Level.MAY}


def _asks(claim: Claim) -> bool:
    return claim.kind in (Kind.RULE, Kind.DECISION) or (claim.kind == Kind.CALLOUT and claim.force == Force.HARD)


def test_every_claim_that_asks_something_is_a_source_of_a_rule(catalog: Catalog) -> None:
    covered = {source for rule in catalog.rules.values() for source in rule.sources}
    asking = [claim for claim in catalog.source.claims if _asks(claim)]
    assert [f"{claim.id}: {claim.text}" for claim in asking if claim.id not in covered] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_asks_as_strongly_as_its_sources(rule: Rule, catalog: Catalog) -> None:
    claims = {claim.id: claim for claim in catalog.source.claims}
    allowed = {STRENGTH[force] for source in rule.sources if (force := claims[source].force)}
    allowed |= {Level.SHOULD for source in rule.sources if claims[source].kind == Kind.DECISION}
    allowed = {Level.MAY} if rule.id in OPTIONS_OF_ADVICE else allowed
    assert rule.level in allowed
    words = {"must", "never", "always"} if rule.level == Level.MUST else {rule.level.value}
    assert words & set(rule.statement.replace(",", "").split()), "the statement says how strongly it asks"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_stands_on_the_page_of_its_section(rule: Rule, catalog: Catalog) -> None:
    assert rule.place.partition("#")[0] == catalog.section_of(rule).page
    assert rule.ask.endswith("?")


def test_the_files_of_the_rule_pages_are_those_of_the_rules(catalog: Catalog) -> None:
    expected = {rule.page: render_rule_page(rule) for rule in catalog.known_rules}
    folder = ROOT / "docs" / "rules"
    written = {f"rules/{path.name}": path.read_text(encoding="utf-8") for path in folder.glob("*.md")}
    written.pop("rules/index.md")
    assert written == expected, "run 'make rules'"


def _sql(code: str) -> None:
    assert sqlite3.complete_statement(code)


def _sh(code: str) -> None:
    subprocess.run(["bash", "-n"], input=code, text=True, check=True)


PARSERS: dict[str, Callable[[str], object]] = {
    "json": json.loads,
    "python": lambda code: compile(code, "sample", "exec"),
    "sh": _sh,
    "sql": _sql,
    "toml": tomllib.loads,
    "yaml": plain_yaml.load,
    "gitignore": str.splitlines,
    "text": str.splitlines,
}


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.example], ids=lambda rule: rule.id)
def test_a_sample_parses(rule: Rule) -> None:
    assert isinstance(rule.example, Example)
    PARSERS[rule.example.language.value](rule.example.code)
