"""A review at the command line goes out in every form, and comes back with what people wrote."""

import re
from pathlib import Path

import openpyxl
import pytest

from tests.cli.vger_process import Vger
from vger_guide.output.reviews.formats import format_names
from vger_guide.reviews import store
from vger_guide.reviews.models import Review, Value

pytestmark = pytest.mark.slow


def _review(desk: Path) -> Review:
    return store.load(desk / "review.json")


@pytest.mark.parametrize("name", format_names())
def test_a_review_is_written_in_every_form_the_same_each_time(name: str, vger: Vger, desk: Path) -> None:
    vger.lines("review", "answer", "review.json", "VER010", "met", "--target", "till")
    for file in ("one", "two"):
        vger.lines("review", "export", "review.json", name, "--today", "2030-01-31", "--output", file)
    assert (desk / "one").read_bytes() == (desk / "two").read_bytes() != b""
    assert "already exists" in vger.refused("review", "export", "review.json", name, "--output", "one")
    before = (desk / "review.json").read_bytes()
    assert "review itself" in vger.refused(
        "review", "export", "review.json", name, "--output", "review.json", "--force"
    )
    assert (desk / "review.json").read_bytes() == before


def test_a_workbook_comes_back_with_what_people_wrote(vger: Vger, desk: Path) -> None:
    vger.lines("review", "export", "review.json", "xlsx", "--output", "review.xlsx")
    book = openpyxl.load_workbook(desk / "review.xlsx")
    sheet = book["Web shop"]
    heads = {cell.value: cell.column for row in sheet.iter_rows(max_row=10) for cell in row if cell.value}
    row = next(cell.row for (cell,) in sheet.iter_rows(max_col=1) if cell.value == "VER010")
    sheet.cell(row, heads["Answer"]).value = "Partly met"
    sheet.cell(row, heads["Comment"]).value = "Only the old part."
    book.save(desk / "review.xlsx")
    before = (desk / "review.json").read_bytes()
    shown = vger.lines("review", "import", "review.json", "review.xlsx", "--dry-run")
    assert (desk / "review.json").read_bytes() == before
    head = "VER010 Keep credentials out of source control (Web shop): Unanswered -> Partly met"
    assert shown[0].startswith(head)
    assert shown[-1] == "review.json: 1 answer would change."
    assert vger.lines("review", "import", "review.json", "review.xlsx")[-1] == "review.json: 1 answer changed."
    assert _review(desk).answers["VER010"]["web-shop"].value is Value.PARTIAL
    before = (desk / "review.json").read_bytes()
    assert vger.lines("review", "import", "review.json", "review.xlsx") == ["review.json: 0 answers changed."]
    assert (desk / "review.json").read_bytes() == before, "nothing is written where nothing changes"


def _fill(source: Path, into: Path, **cells: str | None) -> None:
    """Save a workbook under another name with cells changed; a cell is named as `E4`."""
    book = openpyxl.load_workbook(source)
    for place, value in cells.items():
        book["Web shop"][place] = value
    book.save(into)


def test_workbooks_that_went_round_come_back_without_a_loss(vger: Vger, desk: Path) -> None:
    vger.lines("review", "export", "review.json", "xlsx", "--output", "mail.xlsx")
    _fill(desk / "mail.xlsx", desk / "alice.xlsx", E4="Met", F4="All of it.", E5="Not met")
    _fill(desk / "mail.xlsx", desk / "bob.xlsx", E5="Met", E6="Partly met")
    assert vger.lines("review", "import", "review.json", "alice.xlsx", "--by", "Alice")[-1].endswith(
        "also changed: people."
    )
    bob = vger("review", "import", "review.json", "bob.xlsx", "--by", "Bob")
    assert bob.returncode == 1
    assert re.search(r"Conflict: \w+ .+ \(Web shop\), answer: here Not met, in the file Met", bob.stdout)
    assert (
        "review.json: 1 answer changed; also changed: people; 1 conflict, resolve with 'vger review decide'."
        in " ".join(bob.stdout.split())
    )
    values = {rule: (by["web-shop"].value, by["web-shop"].by) for rule, by in _review(desk).answers.items()}
    assert sorted(values.values()) == [(Value.MET, "alice"), (Value.NOT_MET, "alice"), (Value.PARTIAL, "bob")]

    vger.lines("review", "export", "review.json", "xlsx", "--output", "later.xlsx")
    _fill(desk / "later.xlsx", desk / "emptied.xlsx", E4="Unanswered", F4=None)
    before = (desk / "review.json").read_bytes()
    held = vger("review", "import", "review.json", "emptied.xlsx")
    assert (held.returncode, (desk / "review.json").read_bytes()) == (1, before)
    assert "2 losses held back, take with --accept-losses" in " ".join(held.stdout.split())
    vger.lines("review", "import", "review.json", "emptied.xlsx", "--accept-losses")
    assert not {Value.MET} & {by["web-shop"].value for by in _review(desk).answers.values()}


def test_a_workbook_alone_opens_as_a_review(vger: Vger, desk: Path) -> None:
    vger.lines("review", "export", "review.json", "xlsx", "--output", "mail.xlsx")
    _fill(desk / "mail.xlsx", desk / "alice.xlsx", E4="Met")
    assert "with --new" in vger.refused("review", "import", "none.json", "alice.xlsx")
    assert "already exists" in vger.refused("review", "import", "--new", "review.json", "alice.xlsx")
    vger.lines("review", "import", "--new", "fresh.json", "alice.xlsx")
    old, fresh = _review(desk), store.read((desk / "fresh.json").read_bytes())
    assert (fresh.id, fresh.title, fresh.targets) == (old.id, old.title, old.targets)
    assert [by["web-shop"].value for by in fresh.answers.values()] == [Value.MET]
    vger.lines("export", "xlsx", "--output", "checklist.xlsx")
    ids = set()
    for name in ("one.json", "two.json"):
        vger.lines("review", "import", "--new", name, "checklist.xlsx")
        ids.add(store.read((desk / name).read_bytes()).id)
    assert len(ids) == 2, "each review made of a checklist is one of its own"
    (desk / "sheet.ods").write_bytes(b"PK")
    assert "save it as .xlsx" in vger.refused("review", "import", "review.json", "sheet.ods")
    for name in ("review.csv", "review.jira.csv", "review.html"):
        (desk / name).write_bytes(b"Rule,Answer\n")
        assert "export the review as xlsx, fill that in" in vger.refused("review", "import", "review.json", name)


def test_a_copy_that_differs_is_a_conflict_and_unknown_rules_are_named(vger: Vger, desk: Path) -> None:
    vger.lines("review", "answer", "review.json", "VER010", "met", "--target", "till")
    copy = (desk / "review.json").read_text(encoding="utf-8").replace('"met"', '"partial"')
    (desk / "copy.json").write_text(
        copy.replace(
            '"answers": {',
            '"answers": {"XYZ999": {"till": {"revision": 1, "text_hash": "0123456789abcdef", "value": "met"}},',
        ),
        encoding="utf-8",
    )
    done = vger("review", "import", "review.json", "copy.json")
    assert done.returncode == 1
    assert _review(desk).answers["VER010"]["till"].value is Value.MET
    assert "1 answer to rules that this edition does not know: XYZ999" in " ".join(done.stderr.split())


def test_ticks_come_back(vger: Vger, desk: Path) -> None:
    vger.lines("review", "export", "review.json", "tasks", "--output", "issue.md")
    text = (desk / "issue.md").read_text(encoding="utf-8")
    (desk / "issue.md").write_text(text.replace("- [ ]", "- [x]", 1), encoding="utf-8")
    assert "choose one with --format" in vger.refused("review", "import", "review.json", "issue.md")
    assert len(vger.lines("review", "import", "review.json", "issue.md", "--format", "tasks")) == 2
    assert [answer.value for by in _review(desk).answers.values() for answer in by.values()] == [Value.MET]


def test_a_form_with_a_problem_is_not_taken_at_all(vger: Vger, desk: Path) -> None:
    vger.lines("review", "export", "review.json", "tasks", "--output", "issue.md")
    text = (desk / "issue.md").read_text(encoding="utf-8").replace("- [ ]", "- [x]", 2)
    spoilt = text.replace("vger VER001 r1", "vger VER001 r99").replace("vger VER002 r1", "vger VER998 r1")
    (desk / "issue.md").write_text(spoilt.replace("- [ ]", "- [x]"), encoding="utf-8")
    before = (desk / "review.json").read_bytes()
    said = vger.refused("review", "import", "review.json", "issue.md", "--format", "tasks").splitlines()
    assert len(said) >= 2, "all problems at once"
    assert all("issue.md: line " in line for line in said)
    assert (desk / "review.json").read_bytes() == before


def test_a_copy_brings_everything_that_it_says(vger: Vger, desk: Path) -> None:
    vger.lines("review", "answer", "review.json", "VER010", "met", "--target", "till", "--by", "Ada")
    vger.lines("review", "export", "review.json", "json", "--output", "copy.json")
    vger.lines("review", "answer", "copy.json", "VER010", "--target", "till", "--by", "Bo")
    [said] = vger.lines("review", "import", "review.json", "copy.json")
    assert said == "review.json: 0 answers changed; also changed: people."
    assert _review(desk).answers["VER010"]["till"].by == "bo"


def test_the_copy_of_another_review_is_refused(vger: Vger, desk: Path) -> None:
    vger.lines("review", "new", "other.json")
    before = (desk / "review.json").read_bytes()
    assert "is not a copy of" in vger.refused("review", "import", "review.json", "other.json")
    assert (desk / "review.json").read_bytes() == before
