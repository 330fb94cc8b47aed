"""`vger rules` lists the rules that fit its filters, for people and for programs."""

import csv
import io
from collections.abc import Callable

import pytest

from tests.cli.vger_process import Vger
from vger_guide.catalog.catalog import Catalog
from vger_guide.catalog.rules import Rule

pytestmark = pytest.mark.slow


def test_every_rule_is_a_line(vger: Vger, catalog: Catalog) -> None:
    assert [line.split()[0] for line in vger.lines("rules")] == list(catalog.rules)


def test_a_line_says_id_level_severity_section_and_title(vger: Vger, catalog: Catalog) -> None:
    rule = catalog.rules["SES004"]
    [line] = [line for line in vger.lines("rules", "--section", "2.3.1") if line.startswith("SES004")]
    assert line.split(maxsplit=4) == ["SES004", rule.level, rule.severity, "2.3.1", rule.title]


FILTERS: dict[tuple[str, ...], Callable[[Rule, str], bool]] = {
    ("--level", "must"): lambda rule, _: rule.level == "must",
    ("--level", "Must"): lambda rule, _: rule.level == "must",
    ("--level", "must", "--level", "may"): lambda rule, _: rule.level in {"must", "may"},
    ("--severity", "critical"): lambda rule, _: rule.severity == "critical",
    ("--section", "2.3"): lambda _, section: section == "2.3" or section.startswith("2.3."),
    ("--profile", "API"): lambda rule, _: "api" in rule.applies_to,
    ("--stage", "prototype"): lambda rule, _: not rule.stages or "prototype" in rule.stages,
    ("--workload", "oltp"): lambda rule, _: not rule.workloads or "oltp" in rule.workloads,
    ("--automation", "none"): lambda rule, _: rule.automation == "none",
    ("--level", "must", "--profile", "library"): lambda rule, _: rule.level == "must" and "library" in rule.applies_to,
}


@pytest.mark.parametrize("filters", FILTERS, ids=" ".join)
def test_a_filter_passes_the_rules_that_fit_it(filters: tuple[str, ...], vger: Vger, catalog: Catalog) -> None:
    fits = FILTERS[filters]
    wanted = [rule.id for rule in catalog.rules.values() if fits(rule, catalog.section_of(rule).number)]
    assert wanted
    assert [record["id"] for record in vger.json("rules", *filters)] == wanted


def test_the_text_filter_asks_for_all_words_in_any_case(vger: Vger) -> None:
    assert "SES004" in [record["id"] for record in vger.json("rules", "--text", "RELATIONAL sessions")]
    assert vger.json("rules", "--text", "sessions xylophone") == []


def test_json_has_every_field_of_a_record(vger: Vger, catalog: Catalog) -> None:
    [record] = vger.json("rules", "--text", "SES004")
    fields = catalog.rules["SES004"].model_dump(mode="json", by_alias=True)
    assert {name: record[name] for name in fields} == fields
    assert record["section"] == "2.3.1"


def test_csv_is_read_by_an_independent_reader(vger: Vger, catalog: Catalog) -> None:
    done = vger("rules", "--section", "2.3.1", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.stdout, newline=""), strict=True))
    assert [row["id"] for row in rows] == [rule.id for rule in catalog.rulesets["2.3.1"].rules]
    assert rows[0]["statement"] == catalog.rules[rows[0]["id"]].statement


def test_no_rule_is_said_beside_the_output(vger: Vger) -> None:
    done = vger("rules", "--text", "xylophone")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "No rules match these filters.\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--section", "2.3.9"], "there is no section '2.3.9'; did you mean 2.3"),
        (["--profile", "apis"], "there is no profile 'apis'; did you mean api?"),
        (["--stage", "old"], "there is no stage 'old'; allowed: prototype, growing, established"),
        (["--workload", "x"], "there is no workload 'x'; allowed: oltp, reporting, mixed"),
        (["--level", "shall"], "'shall' is not one of 'must', 'should', 'may'"),
        (["--severity", "bad"], "'bad' is not one of"),
        (["--automation", "all"], "'all' is not one of"),
        (["--format", "xml"], "'xml' is not one of 'table', 'json', 'csv'"),
        (["--colour"], "No such option"),
        (["SES004"], "unexpected extra argument"),
    ],
)
def test_an_unknown_value_is_refused_with_what_is_allowed(arguments: list[str], message: str, vger: Vger) -> None:
    assert message in vger.refused("rules", *arguments)
