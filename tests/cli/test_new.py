"""`vger new` writes records that are valid at once, and nothing else."""

import re
import shutil
from pathlib import Path

import pytest

from tests.checks.test_samples import to_tree
from tests.cli.vger_process import Vger
from tests.conftest import ROOT
from vger_guide.authoring.add import add_check
from vger_guide.authoring.check_skeletons import SKELETONS
from vger_guide.authoring.skeletons import find_todos
from vger_guide.catalog.catalog import Catalog
from vger_guide.catalog.loader import load
from vger_guide.catalog.rule_facts import rule_facts
from vger_guide.catalog.rule_pages import render_rule_page
from vger_guide.checks.plan import plan
from vger_guide.checks.results import CheckOutcome, RuleFacts
from vger_guide.checks.runner import run_checks
from vger_guide.matchers import matcher_names

pytestmark = pytest.mark.slow

TITLE = ("--title", "Name the session cookie", "--level", "should")


@pytest.fixture
def guide(tmp_path: Path) -> Path:
    """Return a copy of the project's checklists/, beside a copy of the rules' pages."""
    shutil.copytree(ROOT / "docs" / "rules", tmp_path / "docs" / "rules")
    return Path(shutil.copytree(ROOT / "checklists", tmp_path / "checklists"))


def _new(vger: Vger, *arguments: str) -> list[str]:
    return vger.lines("new", "--catalog", "checklists", *arguments)


def _state(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_a_rule_comes_last_in_its_section_with_the_next_id(vger: Vger, guide: Path, catalog: Catalog) -> None:
    before = (guide / "rules" / "sessions.yml").read_bytes()
    said = _new(vger, "rule", "2.3.1", *TITLE, "--severity", "low", "--profile", "API")
    assert said[:2] == ["Wrote checklists/rules/sessions.yml", "Wrote docs/rules/name-the-session-cookie.md"]
    assert vger.lines("validate", "checklists")
    ids = [int(rule.id[3:]) for rule in catalog.known_rules if rule.id.startswith("SES")]
    rule = load(guide).rulesets["2.3.1"].rules[-1]
    assert (rule.id, rule.slug, rule.title) == (f"SES{max(ids) + 1:03}", "name-the-session-cookie", TITLE[1])
    assert (rule.level, rule.severity, rule.applies_to) == ("should", "low", ["api"])
    after = (guide / "rules" / "sessions.yml").read_bytes()
    assert after.startswith(before), "the other bytes stay"
    page = guide.parent / "docs" / rule.page
    assert page.read_text(encoding="utf-8") == render_rule_page(rule)


def test_a_rule_is_put_before_what_follows_the_rules_and_behind_retired_ids(vger: Vger, small_catalog: Path) -> None:
    path = small_catalog / "rules" / "tools.yml"
    text = path.read_text(encoding="utf-8")
    said = _new(vger, "rule", "2.1", *TITLE)
    after = path.read_text(encoding="utf-8")
    head, tail = text[: text.index("retired:")], text[text.index("retired:") :]
    assert after.startswith(head)
    assert after.endswith(tail)
    assert said[0] == "Wrote checklists/rules/tools.yml"
    assert said[1].startswith("TOO004 was added."), "TOO003 is retired, and its id stays taken"
    assert load(small_catalog).rulesets["2.1"].rules[-1].id == "TOO004"


@pytest.mark.parametrize("style", ["windows", "no-newline", "no-indent", "comments", "block-text", "empty-lines"])
def test_other_styles_of_the_same_file_are_kept(style: str, vger: Vger, small_catalog: Path) -> None:
    path = small_catalog / "rules" / "tools.yml"
    head, rules, retired = re.split("(?<=\n)(?:rules|retired):\n", path.read_text(encoding="utf-8"))
    text = f"{head}retired:\n{retired}rules:\n{rules}"
    styled = {
        "windows": text.replace("\n", "\r\n"),
        "no-newline": text.rstrip("\n"),
        "no-indent": text.replace("\n  ", "\n"),
        "comments": text + "# the end\n",
        "block-text": text.replace("    automation: none\n", "    automation: >-\n      none\n\n\n"),
        "empty-lines": text.replace("  - id: TOO002", "\n  - id: TOO002") + "\n\n",
    }[style].encode()
    path.write_bytes(styled)
    _new(vger, "rule", "2.1", *TITLE)
    after = path.read_bytes()
    assert load(small_catalog).rulesets["2.1"].rules[-1].title == TITLE[1]
    start = next(i for i in range(len(after)) if i >= len(styled) or after[i] != styled[i])
    added = len(after) - len(styled)
    assert styled == after[:start] + after[start + added :], "one piece was put in, and nothing else changed"
    assert after.count(b"\r\n") == (after.count(b"\n") if style == "windows" else 0)


def test_the_first_rule_of_a_section_begins_a_file(vger: Vger, small_catalog: Path) -> None:
    assert "with --prefix" in vger.refused("new", "--catalog", "checklists", "rule", "2", *TITLE)
    assert "belongs to section 2.1" in vger.refused(
        "new", "--catalog", "checklists", "rule", "2", *TITLE, "--prefix", "TOO"
    )
    said = _new(vger, "rule", "2", *TITLE, "--prefix", "PRI")
    assert said[0] == "Wrote checklists/rules/principles.yml"
    assert load(small_catalog).rulesets["2"].rules[0].id == "PRI001"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["rule", "2.3.1", "--title", "Back up at least daily", "--level", "must"], "daily' is taken by"),
        (["rule", "2.3.1", *TITLE, "--slug", "Not A Slug"], "'Not A Slug' is not a name for a record"),
        (["rule", "2.3.1", *TITLE, "--slug", "../../out"], "'../../out' is not a name for a record"),
        (["rule", "2.3.1", "--title", "???", "--level", "must"], "is not a name for a record; choose one with --slug"),
        (["rule", "2.3.1", "--title", "x " * 40, "--level", "must", "--slug", "x"], "checklists/rules/sessions.yml:"),
        (["rule", "2.3.1", "--title", "a\x1b[31mred", "--level", "must"], "holds the character '\\x1b'"),
        (["rule", "2.3.1", "--title", "<b>Bold</b>", "--level", "must"], "holds markup"),
        (["rule", "2.3.1", *TITLE, "--prefix", "ABC"], "the ids of that section begin with SES"),
        (["rule", "9.9", *TITLE], "there is no section '9.9'"),
        (["rule", "2.3.1", *TITLE, "--profile", "game"], "there is no profile 'game'"),
        (["rule", "2.3.1", "--title", "No level"], "Missing option '--level'"),
        (["row", "session-frameworks", "--name", "Django"], "the id 'django' is taken by a row of session-frameworks"),
        (["row", "frameworks", "--name", "Gin"], "there is no table 'frameworks'"),
        (["row", "code-analysis", "--name", "Ruff", "--site", "javascript:alert(1)"], "is not a web address"),
        (["table", "code-analysis", "--section", "2.3", "--title", "T"], "the table 'code-analysis' already exists"),
        (["table", "../x", "--section", "2.3", "--title", "T"], "'../x' is not a name for a record"),
        (["table", "queues", "--section", "7", "--title", "T"], "there is no section '7'"),
    ],
)  # fmt: skip
def test_what_would_be_wrong_is_refused_and_nothing_is_written(
    arguments: list[str], message: str, vger: Vger, guide: Path
) -> None:
    before = _state(guide.parent)
    assert message in vger.refused("new", "--catalog", "checklists", *arguments)
    assert _state(guide.parent) == before


def test_a_page_of_no_rule_is_not_overwritten(vger: Vger, guide: Path) -> None:
    page = guide.parent / "docs" / "rules" / "name-the-session-cookie.md"
    page.write_text("mine\n", encoding="utf-8")
    before = _state(guide.parent)
    assert "already exists" in vger.refused("new", "--catalog", "checklists", "rule", "2.3.1", *TITLE)
    assert _state(guide.parent) == before


def test_data_with_problems_is_not_added_to(vger: Vger, guide: Path) -> None:
    with (guide / "tables" / "code-analysis.yml").open("a", encoding="utf-8") as file:
        file.write("surplus: 1\n")
    before = _state(guide.parent)
    assert "surplus" in vger.refused("new", "--catalog", "checklists", "rule", "2.3.1", *TITLE)
    assert _state(guide.parent) == before


def test_a_list_in_brackets_is_refused(vger: Vger, small_catalog: Path) -> None:
    path = small_catalog / "tables" / "tools.yml"
    row = '{id: saw, name: Saw, verdicts: [{since: "2023-09", verdict: use}], reviewed: "2024-01-01", '
    row += 'sites: [{label: Saw, address: "https://saw.example/"}]}'
    head = 'id: tools\ntitle: Tools\nsection: "2.1"\nnoun: Tool\n'
    path.write_text(f"{head}rows: [{row}]\n", encoding="utf-8")
    assert "write one item per line" in vger.refused("new", "--catalog", "checklists", "row", "tools", "--name", "Axe")


def test_a_row_comes_last_in_its_table_with_the_columns_of_the_table(vger: Vger, guide: Path) -> None:
    path = guide / "tables" / "session-frameworks.yml"
    before = path.read_bytes()
    _new(vger, "row", "session-frameworks", "--name", "Gin: sessions, yes", "--verdict", "watch", "--id", "gin")
    assert path.read_bytes().startswith(before)
    table = load(guide).tables["session-frameworks"]
    row = table.rows[-1]
    assert (row.id, row.name, row.verdict) == ("gin", "Gin: sessions, yes", "watch")
    assert list(row.facts) == [column.id for column in table.columns]


def test_a_row_has_no_verdict_unless_one_is_given(vger: Vger, guide: Path) -> None:
    _new(vger, "row", "code-analysis", "--name", "Null", "--site", "https://ruff.example/")
    row = load(guide).tables["code-analysis"].rows[-1]
    assert (row.id, row.name, row.verdict, row.sites[0].address) == ("null", "Null", None, "https://ruff.example/")


def test_a_table_is_a_new_file_with_a_first_row(vger: Vger, guide: Path) -> None:
    said = _new(
        vger, "table", "queues", "--section", "2.3", "--title", "Message queues", "--noun", "Broker", "--row", "Ox"
    )
    assert said[0] == "Wrote checklists/tables/queues.yml"
    assert vger.lines("validate", "checklists")
    table = load(guide).tables["queues"]
    assert (table.section, table.title, table.noun) == ("2.3", "Message queues", "Broker")
    assert [row.id for row in table.rows] == ["ox"]


def test_what_is_still_to_be_written_is_told_until_it_is_written(vger: Vger, guide: Path) -> None:
    rule = _new(vger, "rule", "2.3.1", *TITLE)[-1].split()[0]
    _new(vger, "row", "code-analysis", "--name", "Ruff")
    _new(vger, "table", "queues", "--section", "2.3", "--title", "Message queues", "--noun", "Broker")
    left = [f"Still to be written (TODO): {rule}, queues-first-row, ruff."]
    assert vger.lines("validate", "checklists")[1:] == left
    files = [
        guide / "rules" / "sessions.yml",
        *(guide / "tables" / f"{name}.yml" for name in ("code-analysis", "queues")),
    ]
    _replaced(files, "TODO: ", 'Never leave \\"TODO: later\\" in code: ')
    assert vger.lines("validate", "checklists")[1:] == ["Still to be written (TODO): queues-first-row, ruff."]
    _replaced(files, "https://todo.example/", "https://queue.example/")
    assert vger.lines("validate", "checklists")[1:] == ["Still to be written (TODO): queues-first-row."]
    _replaced(files, ": TODO\n", ": Queue\n")
    assert vger.lines("validate", "checklists")[1:] == []


def _replaced(files: list[Path], old: str, new: str) -> None:
    for path in files:
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def test_without_docs_beside_it_a_rule_has_no_page(vger: Vger, small_catalog: Path) -> None:
    _new(vger, "rule", "2.1", *TITLE)
    assert not (small_catalog.parent / "docs").exists()


def test_an_organisation_adds_its_rules_in_its_own_folder(vger: Vger, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "extends.yml").write_text('organisation: Example\nreviewed: "2026-11-23"\n', encoding="utf-8")
    assert (
        vger.lines("new", "--catalog", "own", "rule", "2.3.1", *TITLE, "--prefix", "OWN")[0]
        == "Wrote own/rules/sessions.yml"
    )
    assert vger.json("explain", "OWN001", "--catalog", "own")["section"] == "2.3.1"
    first = (own / "rules" / "sessions.yml").read_text(encoding="utf-8").splitlines()[0]
    assert first == 'section: "2.3.1"', "no schema stands beside it"
    message = vger.refused("new", "--catalog", "own", "rule", "2.2", *TITLE, "--prefix", "SES", "--slug", "other")
    assert "the prefix SES belongs to section 2.3.1" in message
    assert "holds no tables" in vger.refused("new", "--catalog", "own", "row", "code-analysis", "--name", "Ruff")


def test_a_check_of_every_matcher_is_added_to_a_rule_and_holds_for_its_own_samples(
    vger: Vger, small_catalog: Path
) -> None:
    path = small_catalog / "rules" / "tools.yml"
    text = path.read_text(encoding="utf-8")
    assert sorted(SKELETONS) == matcher_names()
    said = _new(vger, "check", "TOO002", "--matcher", "code")
    assert said == [
        "Wrote checklists/rules/tools.yml",
        "A check of TOO002 was added. Now replace each TODO, and run 'vger validate'.",
    ]
    done = vger("new", "--catalog", "checklists", "check", "TOO002", "--matcher", "paths")
    assert (done.returncode, done.stderr) == (2, "Error: TOO002 already has a check; change that\n")
    for matcher in SKELETONS:
        path.write_text(text, encoding="utf-8")
        add_check(small_catalog, "TOO002", matcher)
        after = load(small_catalog)
        rule = after.rules["TOO002"]
        assert rule.check
        assert (rule.automation, rule.check.preview) == ("assisted", True)
        for outcome, samples in (
            (CheckOutcome.PASS, rule.check.samples.passing),
            (CheckOutcome.FAIL, rule.check.samples.failing),
        ):
            [found], _ = run_checks(
                plan([(RuleFacts(**rule_facts(after, rule)), rule.check.plain())]), to_tree(samples[0])
            )
            assert found.outcome is outcome, (matcher, found.reason)
        assert "TOO002" in find_todos(after)
