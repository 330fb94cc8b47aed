"""A run looks at what has changed, keeps it, and writes pages, data and reports that say only what was seen."""

import csv
import json
import re
import sqlite3
from pathlib import Path

import openpyxl
import pytest

from tests.checks.repositories import Scratch
from tests.cli.vger_process import Vger
from tests.conftest import ROOT

pytestmark = pytest.mark.slow

RUN = ("portfolio", "run", "portfolio.yml", "--jobs", "1")
PAGE = ROOT / "docs" / "portfolio.md"


def _run(vger: Vger, *more: str) -> list[str]:
    """Return what a run says; one repository of the organisation is not there."""
    done = vger(*RUN, *more)
    assert (done.returncode, done.stderr) == (1, "")
    return done.stdout.splitlines()


def test_a_run_looks_at_what_has_changed_and_shows_what_is_new_and_mended(organisation: Path, vger: Vger) -> None:
    results = organisation / "portfolio-results"
    first = _run(vger)
    assert first[1:3] == [
        "3 repositories: 2 checked now, 0 unchanged, 1 not checked.",
        "0 new failures, 0 mended, each in the last change of its repository.",
    ]
    assert first[3].startswith("gone could not be checked (failed): ")
    assert (results / ".gitignore").read_text().endswith("*\n"), "results are private"

    assert _run(vger)[1] == "3 repositories: 0 checked now, 2 unchanged, 1 not checked.", (
        "what could not be checked is tried again"
    )

    shop = Scratch(organisation / "code" / "shop")
    shop.git("rm", "-rq", "node_modules")
    shop.write("deploy/server.pem", "-----BEGIN RSA PRIVATE KEY-----\n" + "MIIEpAIBAAKCAQEA0Z3VS5JJcds3xfn\n" * 24)
    shop.commit("Deploy")
    next(results.glob("state/interface-*.json")).write_text("{", encoding="utf-8")
    assert _run(vger)[1] == "3 repositories: 2 checked now, 0 unchanged, 1 not checked.", "and what is kept no more"
    said = vger.lines("portfolio", "diff", "portfolio.yml")
    assert [line.split()[:2] for line in said[1:3]] == [["new", "VER010"], ["mended", "VER006"]]
    assert said[3:] == ["Not compared, as there is no earlier state or none now: 2 repositories."]
    assert vger.lines("portfolio", "diff", "portfolio.yml", "--since", "2020-01-01") == [
        "Not compared, as there is no earlier state or none now: 3 repositories."
    ]
    changes = (results / "site" / "changes.html").read_text(encoding="utf-8")
    assert all(words in changes for words in ("New failures in 1 repository", "VER010", "Mended in 1", "Grace</td>"))


def test_pages_escape_everything_and_ask_nobody(looked_at: Vger) -> None:
    site = looked_at.folder / "portfolio-results" / "site"
    pages = {path.relative_to(site).as_posix(): path.read_text(encoding="utf-8") for path in site.rglob("*.html")}
    assert {"index.html", "rules.html", "units.html", "changes.html", "rules/VER006.html"} <= set(pages)
    for name, page in pages.items():
        assert "Private." in page, name
        assert "default-src 'none'" in page, name
        assert "<script>alert" not in page and "Retail <b>" not in page, name
        root = site / Path(name).parent
        for target in re.findall(r'href="([^"#?]+)', page):
            assert target.startswith("https://vger-guide.example/") or (root / target).resolve().exists(), target
    shop = next(page for name, page in pages.items() if name.startswith("repositories/shop"))
    assert "node_modules/left-pad/package.json" in shop
    gone = next(page for name, page in pages.items() if name.startswith("repositories/gone"))
    assert "could not be checked" in gone
    assert "there is no such folder" in gone
    assert "Accepted by" in next(page for name, page in pages.items() if "interface" in name)


def test_the_first_page_says_which_unit_is_worst_and_what_to_mend_first(looked_at: Vger) -> None:
    site = looked_at.folder / "portfolio-results" / "site"
    index, units = (re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", _page(site, name))) for name in ("index", "units"))
    assert re.search(r"Of the units , Retail &lt;b&gt; has most to mend: .* First: VER006 .*, in 1, seen since", index)
    row = units[units.rindex("Retail") :]
    assert re.match(r"Retail &lt;b&gt; 1 1 1 \(100 %\) 0 1 \d+ VER006 Keep libraries out of source control 1 20", row)
    bars = re.findall(r"<td>(\d+)</td>\s*<td class=\"share\"><span class=\"part\"( hidden)?>", _page(site, "rules"))
    assert bars and all((of == "0") == bool(hidden) for of, hidden in bars), "no share of nothing"


def _page(site: Path, name: str) -> str:
    return (site / f"{name}.html").read_text(encoding="utf-8")


def test_the_questions_of_the_page_are_answered_by_the_data(looked_at: Vger) -> None:
    data = looked_at.folder / "portfolio-results" / "data"
    database = sqlite3.connect(":memory:")
    database.deserialize((data / "portfolio.sqlite").read_bytes())
    waiver = "INSERT INTO waivers SELECT repository, ?, rule, ?, reason, date('now', ?), state FROM waivers LIMIT 1"
    database.executemany(waiver, [(7, "Ada", "+30 days"), (8, "Cy", "-1 day"), (9, "Eve", "+91 days")])
    questions = re.findall(r"```sql title=\"[^\"]+\"\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    answers = [database.execute(question).fetchall() for question in questions]
    assert answers[0] == [("Retail <b>", 1)]
    assert [row[-1] for row in answers[1]] == ["Ada"], "neither one that has ended nor one that ends later"
    assert [row[0] for row in answers[2]] == ["gone"]
    database.rollback()
    tables = dict(re.findall(r"^\| `(\w+)` \| (.+) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE))
    document = json.loads((data / "portfolio.json").read_bytes())
    for (name,) in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'"):
        columns = [row[1] for row in database.execute(f"PRAGMA table_info({name})")]
        rows = database.execute(f"SELECT * FROM {name}").fetchall()
        assert re.findall(r"`(\w+)`", tables[name]) == columns, "the page documents the table"
        assert [tuple(row[column] for column in columns) for row in document[name]] == rows
        head, *lines = csv.reader((data / f"{name}.csv").read_text(encoding="utf-8").splitlines())
        assert head == columns
        assert len(lines) == len(rows)
    assert "'=interface" in (data / "repositories.csv").read_text(encoding="utf-8"), "no formula"
    database.close()


def test_a_unit_gets_a_report_as_markdown_or_a_workbook(looked_at: Vger) -> None:
    report = "\n".join(looked_at.lines("portfolio", "report", "portfolio.yml", "--unit", "retail <b>"))
    assert report.startswith("# Northwind &amp; sons: Retail &lt;b&gt;\n")
    assert "VER006" in report
    assert "gone" not in report
    looked_at.lines("portfolio", "report", "portfolio.yml", "--format", "xlsx", "--output", "all.xlsx")
    book = openpyxl.load_workbook(looked_at.folder / "all.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n"}, "no formula"
    assert "=interface" in [cell.value for cell in cells]
    assert "did you mean Retail <b>" in looked_at.refused("portfolio", "report", "portfolio.yml", "--unit", "Retial")


def test_a_folder_that_is_not_ours_is_left_alone(organisation: Path, vger: Vger) -> None:
    own = organisation / "portfolio-results" / "site" / "own.html"
    assert "run 'vger portfolio run portfolio.yml' first" in vger.refused("portfolio", "report", "portfolio.yml")
    own.parent.mkdir(parents=True)
    own.write_text("mine", encoding="utf-8")
    done = vger(*RUN)
    assert done.returncode == 2
    assert "vger did not make it" in done.stderr
    assert own.read_text(encoding="utf-8") == "mine"


def test_results_are_not_written_through_a_link(organisation: Path, vger: Vger) -> None:
    state, elsewhere = organisation / "portfolio-results" / "state", organisation / "elsewhere"
    elsewhere.mkdir()
    state.parent.mkdir()
    state.symlink_to(elsewhere)
    assert "state is a link, and is not followed" in vger.refused(*RUN)
    assert not list(elsewhere.iterdir())
