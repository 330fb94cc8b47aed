"""`vger export`: an empty checklist in every form, the same each time, and never over a file that is there."""

import csv
import io
import os
import subprocess
from pathlib import Path

import openpyxl
import pytest

from tests.cli.vger_process import SECONDS, Vger, environment
from vger_guide.output.reviews.formats import format_names, importable_formats
from vger_guide.reviews import store

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("name", format_names())
def test_an_empty_checklist_is_written_in_every_form_the_same_each_time(name: str, vger: Vger) -> None:
    for file in ("one", "two"):
        [said] = vger.lines("export", name, "--chapter", "3", "--output", file)
        assert said == f"Wrote {file}: {(vger.folder / file).stat().st_size:,} bytes."
    first = (vger.folder / "one").read_bytes()
    assert first == (vger.folder / "two").read_bytes() != b""
    told = "no open actions, the chapter only, or compressed"
    assert b"VER0" in first or name in ("jira", "json", "template", "xlsx", "docx", "pdf"), told


@pytest.mark.parametrize("name", [name for name in importable_formats() if name != "json"])
def test_an_empty_checklist_comes_back_without_an_answer(name: str, vger: Vger) -> None:
    vger.lines("review", "new", "--chapter", "3", "--target", "System")
    vger.lines("review", "export", "review.json", name, "--output", "empty")
    assert vger.lines("review", "import", "review.json", "empty", "--format", name)[-1].endswith("0 answers changed.")


def test_the_options_select_rules_and_name_targets(vger: Vger) -> None:
    options = ("--profile", "api", "--stage", "growing", "--workload", "oltp", "--chapter", "2")
    vger.lines("export", "csv", *options, "--target", "Shop", "--target", "Till", "--output", "api.csv")
    rows = list(csv.DictReader(io.StringIO((vger.folder / "api.csv").read_text(encoding="utf-8"))))
    asked = vger.json("rules", *options[:-2], "--section", "2")
    assert sorted(row["rule"] for row in rows if row["target"] == "till") == sorted(rule["id"] for rule in asked)
    assert {row["target_name"] for row in rows} == {"Shop", "Till"}


def test_the_workbook_opens(vger: Vger) -> None:
    vger.lines("export", "xlsx", "--target", "Shop", "--output", "shop.xlsx")
    assert "Shop" in openpyxl.load_workbook(vger.folder / "shop.xlsx").sheetnames


def test_the_json_is_a_review_that_can_be_filled_in(vger: Vger) -> None:
    vger.lines("export", "json", "--target", "Shop", "--output", "shop.json")
    vger.lines("review", "answer", "shop.json", "SES004", "met")
    assert list(store.load(vger.folder / "shop.json").answers) == ["SES004"]


def test_a_file_that_is_there_is_written_over_by_force_only(vger: Vger) -> None:
    (vger.folder / "kept.csv").write_text("mine", encoding="utf-8")
    assert "--force" in vger.refused("export", "csv", "--output", "kept.csv")
    assert (vger.folder / "kept.csv").read_text(encoding="utf-8") == "mine"
    vger.lines("export", "csv", "--output", "kept.csv", "--force")
    assert (vger.folder / "kept.csv").read_text(encoding="utf-8") != "mine"


def test_a_pipe_gets_the_bytes_that_a_file_gets(vger: Vger) -> None:
    vger.lines("export", "xlsx", "--chapter", "3", "--output", "three.xlsx")
    command = vger.command("export", "xlsx", "--chapter", "3")
    done = subprocess.run(
        command, cwd=vger.folder, env=environment(vger.cache), capture_output=True, timeout=SECONDS, check=True
    )
    assert done.stdout == (vger.folder / "three.xlsx").read_bytes()


def _on_a_terminal(folder: Path, vger: Vger, name: str) -> tuple[int, str]:
    leader, follower = os.openpty()
    done = subprocess.run(
        vger.command("export", name, "--chapter", "3"),
        cwd=folder,
        env=environment(vger.cache),
        stdout=follower,
        stderr=subprocess.PIPE,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    os.close(follower)
    os.close(leader)
    return done.returncode, done.stderr


def test_a_terminal_gets_no_bytes_that_are_no_text(vger: Vger) -> None:
    code, said = _on_a_terminal(vger.folder, vger, "xlsx")
    assert code == 2
    assert "--output" in said
    assert _on_a_terminal(vger.folder, vger, "jira") == (0, "")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("exel",), "'exel' is not one of"),
        (("xlsx", "--profile", "apy"), "did you mean api"),
        (("xlsx", "--chapter", "9"), "there is no chapter '9'"),
        (("xlsx", "--target", ""), "write a name"),
        (("xlsx", "--output", "no/such/folder.xlsx"), "No such file or directory"),
    ],
)
def test_what_cannot_be_written_is_said(arguments: tuple[str, ...], said: str, vger: Vger) -> None:
    assert said in vger.refused("export", *arguments)
    assert list(vger.folder.iterdir()) == []
