"""Texts that would steer whoever shows them (tests/examples/attack/texts.yml): wherever they come from, they are shown.

What each format makes of such texts in each of its fields is tested with the formats.
"""

import csv
import io
import json
import re
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import docx
import openpyxl
import pytest
import yaml
from junitparser import JUnitXml
from selectolax.lexbor import LexborHTMLParser

from tests.attack.test_names import COMMAND, KEY
from tests.checks.repositories import Scratch
from tests.cli.vger_process import Vger
from tests.conftest import EXAMPLES, ROOT
from tests.output.reviews.markup import MENTIONS, tokens
from tests.reviews.fixtures_reviews import NOW
from vger_guide.catalog.loader import load
from vger_guide.output.reviews.formats import load_format
from vger_guide.reviews import store
from vger_guide.reviews.context import ReviewContext
from vger_guide.reviews.models import Review

pytestmark = pytest.mark.slow

CASES = yaml.safe_load((EXAMPLES / "attack" / "texts.yml").read_text(encoding="utf-8"))
TEXTS = [each["text"] for each in CASES]
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")
PORTFOLIO = "title: Ours\nrepositories:\n  - list: list.csv\n"


def _file_name(text: str) -> str:
    return text.replace("/", "\u2215")


def _make_shop(root: Path) -> None:
    """Make a repository that has each text in a path of a finding, one of a trace, a commit, and where git takes it."""
    shop = Scratch(root)
    for text in TEXTS:
        shop.write(f"{_file_name(text)}.pem", KEY.format(text.encode().hex()))
        shop.write(f"{_file_name(text)}/requirements.txt", "redis==5.0.0\ncelery==5.4.0\n")
        shop.commit(text)
        for words in (("tag", text), ("branch", text)):
            with suppress(AssertionError):  # git refuses most
                shop.git(*words)
        shop.git("tag", re.sub(r"[^\w=+@#\u202e\u2066\u200b\uff20-]", "", text).lstrip("-@") or "tag")


def _make_report() -> dict[str, Any]:
    """Return what a tool reports: each text is its name, its version, a place, and the id and words of a finding."""
    return {"version": "2.1.0", "runs": [run for text in TEXTS for run in (_run(text, "1"), _run("Checkov", text))]}


def _run(name: str, version: str) -> dict[str, Any]:
    text = version if name == "Checkov" else name
    place = {"physicalLocation": {"artifactLocation": {"uri": f"{_file_name(text)}.pem"}, "region": {"startLine": 1}}}
    results = [{"ruleId": id_, "message": {"text": text}, "locations": [place]} for id_ in (text, "CKV_SECRET_13")]
    return {"tool": {"driver": {"name": name, "version": version}}, "results": results}


def _make_settings() -> dict[str, Any]:
    """Return what a hosting service answers: each text is the kind of a rule, and one is the name of the branch."""
    return {
        "repository": {
            "default_branch": TEXTS[0],
            "visibility": TEXTS[1],
            "security_and_analysis": {TEXTS[4]: TEXTS[5]},
        },
        "branch": {"name": TEXTS[2], "protected": True},
        "rules": [{"type": text, "ruleset_source": text} for text in TEXTS],
        "protection": {text: {"enabled": text} for text in TEXTS},
        "organisation": {"login": TEXTS[3], "two_factor_requirement_enabled": TEXTS[6]},
    }


FORMS = ("json", "markdown", "html", "annotations", "junit", "sarif", "code-scanning")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Mapping[str, str]:
    """Return what a run over all texts said on a terminal and wrote as each report."""
    folder = tmp_path_factory.mktemp("texts")
    _make_shop(folder / "shop")
    (folder / "report.sarif").write_text(json.dumps(_make_report()), encoding="utf-8")
    (folder / "forge.json").write_text(json.dumps(_make_settings()), encoding="utf-8")
    vger = Vger(folder, cache)
    reports = [word for form in FORMS for word in ("--report", f"{form}=out.{form}")]
    done = vger("check", "shop", "--all", "--evidence", "report.sarif", "--forge", "forge.json", *reports)
    assert (done.returncode, done.stderr) == (1, "")
    return {"terminal": done.stdout, **{form: (folder / f"out.{form}").read_text("utf-8") for form in FORMS}}


def test_each_text_is_the_path_of_a_finding_and_some_are_of_traces(written: Mapping[str, str]) -> None:
    results = json.loads(written["json"])["results"]
    paths = {kind: set(_paths(results, kind)) for kind in ("fail", "manual")}
    assert {f"{_file_name(text)}.pem" for text in TEXTS} <= paths["fail"]
    assert paths["manual"]


def _paths(results: list[dict[str, Any]], outcome: str) -> Iterator[str]:
    return (each["path"] for result in results if result["outcome"] == outcome for each in result["findings"])


@pytest.mark.parametrize("form", ["terminal", *FORMS])
def test_no_report_holds_what_is_not_seen_or_steers(written: Mapping[str, str], form: str) -> None:
    assert [sign for sign in written[form] if not sign.isprintable() and sign != "\n"] == []


def test_no_line_on_a_terminal_is_a_command_of_a_log(written: Mapping[str, str]) -> None:
    assert not COMMAND.search(written["terminal"])
    for line in written["annotations"].splitlines():
        assert line.startswith(("::error ", "::warning ", "::notice ", "vger: "))
        assert "##[" not in line


def test_no_text_is_markup(written: Mapping[str, str]) -> None:
    marks = tokens(written["markdown"])
    raw = [each.content for each in marks if each.type in ("html_inline", "html_block")]
    assert [each for each in raw if re.search("<(?!/?(details|summary|br)\\b)", each)] == []
    assert [each.content for each in marks if each.type == "text" and MENTIONS.search(each.content)] == []
    _require_own_links(str(each.attrs["href"]) for each in marks if each.type == "link_open")
    page = LexborHTMLParser(written["html"])
    assert page.css("script, img, svg[onload], iframe, object, embed, form") == []
    assert [name for node in page.css("*") for name in node.attributes if name.startswith("on")] == []
    _require_own_links(str(node.attributes["href"]) for node in page.css("[href]"))


def _require_own_links(links: Iterable[str]) -> None:
    assert [link for link in links if not link.startswith(("https://vger-guide.example/", "#"))] == []


def test_reports_for_programs_are_whole(written: Mapping[str, str]) -> None:
    assert len(JUnitXml.fromstring(written["junit"].encode()))
    for form in ("sarif", "code-scanning"):
        runs = json.loads(written[form])["runs"]
        found = [each["physicalLocation"] for run in runs for result in run["results"] for each in result["locations"]]
        uris = [each["artifactLocation"]["uri"] for each in found]
        assert len(uris) >= len(TEXTS)
        assert [uri for uri in uris if urlsplit(uri).scheme or urlsplit(uri).netloc or uri.startswith("/")] == []


def test_a_review_that_took_them_in_goes_out_as_text(vger: Vger, written: Mapping[str, str]) -> None:
    """What a hostile repository brought into a review is in its spreadsheets and documents, and is no formula there."""
    results = json.loads(written["json"])["results"]
    vger.lines("review", "new", "review.json", "--profile", "api", "--target", "Shop")
    review = store.load(vger.folder / "review.json")
    places = [each[:400] for each in (*_paths(results, "fail"), *_paths(results, "manual")) if each]
    said = {"at": NOW, "places": places[:50], "traces": [{"description": each, "path": each} for each in places[:50]]}
    outcomes = {rule.id: {"shop": {**said, "outcome": "manual"}} for rule in _context(review).rules}
    context = _context(Review.model_validate({**review.model_dump(by_alias=True), "outcomes": outcomes}))
    cells = [cell for row in csv.reader(io.StringIO(_write("csv", context).decode("utf-8-sig"))) for cell in row]
    assert [cell for cell in cells if cell.startswith(FORMULA)] == []
    book = openpyxl.load_workbook(io.BytesIO(_write("xlsx", context)))
    formulas = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert formulas
    assert [each for each in formulas if re.search("evil|cmd|SUM\\(1", each)] == []
    document = docx.Document(io.BytesIO(_write("docx", context)))
    assert [
        part.target_ref for part in document.part.rels.values() if part.is_external and "evil" in part.target_ref
    ] == []


def _context(review: Review) -> ReviewContext:
    return ReviewContext(load(ROOT / "checklists"), review, NOW.date())


def _write(form: str, context: ReviewContext) -> bytes:
    return load_format(form).write(context)


def test_an_organisation_and_a_waiver_hold_plain_text(vger: Vger) -> None:
    """Every text is refused in words, or is one that does nothing where plain text stands; all are told at once."""
    shop = vger.folder / "shop"
    (shop / "own").mkdir(parents=True)
    waivers = [{"rule": "VER010", "owner": "Ann", "until": "2099-01-01", "reason": text} for text in TEXTS]
    (shop / ".vger.yml").write_text(yaml.safe_dump({"waivers": waivers}), encoding="utf-8")
    _require_told(vger("check", "shop", "--rule", "VER006"), "waivers.{}.reason: ")
    tightened = [{"rule": "CAC001", "level": "must", "reason": text} for text in TEXTS]
    own = {"organisation": "Ours", "reviewed": "2026-11-23", "tightened": tightened}
    (shop / "own" / "extends.yml").write_text(yaml.safe_dump(own), encoding="utf-8")
    (shop / ".vger.yml").write_text("extends: own\n", encoding="utf-8")
    _require_told(vger("check", "shop", "--rule", "VER006"), "tightened.{}.reason: ")


def _require_told(done: "subprocess.CompletedProcess[str]", place: str) -> None:
    assert done.returncode == 2
    assert [sign for sign in done.stderr if not sign.isprintable() and sign != "\n"] == []
    for number, case in enumerate(CASES):
        told = [line for line in done.stderr.splitlines() if place.format(number) in line]
        assert (case["in_rules"] in told[0]) if case["in_rules"] else not told, (case, told)


def test_names_of_a_portfolio_are_text_in_its_pages_data_and_reports(vger: Vger) -> None:
    names = [case["text"] for case in CASES if "character" not in case["in_rules"]]
    file = io.StringIO()
    csv.writer(file).writerows(
        [["repository", "name", "owner", "unit"], *([f"{n}", name, name, name] for n, name in enumerate(names))]
    )
    (vger.folder / "list.csv").write_text(file.getvalue(), encoding="utf-8")
    (vger.folder / "portfolio.yml").write_text(PORTFOLIO, encoding="utf-8")
    assert vger("portfolio", "run", "portfolio.yml", "--into", "out", "--jobs", "1").returncode == 1
    out = vger.folder / "out"
    for path in (out / "data").glob("*.csv"):
        rows = csv.reader(io.StringIO(path.read_text(encoding="utf-8")))
        assert [cell for row in rows for cell in row if cell.startswith(FORMULA)] == [], path.name
    pages = list((out / "site").rglob("*.html"))
    assert len(pages) > len(names)
    for path in pages:
        page = LexborHTMLParser(path.read_text(encoding="utf-8"))
        assert page.css("img, svg[onload], iframe") == []
        assert [name for node in page.css("*") for name in node.attributes if name.startswith("on")] == []
        scripts = [node.text() for node in page.css("script")]
        assert [text for text in scripts if "<img" in text or "<svg" in text or "-->" in text] == []
    report = vger("portfolio", "report", "portfolio.yml", "--into", "out").stdout
    issue = vger("portfolio", "issue", "portfolio.yml", "--into", "out", "--forge", "github:a/b", "--dry-run").stdout
    for text in (report, issue.partition("\n\n")[2]):
        assert not COMMAND.search(text)
    marks = tokens(report)
    assert [each.content for each in marks if each.type in ("html_inline", "html_block", "image")] == []
    vger("portfolio", "report", "portfolio.yml", "--into", "out", "--format", "xlsx", "--output", "out.xlsx")
    book = openpyxl.load_workbook(vger.folder / "out.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {str(cell.value) for cell in cells} >= {name for name in names if name.isprintable()}
    assert [cell.value for cell in cells if cell.data_type == "f" or cell.hyperlink] == []
