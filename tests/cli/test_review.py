"""A review at the command line as its people do it, from a new one to one that is signed off."""

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_output import ESCAPE
from tests.cli.test_output import _on_a_terminal as on_a_terminal
from tests.cli.vger_process import Vger
from vger_guide.reviews import store
from vger_guide.reviews.models import Review, State, Value

pytestmark = pytest.mark.slow


def _review(desk: Path) -> Review:
    return store.load(desk / "review.json")


def test_a_review_goes_from_new_to_signed_off(vger: Vger, desk: Path) -> None:
    web = ("--target", "web-shop")
    [said] = vger.lines("review", "answer", "review.json", "VER010", "met", *web, "--by", "Ada Example")
    assert said == "VER010 Keep credentials out of source control, Web shop: Met"
    checked = vger("review", "check", "review.json")
    assert checked.returncode == 1, "the key contradicts the answer"
    assert "Disagreement: VER010" in checked.stdout
    assert _review(desk).answers["VER010"]["web-shop"].value is Value.MET, "no check changes an answer"
    assert _review(desk).outcomes["VER010"]["web-shop"].places == ["settings.py:1"]

    vger.lines("review", "answer", "review.json", "ALW002", *web, "--take-traces")
    [taken] = _review(desk).answers["ALW002"]["web-shop"].evidence
    assert taken.path == ".github/CODEOWNERS"

    plan = ("--plan", "planned", "--owner", "Bo", "--until", "2030-01-31", "--ticket", "SHOP-12")
    vger.lines("review", "answer", "review.json", "VER010", "not-met", *web, *plan)
    away = ("--not-applicable", "no-such-part", "--reason", "It keeps nothing.")
    vger.lines("review", "answer", "review.json", "no-credentials-in-source-control", "--target", "Till", *away)
    before, after = (
        vger.json("review", "status", "review.json", "--today", day) for day in ("2030-01-31", "2030-02-01")
    )
    assert (len(before["due"]), before["lapsed"], before["disagreements"]) == (1, [], [])
    assert (after["due"], len(after["lapsed"])) == ([], 1)

    told = vger.lines("review", "sign", "review.json", *SIGNED, "--milestone", "Before the sale")
    assert "  VER010 Keep credentials out of source control (Web shop: not met)" in told
    assert told[-1] == "review.json: approved, signed by Cy on 2026-11-02."
    review = _review(desk)
    assert (review.state, [each.id for each in review.milestones]) == (State.SIGNED_OFF, ["before-the-sale"])
    vger.lines("review", "reopen", "review.json", "--by", "Ada", "--why", "The key is gone.")
    vger.lines("review", "answer", "review.json", "VER010", "met", *web)
    first, *scores = vger.lines("review", "diff", "review.json", "--from", "before-the-sale")
    assert first == "VER010 Keep credentials out of source control (Web shop): Not met -> Met"
    assert scores == [
        "Web shop: 0 of 1 answered rules met (0%), 38 of 39 open -> 1 of 1 answered rules met (100%), 38 of 39 open",
        "Till: No rule answered, 38 of 38 open, as before",
    ]


SIGNED = ("--by", "Cy", "--conclusion", "approved", "--on", "2026-11-02")


def test_what_is_signed_is_changed_by_no_command_until_it_is_opened_again(vger: Vger, desk: Path) -> None:
    vger.lines("review", "describe", "review.json", "--scope", "Both shops", "--person", "Cy=Board")
    vger.lines("review", "answer", "review.json", "VER001", "not-met", "--target", "till", "--plan", "risk-accepted")
    concluded = ("--conclusion", "approved-with-conditions", *CONDITION)
    told = " ".join(vger.lines("review", "sign", "review.json", *SIGNED[:2], *concluded))
    assert "1 accepted risk lacks an answer, an end, an owner or an approver" in told
    before = (desk / "review.json").read_bytes()
    for words in (
        "answer review.json VER010 met --target till",
        "check review.json",
        "decide review.json ours",
        "describe review.json --scope none",
        "import review.json review.json",
        "migrate review.json --to next",
        "sign review.json --by Ada --conclusion approved",
        "state review.json draft",
    ):
        assert "is signed off, by Cy on " in vger.refused("review", *words.split())
    assert (desk / "review.json").read_bytes() == before
    assert "for a reason" in vger.refused("review", "reopen", "review.json", "--by", "Ada", "--why", " ")
    vger.lines("review", "reopen", "review.json", "--by", "Ada", "--why", "A target is missing.")
    results = vger.json("review", "results", "review.json")
    assert (results["conclusion"], results["conditions"], results["scope"]) == (None, [], "Both shops")
    assert [(each["action"], each["by"], each["reason"]) for each in results["sign_offs"]] == [
        ("signed", "Cy", ""),
        ("reopened", "Ada", "A target is missing."),
    ]
    assert results["sign_offs"][0]["conditions"] == ["Rotate the key"]
    assert results["sign_offs"][0]["open_musts"] > 0


CONDITION = ("--condition", "Rotate the key")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("sign", "review.json", "--by", "Cy"), "has no conclusion"),
        (("sign", "review.json", "--conclusion", "approved"), "--by NAME"),
        (("sign", "review.json", "--by", " ", "--conclusion", "approved"), "give a name"),
        (("sign", "review.json", "--by", "Cy", "--conclusion", "approved-with-conditions"), "add one"),
        (("sign", "review.json", "--by", "Cy", "--conclusion", "approved", *CONDITION), "approve it with conditions"),
        (("sign", "review.json", "--by", "Cy", "--conclusion", "rejected", "--on", "9999-01-01"), "still to come"),
        (("state", "review.json", "signed-off"), "use 'vger review sign"),
        (("reopen", "review.json", "--by", "Cy", "--why", "x"), "nothing to open again"),
        (("describe", "review.json"), "say what to change"),
        (("describe", "review.json", "--person", "=Board"), "NAME=ROLE"),
    ],
)
def test_a_signature_needs_what_it_says(arguments: tuple[str, ...], said: str, vger: Vger, desk: Path) -> None:
    before = (desk / "review.json").read_bytes()
    assert said in vger.refused("review", *arguments)
    assert (desk / "review.json").read_bytes() == before


def test_the_results_say_what_is_open_what_is_to_be_done_and_what_has_changed(vger: Vger, desk: Path) -> None:
    assert desk
    web = ("--target", "web-shop")
    vger.lines("review", "answer", "review.json", "VER010", "met", *web)
    vger.lines("review", "answer", "review.json", "VER006", "not-met", *web, "--plan", "risk-accepted", "--owner", "Bo")
    vger.lines("review", "state", "review.json", "in-review", "--milestone", "Spring")
    plan = ("--plan", "planned", "--owner", "Bo", "--until", "2030-01-31")
    vger.lines("review", "answer", "review.json", "VER010", "not-met", *web, *plan)
    told = vger.json("review", "results", "review.json", "--today", "2030-02-01")
    assert [(row["Rule"]["id"], row["Web shop"]) for row in told["open"]][:2] == [
        ("VER010", "Not met"),
        ("REV001", "Unanswered"),
    ]
    assert [(row["Rule"]["id"], row["State"], row["Owner"]) for row in told["actions"]] == [
        ("VER010", "Lapsed", "Bo"),
        ("VER006", "Risk accepted, incomplete (no end, nobody approved)", "Bo"),
    ]
    assert [(row["Rule"]["id"], row["Before"], row["Now"], row["Change"]) for row in told["changes"]] == [
        ("VER010", "Met", "Not met", "Worse")
    ]
    assert [row["Milestone"] for row in told["trend"]] == ["Spring", "Now"]
    musts = "Open answers to must rules"
    assert told["trend"][1][musts] == told["trend"][0][musts] + 1
    risks = next(row for row in told["targets"] if row["Count"] == "Risks accepted, incomplete")
    assert (risks["Web shop"], risks["Till"]) == (1, 0)
    status = vger.json("review", "status", "review.json", "--today", "2026-12-01")
    assert len(status["incomplete"]) == 1
    assert vger("review", "status", "review.json", "--strict", "--today", "2026-12-01").returncode == 1
    shown = vger.lines("review", "results", "review.json", "--only", "trend")
    assert [line.split()[0] for line in shown if line] == ["Trend", "Milestone", "Spring", "Now"]
    title, heads, *_ = [line for line in vger.lines("review", "results", "review.json", "--only", "targets") if line]
    assert (title, heads.split()) == ("Targets", ["Web", "shop", "Till"])


def test_the_status_says_every_chapter_and_target(vger: Vger) -> None:
    vger.lines("review", "new", "--target", "Web shop", "--target", "Till")
    lines = [line for line in vger.lines("review", "status", "review.json") if line.startswith(("Web shop", "Till"))]
    assert len(lines) == 10
    assert all("none answered" in line and " open" in line for line in lines)
    told = vger.json("review", "status", "review.json")
    assert {(each["target"], each["chapter"].partition(" ")[0]) for each in told["scores"]} == {
        (target, chapter) for target in ("web-shop", "till") for chapter in ("2", "3", "4", "Must", "May")
    }
    whole = [each for each in told["scores"] if each["chapter"] in ("Must and should", "May")]
    assert [each["applicable"] for each in whole] == [112, 6, 112, 6]


def test_a_lapsed_risk_makes_a_strict_status_fail(vger: Vger, desk: Path) -> None:
    assert desk
    risk = ("--plan", "risk-accepted", "--owner", "Bo", "--approver", "Cy", "--until", "2030-01-31", "--target", "till")
    vger.lines("review", "answer", "review.json", "VER010", "not-met", *risk)
    assert vger("review", "status", "review.json", "--strict", "--today", "2030-01-31").returncode == 0
    assert vger("review", "status", "review.json", "--strict", "--today", "2030-02-01").returncode == 1
    assert vger("review", "status", "review.json", "--today", "2030-02-01").returncode == 0


def test_a_review_that_is_there_is_not_written_over(vger: Vger, desk: Path) -> None:
    before = (desk / "review.json").read_bytes()
    assert "already exists" in vger.refused("review", "new")
    assert (desk / "review.json").read_bytes() == before


def _spoilt(desk: Path, **fields: Any) -> None:
    document = json.loads((desk / "review.json").read_text(encoding="utf-8"))
    (desk / "spoilt.json").write_text(json.dumps({**document, **fields}, indent=1), encoding="utf-8")


def test_all_problems_of_a_document_are_said_at_once_with_their_lines(vger: Vger, desk: Path) -> None:
    answer = {"revision": 0, "text_hash": "0" * 16, "value": "yes"}
    _spoilt(desk, answers={"VER010": {"till": answer}}, state="done")
    done = vger("review", "validate", "review.json", "spoilt.json")
    assert (done.returncode, done.stdout) == (2, "review.json: a review, with 0 answers\n")
    lines = (desk / "spoilt.json").read_text(encoding="utf-8").splitlines()
    told = [line.split(": ") for line in done.stderr.splitlines()]
    assert [where for _, _, where, *_ in told] == ["answers.VER010.till.revision", "answers.VER010.till.value", "state"]
    for _, line, where, *_ in told:
        assert where.rpartition(".")[2] in lines[int(line.removeprefix("line ")) - 1]


def test_what_contradicts_itself_is_said_at_once(vger: Vger, desk: Path) -> None:
    target = {"id": "till", "name": "Till"}
    answer = {"revision": 1, "text_hash": "0" * 16}
    _spoilt(desk, targets=[target, target], answers={"VER010": {"shop": answer}, "VER001": {"shop": answer}})
    said = vger("review", "validate", "spoilt.json").stderr
    assert "targets: has ids more than once: 'till' 2 times" in said
    assert "answers.VER001: names shop" in said
    assert "answers.VER010: names shop" in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("answer", "review.json", "VER010", "met"), "choose one with --target: web-shop, till"),
        (("answer", "review.json", "VER010", "met", "--target", "tilt"), "did you mean till"),
        (("answer", "review.json", "VER01", "met", "--target", "till"), "did you mean VER010"),
        (("answer", "review.json", "SES004", "met", "--target", "till"), "does not ask SES004"),
        (("answer", "review.json", "VER010", "--target", "till"), "give an answer"),
        (("answer", "review.json", "VER010", "--target", "till", "--not-applicable", "other"), "add --reason"),
        (("answer", "review.json", "VER010", "met", "--target", "till", "--until", "2030-01-31"), "need a plan"),
        (("check", "review.json", "--target", "till=nowhere"), "nowhere"),
        (("diff", "review.json"), "name two files"),
        (("diff", "review.json", "--from", "spring"), "has no milestones"),
        (("decide", "review.json", "ours"), "has no conflicts"),
        (("export", "review.json", "odt"), "'odt' is not one of csv"),
        (("import", "review.json", "review.json", "--format", "html"), "'html' is not one of"),
        (("status", "nowhere.json"), "No such file"),
    ],
)
def test_what_cannot_be_done_is_said_with_the_way_out(
    arguments: tuple[str, ...], said: str, vger: Vger, desk: Path
) -> None:
    before = (desk / "review.json").read_bytes()
    assert said in vger.refused("review", *arguments)
    assert (desk / "review.json").read_bytes() == before


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("answer review.json VER010 met --target w", ["plain,web-shop"]),
        ("check review.json --target t", ["plain,till"]),
        ("diff review.json --from s", ["plain,spring"]),
        ("decide nowhere.json ours s", []),
    ],
)
def test_targets_and_milestones_of_the_file_are_completed(
    words: str, expected: list[str], vger: Vger, desk: Path
) -> None:
    vger.lines("review", "state", str(desk / "review.json"), "draft", "--milestone", "Spring")
    line = f"vger review {words}"
    asked = {"_VGER_COMPLETE": "bash_complete", "COMP_WORDS": line, "COMP_CWORD": str(len(line.split()) - 1)}
    assert vger(variables=asked).stdout.split() == expected


def test_a_terminal_gets_a_table_of_scores_and_no_colour_where_none_is_wanted(vger: Vger, desk: Path) -> None:
    call = ("review", "status", str(desk / "review.json"))
    shown = on_a_terminal(vger, *call, COLUMNS="120")
    assert ESCAPE in shown
    assert all(head in shown for head in ("Target", "Chapter", "Met", "Score", "Answers", "Web shop", "Till"))
    assert ESCAPE not in on_a_terminal(vger, *call, NO_COLOR="1")


def test_a_terminal_is_not_steered_by_what_people_typed(vger: Vger, desk: Path) -> None:
    nasty = "\x1b[31mred\x07\n\u202eback"
    vger.lines("review", "answer", "review.json", "VER010", "met", "--target", "till", "--comment", nasty)
    vger.lines("review", "state", "review.json", "draft", "--milestone", nasty)
    document = json.loads((desk / "review.json").read_text(encoding="utf-8"))
    (desk / "before.json").write_text(json.dumps({**document, "answers": {}}), encoding="utf-8")
    calls = [
        ("new", "other.json", "--target", nasty, "--title", nasty),
        ("status", "other.json"),
        ("answer", "other.json", "SES004", "met"),
        ("status", "review.json"),
        ("diff", "before.json", "review.json"),
        ("state", "review.json", "draft", "--milestone", nasty),
    ]
    shown = ["\n".join(vger.lines("review", *call)) for call in calls]
    assert [text for text in shown if "\x1b" in text or "\x07" in text or "\u202e" in text or "\\x1b" not in text] == []


def _named(desk: Path, *names: str) -> None:
    """Give the targets of the review, which are web-shop and till, other names."""
    ids = ("web-shop", "till")
    _spoilt(desk, targets=[{"id": id_, "name": name} for id_, name in zip(ids, names, strict=True)])


@pytest.mark.parametrize(
    ("names", "asked", "answered"),
    [
        (("Shop", "SHOP"), "Shop", "web-shop"),
        (("Shop", "SHOP"), "SHOP", "till"),
        (("Till", "Shop"), "till", "till"),
        (("Till", "Shop"), "Till", "web-shop"),
        (("Shop", "Kasse"), "shop", "web-shop"),
    ],
)
def test_a_target_is_the_one_that_is_written_so(
    names: tuple[str, str], asked: str, answered: str, vger: Vger, desk: Path
) -> None:
    _named(desk, *names)
    vger.lines("review", "answer", "spoilt.json", "VER010", "met", "--target", asked)
    assert list(store.load(desk / "spoilt.json").answers["VER010"]) == [answered]


@pytest.mark.parametrize(("names", "asked"), [(("Shop", "SHOP"), "shop"), (("Shop", "Shop"), "Shop")])
def test_a_name_of_several_targets_is_refused_with_their_ids(
    names: tuple[str, str], asked: str, vger: Vger, desk: Path
) -> None:
    _named(desk, *names)
    before = (desk / "spoilt.json").read_bytes()
    said = vger.refused("review", "answer", "spoilt.json", "VER010", "met", "--target", asked)
    assert "name one: web-shop, till" in said
    assert (desk / "spoilt.json").read_bytes() == before


def test_what_no_command_lists_is_cut_in_the_message(vger: Vger, desk: Path) -> None:
    _spoilt(desk, targets=[{"id": f"t{n}", "name": f"t{n}"} for n in range(50)])
    said = vger.refused("review", "answer", "spoilt.json", "VER010", "met", "--target", "qqqqqq")
    assert "lists them all" not in said
    assert said.rstrip().endswith("t34 and 15 more")


@pytest.mark.parametrize(
    "words",
    [
        "answer spoilt.json VER010 met --target till",
        "import spoilt.json issue.md --format tasks",
        "check spoilt.json",
        "state spoilt.json in-review --milestone Spring",
    ],
)
def test_a_review_of_another_edition_is_migrated_before_it_is_changed(words: str, vger: Vger, desk: Path) -> None:
    vger.lines("review", "export", "review.json", "tasks", "--output", "issue.md")
    _spoilt(desk, edition="2023.09")
    before = (desk / "spoilt.json").read_bytes()
    said = vger.refused("review", *words.split())
    assert "spoilt.json is of edition 2023.09" in said
    assert "'vger review migrate spoilt.json --to next' first" in said
    assert (desk / "spoilt.json").read_bytes() == before


def test_a_review_of_another_edition_is_read_signed_off_opened_again_and_migrated(vger: Vger, desk: Path) -> None:
    _spoilt(desk, edition="2023.09")
    for words in (
        "status",
        "export html",
        "diff review.json",
        "sign --by Cy --conclusion rejected",
        "reopen --by Cy --why Again",
    ):
        command, *others = words.split()
        vger.lines("review", command, "spoilt.json", *others)
    vger.lines("review", "migrate", "spoilt.json", "--to", "next")
    vger.lines("review", "answer", "spoilt.json", "VER010", "met", "--target", "till")


def test_what_a_command_would_make_is_blamed_on_no_line_of_the_file(vger: Vger, desk: Path) -> None:
    answer = {"revision": 1, "text_hash": "0" * 16, "evidence": [{"path": f"{n}.py"} for n in range(200)]}
    _spoilt(desk, answers={"VER010": {"till": answer}})
    said = vger.refused("review", "answer", "spoilt.json", "VER010", "--target", "till", "--evidence", "x")
    assert said.startswith("Error: spoilt.json: answers.VER010.till.evidence: ")


def test_conflicts_are_decided_before_a_migration(vger: Vger, desk: Path) -> None:
    _spoilt(desk, edition="2023.09", conflicts=[{"place": ["title"], "ours": "Mine", "theirs": "Hers"}])
    assert "'vger review decide'" in vger.refused("review", "migrate", "spoilt.json", "--to", "next")
    vger.lines("review", "decide", "spoilt.json", "theirs")
    vger.lines("review", "migrate", "spoilt.json", "--to", "next")


@pytest.mark.parametrize("words", ["merge review.json review.json --base review.json", "migrate review.json --to next"])
def test_what_is_there_is_written_over_by_force_only(words: str, vger: Vger, desk: Path) -> None:
    (desk / "there.json").write_text("{}", encoding="utf-8")
    said = vger.refused("review", *words.split(), "--output", "there.json")
    assert "there.json already exists; name another file, or overwrite it with --force" in said
    assert (desk / "there.json").read_text(encoding="utf-8") == "{}"
    vger.lines("review", *words.split(), "--output", "there.json", "--force")
    assert store.load(desk / "there.json").id == _review(desk).id


def test_a_file_that_cannot_be_written_is_named_as_it_was_given(vger: Vger, desk: Path) -> None:
    assert desk
    merge = ("merge", "review.json", "review.json", "--base", "review.json")
    said = vger.refused("review", *merge, "--output", "nowhere/there.json")
    assert said == "Error: nowhere/there.json: No such file or directory\n"


def test_a_name_of_several_lines_stays_on_one(vger: Vger, desk: Path) -> None:
    fake = "Till\nok.json: a review"
    _named(desk, "Web shop", fake)
    calls = [
        ("answer", "spoilt.json", "VER010", "met", "--target", "till"),
        ("state", "spoilt.json", "draft", "--milestone", fake),
        ("new", "other.json", "--target", fake),
    ]
    assert [len(vger.lines("review", *call)) for call in calls] == [1, 1, 1]
    assert "\n" not in vger.refused("review", "answer", "spoilt.json", "VER010", "met", "--target", fake * 2).strip()


def test_what_a_shell_completes_cannot_steer_it(vger: Vger, desk: Path) -> None:
    odd = [{"place": ["x-\x1b[31m"], "theirs": 1}, {"place": ["title"], "theirs": "x"}]
    targets = [{"id": "shop", "name": "Shop\nplain\nSES001 fake\x1b[31m"}]
    _spoilt(desk, targets=targets, conflicts=odd)
    shown = {}
    for words in ("answer spoilt.json VER010 met --target s", "decide spoilt.json ours "):
        asked = {"_VGER_COMPLETE": "zsh_complete", "COMP_WORDS": f"vger review {words}"}
        count = str(2 + len(words.split(" ")) - 1)
        shown[words[:6]] = vger(variables={**asked, "COMP_CWORD": count}).stdout
    assert shown == {"answer": "plain\nshop\nShop\\nplain\\nSES001 fake\\x1b[31m\n", "decide": "plain\ntitle\n_\n"}


def test_a_folder_of_any_name_can_be_reviewed(vger: Vger, cache: Path) -> None:
    for name, expected in ((b"x=y", "x=y"), (b"shop\xe9", "shop\\xe9"), (b" ", "system")):
        folder = vger.folder / os.fsdecode(name)
        folder.mkdir()
        Vger(folder, cache).lines("review", "new")
        [target] = store.load(folder / "review.json").targets
        assert (target.name, target.repository) == (expected, ".")


@pytest.mark.parametrize("target", ["Shop=.", f"Shop=/{'x' * 400}"])
def test_a_path_that_no_review_can_keep_is_refused(target: str, vger: Vger, cache: Path) -> None:
    deep = vger.folder / "/".join(["deep"] * 100)
    deep.mkdir(parents=True)
    said = Vger(deep, cache).refused("review", "new", str(vger.folder / "review.json"), "--target", target)
    assert "the path is too long" in said
    assert not (vger.folder / "review.json").exists()


def test_what_is_not_utf_8_in_a_path_is_refused(vger: Vger, cache: Path) -> None:
    folder = vger.folder / os.fsdecode(b"shop\xe9")
    folder.mkdir()
    assert "in UTF-8" in Vger(folder, cache).refused("review", "new", "../review.json")


def test_a_plan_and_who_owns_it_are_told_by_name(vger: Vger, desk: Path) -> None:
    _spoilt(desk, people=[{"id": "p1", "name": "Bo Example"}])
    plan = ("--plan", "planned", "--owner", "p1", "--until", "2030-01-31")
    vger.lines("review", "answer", "spoilt.json", "VER010", "not-met", "--target", "till", *plan)
    assert "owner Bo Example" in vger.json("review", "status", "spoilt.json", "--today", "2030-01-31")["due"][0]
    assert "Bo Example" in vger.lines("review", "diff", "review.json", "spoilt.json")[0]


def test_a_review_is_begun_from_a_template(vger: Vger, desk: Path) -> None:
    said = ("--target", "web-shop", "--comment", "The platform team sees to it.", "--by", "Ada Example")
    vger.lines("review", "answer", "review.json", "VER010", "met", *said)
    vger.lines("review", "export", "review.json", "template", "--output", "company.template.json")
    [told] = vger.lines("review", "new", "next.json", "--template", "company.template.json", "--title", "Next year")
    assert told.endswith("rules for Web shop (web-shop), Till (till).")
    old, begun = _review(desk), store.load(desk / "next.json")
    assert (begun.title, begun.template, begun.selection) == ("Next year", False, old.selection)
    assert begun.id not in (old.id, store.load(desk / "company.template.json").id)
    assert begun.answers == old.answers
    assert [person.name for person in begun.people] == ["Ada Example"]

    vger.lines("review", "new", "other.json", "--template", "next.json", "--target", "Web shop=.", "--target", "Kiosk")
    other = store.load(desk / "other.json")
    assert [target.name for target in other.targets] == ["Web shop", "Kiosk"]
    assert list(other.answers["VER010"]) == ["web-shop"]
    vger.lines("review", "new", "kiosk.json", "--template", "other.json", "--title", "Review of Web shop, Kiosk")
    vger.lines("review", "new", "till.json", "--template", "kiosk.json", "--target", "Till")
    assert (other.title, store.load(desk / "till.json").title) == ("Next year", "Review of Till")
    refused = vger("review", "new", "x.json", "--template", "next.json", "--profile", "api")
    assert (refused.returncode, "leave out --profile" in refused.stderr) == (2, True)


def test_a_change_of_a_signed_file_is_noticed(vger: Vger, desk: Path) -> None:
    vger.lines("review", "sign", "review.json", *SIGNED)
    assert vger.lines("review", "validate", "review.json") == ["review.json: a review, with 0 answers"]
    text = (desk / "review.json").read_text("utf-8")
    (desk / "review.json").write_text(text.replace('"title": "Sale"', '"title": "Fair"'), "utf-8")
    done = vger("review", "validate", "review.json")
    assert done.returncode == 1
    assert re.fullmatch(r"review\.json: was changed after it was signed by .* on [\d-]+\n", done.stderr)
    [broken] = vger.json("review", "status", "review.json")["broken"]
    assert broken.startswith("It was changed after it was signed by ")
    assert vger("review", "status", "review.json", "--strict").returncode == 1


def test_whoever_is_named_in_no_answer_can_be_removed(vger: Vger, desk: Path) -> None:
    vger.lines("review", "describe", "review.json", "--person", "Ada", "--person", "Bo=Owner")
    vger.lines("review", "answer", "review.json", "VER010", "met", "--target", "till", "--by", "Ada")
    refused = vger("review", "describe", "review.json", "--remove-person", "Ada")
    assert (refused.returncode, "named in 1 answer" in refused.stderr) == (2, True)
    vger.lines("review", "describe", "review.json", "--remove-person", "Bo")
    assert [person.name for person in _review(desk).people] == ["Ada"]
