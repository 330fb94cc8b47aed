"""`vger diff`, `vger editions` and `vger review migrate`, as people run them."""

import json
import re
import shutil
import subprocess
from hashlib import sha256
from pathlib import Path

import pytest

from tests.cli.vger_process import Vger, environment
from tests.conftest import ROOT
from tests.editions.catalog_fixtures import begin_anew, had_verdict
from vger_guide.catalog.catalog import Catalog
from vger_guide.editions.journal import write_files

pytestmark = pytest.mark.slow

CHANGES = """edition: next
rules:
  - {id: SES004, verb: strengthened, reason: "Any `*base*` does harm.", decided: "2026-01-02"}
rows:
  - {id: neptune, verb: out, reason: Its maker shut it down., decided: "2026-01-03"}
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a copy of the guide's data, in which SES004 asks more and the verdict on Neptune is another."""
    folder = Path(shutil.copytree(ROOT / "checklists", tmp_path / "checklists"))
    begin_anew(folder)
    had_verdict(folder, "neptune", "watch")
    for path in folder.glob("*/*.yml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(r'reviewed: "[0-9-]+"', 'reviewed: "2026-11-23"', text), encoding="utf-8")
    rules = folder / "rules" / "sessions.yml"
    text = rules.read_text(encoding="utf-8")
    head, middle, rest = text.partition("statement: Sessions must never be kept in a relational database.")
    assert middle
    rest = rest.replace("revision: 1", "revision: 2", 1)
    rules.write_text(f"{head}statement: Sessions must never be kept in any database.{rest}", encoding="utf-8")
    (folder / "changes" / "next.yml").write_text(CHANGES, encoding="utf-8")
    return folder


@pytest.fixture
def review(vger: Vger, data: Path) -> Path:
    """Return a review of 2023.09, made by its own records, that has met SES004 and SES003."""
    path = data.parent / "review.json"
    vger.lines("review", "new", "--target", "shop", str(path))
    for rule in ("SES004", "SES003"):
        vger.lines("review", "answer", str(path), rule, "met")
    said = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**said, "edition": "2023.09"}), encoding="utf-8")
    return path


def test_the_differences_are_told_word_by_word(vger: Vger, data: Path) -> None:
    text = "\n".join(vger.lines("--catalog", str(data), "diff"))
    assert "Verdict: [-Watch-]{+Avoid+}" in text
    assert text.endswith("\n2 changes from 2023.09 to next.")
    assert vger.lines("--catalog", str(data), "diff", "2023.09", "next") == text.splitlines()
    assert "Rule: Sessions must never be kept in [-a relational-]{+any+} database." in text


def test_markup_in_a_reason_is_refused_with_its_line(vger: Vger, data: Path) -> None:
    path = data / "changes" / "next.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("`*base*`", "<b>base</b>"), encoding="utf-8")
    said = vger.refused("--catalog", "checklists", "diff")
    assert "checklists/changes/next.yml:3: SES004.reason: " in said
    assert "holds markup; write plain text" in said


@pytest.mark.usefixtures("data")
def test_the_differences_as_markdown_and_as_json(vger: Vger) -> None:
    text = "\n".join(vger.lines("--catalog", "checklists", "diff", "--format", "markdown"))
    assert "kept in <del>a relational</del><ins>any</ins> database" in text
    assert "Any `*base*` does harm." in text
    said = vger.json("--catalog", "checklists", "diff", "2023.09")
    assert (said["from"], said["to"]) == ("2023.09", "next")
    [change] = [each for chapter in said["chapters"] for each in chapter["changes"] if each["id"] == "SES004"]
    assert change["verbs"] == ["strengthened"]
    for each in change["texts"]:
        parts = each["parts"]
        assert "".join(part["text"] for part in parts if part["mark"] != "came") == each["old"]
        assert "".join(part["text"] for part in parts if part["mark"] != "gone") == each["new"]


@pytest.mark.usefixtures("data")
def test_unknown_editions_and_the_wrong_order_are_refused(vger: Vger) -> None:
    command = ("--catalog", "checklists", "diff")
    assert "there is no edition '2024.01'; known: 2023.09, next" in vger.refused(*command, "2024.01")
    assert "next is newer than 2023.09; name the older edition first" in vger.refused(*command, "next", "2023.09")


def test_an_edition_is_frozen_once_with_its_changes(vger: Vger, data: Path) -> None:
    before = (data / "editions" / "2023.09.json").read_bytes()
    command = ("--catalog", "checklists", "editions")
    vger.lines(*command, "freeze", "2026.11")
    assert vger.lines(*command, "check") == ["Every change is explained: 0 since the last edition."]
    assert [row["changes"] for row in vger.json(*command, "list")] == [0, 2, 0]
    frozen = (data / "editions" / "2026.11.json").read_bytes()
    assert "is already frozen and never changes" in vger.refused(*command, "freeze", "2026.11")
    assert "is older than 2026.11" in vger.refused(*command, "freeze", "2026.10")
    assert "is not an edition" in vger.refused(*command, "freeze", "../2027.01")
    assert (data / "editions" / "2026.11.json").read_bytes() == frozen
    assert (data / "editions" / "2023.09.json").read_bytes() == before
    assert (
        vger.lines("--catalog", "checklists", "diff", "2023.09", "2026.11")[-1] == "2 changes from 2023.09 to 2026.11."
    )
    assert vger.lines("--catalog", "checklists", "diff")[-1] == "No changes from 2026.11 to next."


def test_nothing_is_frozen_while_a_change_is_not_explained(vger: Vger, data: Path) -> None:
    (data / "changes" / "next.yml").unlink()
    said = vger.refused("--catalog", "checklists", "editions", "freeze", "2026.11")
    assert "checklists/tables/ml-version-control.yml:" in said
    assert "neptune is 'out' since edition 2023.09; say why in changes/next.yml" in said
    assert not (data / "editions" / "2026.11.json").exists()


def test_a_release_freezes_writes_the_changelog_and_names_what_to_push(vger: Vger, data: Path) -> None:
    changelog = data.parent / "CHANGELOG.md"
    shutil.copyfile(ROOT / "CHANGELOG.md", changelog)
    said = "\n".join(vger.lines("--catalog", "checklists", "editions", "release", "2026.12", "--on", "2026-12-24"))
    assert "git push origin edition/2026.12 edition-2026.12" in said
    assert (data / "editions" / "2026.12.json").exists()
    text = changelog.read_text(encoding="utf-8")
    assert "The text of the guide is edition 2026.12." in text
    entry = "- Keep sessions out of relational databases (`SES004`): strengthened. Any `*base*` does harm.\n"
    kept = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").partition("## Unreleased\n\n")[2]
    assert text.partition("## Unreleased\n\n")[2].startswith(f"{kept.rstrip()}\n\n## Edition 2026.12\n\n{entry}")
    sums = (data / "editions.sha256").read_text(encoding="utf-8").splitlines()
    assert sums[-1] == f"{sha256((data / 'editions' / '2026.12.json').read_bytes()).hexdigest()}  editions/2026.12.json"


def test_one_edition_after_the_other_is_written_into_the_changelog(vger: Vger, data: Path) -> None:
    changelog = data.parent / "CHANGELOG.md"
    shutil.copyfile(ROOT / "CHANGELOG.md", changelog)
    for edition in ("2026.12", "2027.02"):
        vger.lines("--catalog", "checklists", "editions", "release", edition, "--on", "2026-12-24")
    assert "## Edition 2027.02\n\nNothing changed.\n\n## Edition 2026.12\n\n- " in changelog.read_text(encoding="utf-8")


def test_only_what_is_committed_and_tested_is_released(vger: Vger, data: Path) -> None:
    release = ("--catalog", "checklists", "editions", "release", "2026.12", "--on", "2026-12-24")
    shutil.copyfile(ROOT / "CHANGELOG.md", data.parent / "CHANGELOG.md")
    (data.parent / "Makefile").write_text("test:\n\t@exit 7\n", encoding="utf-8")
    git = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org"]
    subprocess.run([*git, "init", "--quiet"], cwd=data.parent, check=True)
    assert "not committed: " in vger.refused(*release)
    subprocess.run([*git, "add", "."], cwd=data.parent, check=True)
    subprocess.run([*git, "commit", "--quiet", "--message=All"], cwd=data.parent, check=True)
    assert "'make test' ended with 2" in vger.refused(*release)
    assert not (data / "editions" / "2026.12.json").exists()
    vger.lines(*release, "--untested")
    assert (data / "editions" / "2026.12.json").exists()


def test_a_release_with_reviews_due_says_so_in_the_changelog(vger: Vger, data: Path, catalog: Catalog) -> None:
    due = f"{len(catalog.rules) + len(catalog.options)} reviews are due, the first since 2028-05-23 ("
    changelog = data.parent / "CHANGELOG.md"
    shutil.copyfile(ROOT / "CHANGELOG.md", changelog)
    release = ("--catalog", "checklists", "editions", "release", "2028.12", "--on", "2028-12-01")
    assert due in vger.refused(*release)
    vger.lines(*release, "--with-due")
    said = " ".join(changelog.read_text(encoding="utf-8").partition("## Edition 2028.12")[2].split())
    assert said.startswith(f"On 2028-12-01, {due}")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            'reviewed: "[0-9-]+"',
            'reviewed: "2023-01-02"',
            "1 review is due, the first since 2024-07-02 (Use a session framework whose store can be plugged in)",
        ),
        (
            'since: "2023[.]09"',
            'since: "2024.06"',
            "since: is 2024.06, and it comes or goes with this edition; write 2026.12",
        ),
        ("why: >-\n      ", "why: >-\n      TODO: ", "SES001: contains TODO; replace it"),
    ],
    ids=["overdue", "another-edition", "unwritten"],
)
def test_what_is_not_ready_is_not_released(old: str, new: str, told: str, vger: Vger, data: Path) -> None:
    shutil.copyfile(ROOT / "CHANGELOG.md", data.parent / "CHANGELOG.md")
    path = data / "rules" / "sessions.yml"
    text = path.read_text(encoding="utf-8")
    changed, count = re.subn(old, new, text, count=1)
    assert count
    path.write_text(changed, encoding="utf-8")
    before = _files(data.parent)
    assert told in vger.refused("--catalog", "checklists", "editions", "release", "2026.12", "--on", "2026-12-24")
    assert _files(data.parent) == before


def test_a_release_that_cannot_be_written_whole_is_not_written_at_all(vger: Vger, data: Path) -> None:
    changelog = data.parent / "CHANGELOG.md"
    shutil.copyfile(ROOT / "CHANGELOG.md", changelog)
    with changelog.open("a", encoding="utf-8") as file:
        file.write("- An old entry.\n" * 100_000)
    before = _files(data.parent)
    words = vger.command("--catalog", "checklists", "editions", "release", "2026.12", "--on", "2026-12-24")
    # Room for every file but the last: blocks of 1024 bytes (https://www.gnu.org/software/bash/manual/).
    limited = ["bash", "-c", 'ulimit -f 1000; exec "$@"', "bash", *words]
    env = environment(vger.cache)
    done = subprocess.run(limited, cwd=data.parent, env=env, capture_output=True, text=True, timeout=60)
    assert (done.returncode, "File too large" in done.stderr) == (2, True), done.stderr
    assert _files(data.parent) == before


def test_files_that_were_exchanged_come_back_where_a_later_one_cannot_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "next.yml").write_text("old", encoding="utf-8")
    (tmp_path / "CHANGELOG.md").write_text("old", encoding="utf-8")
    before = _files(tmp_path)
    replace = Path.replace

    def full(self: Path, target: Path) -> Path:
        if target.name == "CHANGELOG.md":
            raise OSError(28, "no room")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="no room"):
        write_files(tmp_path, {"2026.12.json": "new", "next.yml": "new", "CHANGELOG.md": "new"})
    assert _files(tmp_path) == before


def _files(folder: Path) -> dict[Path, bytes]:
    return {each: each.read_bytes() for each in folder.rglob("*") if each.is_file()}


def test_what_to_add_to_git_is_named_from_within_the_data_too(vger: Vger, data: Path) -> None:
    shutil.copyfile(ROOT / "CHANGELOG.md", data.parent / "CHANGELOG.md")
    inside = Vger(data, vger.cache)
    said = inside.lines("--catalog", ".", "editions", "release", "2026.12", "--on", "2026-12-24")
    assert "  git add checklists CHANGELOG.md" in said


def test_a_review_is_migrated_and_what_to_confirm_is_listed(vger: Vger, review: Path) -> None:
    before = review.read_bytes()
    command = ("--catalog", "checklists", "review", "migrate", str(review))
    lines = vger.lines(*command, "--to", "next", "--output", "there.json")
    assert lines[0] == "From 2023.09 to next: 1 kept, 1 to confirm."
    assert lines[1].startswith("To confirm: SES004 Keep sessions out of relational databases")
    assert review.read_bytes() == before
    vger.lines(*command, "--to", "next")
    said = json.loads(review.read_text(encoding="utf-8"))
    assert (said["edition"], said["answers"]["SES004"]["shop"]["confirm"]) == ("next", True)
    [record] = vger.json(*command, "--to", "2023.09")
    assert record["kept"] == ["SES003", "SES004"]
    assert json.loads(review.read_text(encoding="utf-8"))["answers"] == json.loads(before)["answers"]
    assert vger.lines(*command, "--to", "2023.09") == ["The review is of 2023.09 already; nothing was written."]


def test_a_review_is_not_migrated_to_what_there_is_not(vger: Vger, review: Path) -> None:
    before = review.read_bytes()
    said = vger.refused("--catalog", "checklists", "review", "migrate", str(review), "--to", "2024.01")
    assert "there is no edition '2024.01'; known: 2023.09, next" in said
    assert review.read_bytes() == before
