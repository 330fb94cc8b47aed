"""`vger explain` says all of a rule, under the same headings, in three forms."""

from itertools import pairwise

import pytest
from markdown_it import MarkdownIt

from tests.cli.vger_process import Vger
from tests.conftest import EXAMPLES
from vger_guide.catalog.catalog import Catalog

pytestmark = pytest.mark.slow

HEADINGS = [
    "Why",
    "How",
    "Ask",
    "Evidence",
    "Exceptions",
    "Severity",
    "Applies to",
    "Check",
    "Related",
    "Links",
    "History",
]
SMALL = ("--catalog", str(EXAMPLES / "catalog" / "good"))


def _flat(lines: list[str]) -> str:
    return " ".join(" ".join(lines).split())


def test_a_rule_is_told_under_fixed_headings(vger: Vger, catalog: Catalog) -> None:
    lines = vger.lines("explain", "SES004")
    rule = catalog.rules["SES004"]
    assert lines[0] == f"SES004 {rule.title}"
    assert [line for line in lines[1:] if line in HEADINGS] == HEADINGS
    told = _flat(lines)
    for text in (rule.statement, rule.why, *rule.how, rule.ask, *rule.evidence, rule.severity_reason):
        assert text in told


def test_the_check_of_a_rule_says_what_a_pass_is_worth_and_what_it_cannot_see(vger: Vger, catalog: Catalog) -> None:
    told = _flat(vger.lines("explain", "SES004"))
    check = catalog.rules["SES004"].check
    assert check
    assert "Check Indication. A pass is an indication that the rule is met; a person has to confirm it." in told
    assert [each for each in check.blind if f"It cannot see: {each}" not in told] == []
    assert f"To fix it: {check.mend}" in told
    assert "vger check --rule SES004" in told
    assert "Check Proof. A pass is proof" in _flat(vger.lines("explain", "KEY004"))
    by_person = _flat(vger.lines("explain", "CAC001"))
    assert f"Check Only a person can answer it. {catalog.rules['CAC001'].limit} Related" in by_person


def test_related_rules_tables_and_links_are_named(vger: Vger, catalog: Catalog) -> None:
    told = _flat(vger.lines("explain", "SES004"))
    assert f"SES001 {catalog.rules['SES001'].title}" in told
    assert "Table session-frameworks" in told
    assert "https://docs.djangoproject.com/en/stable/topics/http/sessions/" in told
    assert "docs/rules/no-sessions-in-a-relational-database.md" in told


@pytest.mark.parametrize(
    "name", ["ses004", "no-sessions-in-a-relational-database", "No-Sessions-in-a-Relational-Database"]
)
def test_a_rule_is_found_by_id_and_slug_in_any_case(name: str, vger: Vger) -> None:
    assert vger.json("explain", name)["id"] == "SES004"


def test_several_rules_are_told_in_the_order_asked_for_and_each_once(vger: Vger) -> None:
    records = vger.json("explain", "SES002", "ses001", "SES002", "no-sessions-in-a-relational-database")
    assert [record["id"] for record in records] == ["SES002", "SES001", "SES004"]


def test_json_has_every_field_of_the_record(vger: Vger, catalog: Catalog) -> None:
    record = vger.json("explain", "CAC001")
    fields = catalog.rules["CAC001"].model_dump(mode="json")
    assert {name: record[name] for name in fields} == fields


def test_markdown_says_the_same_to_an_independent_reader(vger: Vger, catalog: Catalog) -> None:
    text = "\n".join(vger.lines("explain", *catalog.rules, "--format", "markdown"))
    html = MarkdownIt("commonmark", {"html": False})
    tokens = html.parse(text)
    after = list(pairwise(tokens))
    titles = [_shown(inline) for token, inline in after if (token.type, token.tag) == ("heading_open", "h1")]
    assert titles == [f"{rule.id} {rule.title}" for rule in catalog.rules.values()]
    parts = [inline.content for token, inline in after if (token.type, token.tag) == ("heading_open", "h2")]
    assert [part for part in parts if part != "Example"] == HEADINGS * len(catalog.rules)
    said = {_shown(token) for token in tokens if token.type == "inline"}
    for rule in catalog.rules.values():
        for prose in (rule.statement, rule.why, *rule.how, *rule.evidence, *rule.exceptions):
            assert prose.replace("`", "") in said
    code = [token.content for token in tokens if token.type == "fence"]
    assert code == [f"{rule.example.code.rstrip()}\n" for rule in catalog.rules.values() if rule.example]


def _shown(inline: object) -> str:
    """Return the text that a reader of the page sees."""
    return "".join(child.content for child in getattr(inline, "children", None) or [])


def test_a_retired_rule_says_what_replaced_it(vger: Vger) -> None:
    told = _flat(vger.lines("explain", "TOO003", *SMALL))
    assert "retired in edition 2024.01" in told
    assert "Nobody did." in told
    assert "Replaced by - TOO002 Keep the hammer dry" in told
    assert vger.json("explain", "burn-the-nails", *SMALL)["replaced_by"] == ["TOO002"]


def test_an_unknown_rule_is_refused_with_names_near_it(vger: Vger) -> None:
    assert (
        vger.refused("explain", "SES04")
        == "Error: there is no rule 'SES04'; did you mean SES004 or SES003 or SES002?\n"
    )
    message = vger.refused("explain", "SES004", "qqqqqq", "no-sessions-in-a-database")
    assert "there is no rule 'qqqqqq'; 'vger rules' lists them all" in message
    assert "did you mean no-sessions-in-a-relational-database" in message


def test_a_rule_has_to_be_named(vger: Vger) -> None:
    assert "Missing argument 'RULE...'" in vger.refused("explain")
