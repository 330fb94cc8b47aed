"""Two people fill in copies of a review, which become one again: by the command, and by git."""

import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.checks.repositories import Scratch
from tests.cli.vger_process import Vger, environment
from vger_guide.reviews import store
from vger_guide.reviews.models import Value

pytestmark = pytest.mark.slow

SIGNED = ("--by", "Cy", "--conclusion", "approved")


@pytest.fixture
def desk(vger: Vger) -> Path:
    """Return the folder of the command, with a review and two copies of it."""
    vger.lines("review", "new", "base.json", "--profile", "api", "--target", "shop")
    for name in ("mine", "hers"):
        shutil.copyfile(vger.folder / "base.json", vger.folder / f"{name}.json")
    return vger.folder


def test_copies_without_conflicts_merge(vger: Vger, desk: Path) -> None:
    vger.lines("review", "answer", "mine.json", "SES004", "met", "--by", "Ada")
    vger.lines("review", "answer", "hers.json", "SES001", "partial", "--by", "Bo")
    vger.lines("review", "answer", "hers.json", "SES004", "--comment", "I looked too.")
    said = vger.lines("review", "merge", "mine.json", "hers.json", "--base", "base.json", "--output", "all.json")
    assert said == ["Merged without conflicts."]
    review = store.load(desk / "all.json")
    both = review.answers["SES004"]["shop"]
    assert (both.value, both.comment, review.answers["SES001"]["shop"].value) == (
        Value.MET,
        "I looked too.",
        Value.PARTIAL,
    )
    assert sorted(person.name for person in review.people) == ["Ada", "Bo"]
    assert "SES001" not in store.load(desk / "mine.json").answers, "it was written elsewhere"


def test_conflicts_are_listed_none_is_lost_and_they_are_decided(vger: Vger, desk: Path) -> None:
    for name, value in (("mine", "met"), ("hers", "not-met")):
        vger.lines("review", "answer", f"{name}.json", "SES004", value, "--comment", name)
    done = vger("review", "merge", "mine.json", "hers.json", "--base", "base.json")
    assert done.returncode == 1
    assert done.stdout.splitlines()[-1] == "Merged, with 2 conflicts; resolve with 'vger review decide'."
    places = [conflict.place for conflict in store.load(desk / "mine.json").conflicts]
    assert sorted(places) == [["answers", "SES004", "shop", "comment"], ["answers", "SES004", "shop", "value"]]
    told = vger.json("review", "status", "mine.json")["conflicts"]
    assert 'answers.SES004.shop.comment: ours "mine", theirs "hers"' in told
    assert "has conflicts" in vger.refused("review", "sign", "mine.json", *SIGNED)
    vger.lines("review", "decide", "mine.json", "theirs", "answers.SES004.shop.comment")
    vger.lines("review", "answer", "mine.json", "SES004", "partial")
    review = store.load(desk / "mine.json")
    answer = review.answers["SES004"]["shop"]
    assert (answer.value, answer.comment, review.conflicts) == (Value.PARTIAL, "hers", [])
    vger.lines("review", "sign", "mine.json", *SIGNED)


def test_one_side_can_be_kept_at_once(vger: Vger, desk: Path) -> None:
    for name, value in (("mine", "met"), ("hers", "not-met")):
        vger.lines("review", "answer", f"{name}.json", "SES004", value)
    [told] = vger.json("review", "merge", "mine.json", "hers.json", "--base", "base.json", "--keep", "theirs")
    assert told["ours"]["value"] == "met"
    assert store.load(desk / "mine.json").answers["SES004"]["shop"].value is Value.NOT_MET


@pytest.mark.parametrize("signed", ["mine.json", "hers.json"])
def test_no_answer_is_merged_into_what_is_signed_off(signed: str, vger: Vger, desk: Path) -> None:
    vger.lines("review", "sign", signed, *SIGNED)
    merge = ("review", "merge", "mine.json", "hers.json", "--base", "base.json")
    vger.lines(*merge, "--output", "same.json")
    other = "hers.json" if signed == "mine.json" else "mine.json"
    vger.lines("review", "answer", other, "SES004", "met")
    before = (desk / "mine.json").read_bytes()
    said = vger.refused(*merge)
    assert f"{signed} is signed off, by Cy on " in said
    assert f"'vger review reopen {signed} --by NAME --why TEXT'" in said
    assert (desk / "mine.json").read_bytes() == before
    assert "is signed off" in vger.refused(*merge, "--keep", "ours", "--output", "new.json")
    assert not (desk / "new.json").exists()
    vger.lines("review", "state", other, "in-review")
    assert "is signed off" in vger.refused(*merge, "--keep", "theirs" if signed == "mine.json" else "ours")
    vger.lines("review", "reopen", signed, "--by", "Ada", "--why", "SES004 was answered since.")
    vger.lines(*merge)
    assert [each.action for each in store.load(desk / "mine.json").sign_offs] == ["signed", "reopened"]


def test_copies_of_other_reviews_do_not_merge(vger: Vger, desk: Path) -> None:
    vger.lines("review", "new", "other.json", "--target", "shop")
    before = (desk / "mine.json").read_bytes()
    said = vger.refused("review", "merge", "mine.json", "other.json", "--base", "base.json")
    assert "different reviews" in said
    assert (desk / "mine.json").read_bytes() == before


@pytest.fixture
def repository(vger: Vger, desk: Path) -> Scratch:
    """Return a repository in which git merges reviews by the command, with a review."""
    repository = Scratch(desk / "repository")
    shutil.copyfile(desk / "base.json", repository.root / "review.json")
    call = shlex.join([sys.executable, "-m", "vger_guide.cli"])
    variables = environment(vger.cache)
    settings = " ".join(f"{name}={shlex.quote(variables[name])}" for name in ("PYTHONPATH", "XDG_CACHE_HOME"))
    repository.git("config", "merge.vger-review.driver", f"{settings} {call} review merge %A %B --base %O")
    repository.write(".gitattributes", "review.json merge=vger-review\n")
    repository.commit("Begin")
    return repository


def _answered(vger: Vger, repository: Scratch, branch: str, rule: str, value: str) -> None:
    repository.git("switch", "--quiet", "--create", branch, "main")
    vger.lines("review", "answer", str(repository.root / "review.json"), rule, value)
    repository.commit(f"Answer {rule}")


def test_git_merges_reviews_by_the_command(vger: Vger, repository: Scratch) -> None:
    _answered(vger, repository, "mine", "SES004", "met")
    _answered(vger, repository, "hers", "SES001", "met")
    repository.git("merge", "--quiet", "mine")
    assert set(store.load(repository.root / "review.json").answers) == {"SES001", "SES004"}


def test_git_stops_at_a_conflict_and_the_file_is_a_review(vger: Vger, repository: Scratch) -> None:
    _answered(vger, repository, "mine", "SES004", "met")
    _answered(vger, repository, "hers", "SES004", "partial")
    stopped = subprocess.run(["git", "merge", "mine"], cwd=repository.root, capture_output=True, text=True, check=False)
    assert stopped.returncode == 1
    assert "CONFLICT" in stopped.stdout
    [conflict] = store.load(repository.root / "review.json").conflicts
    assert (conflict.ours["value"], conflict.theirs["value"]) == ("partial", "met")


def test_git_stops_at_a_review_that_is_signed_off_and_the_way_out_is_told(vger: Vger, repository: Scratch) -> None:
    _answered(vger, repository, "mine", "SES004", "met")
    _answered(vger, repository, "hers", "SES001", "met")
    vger.lines("review", "sign", str(repository.root / "review.json"), *SIGNED)
    repository.commit("Sign")
    stopped = subprocess.run(["git", "merge", "mine"], cwd=repository.root, capture_output=True, text=True, check=False)
    assert "git merge --abort" in stopped.stderr
    assert ".merge_file" not in stopped.stderr
    assert set(store.load(repository.root / "review.json").answers) == {"SES001"}


def test_a_file_that_git_merged_by_lines_is_refused_with_the_way_out(vger: Vger, desk: Path) -> None:
    text = (desk / "base.json").read_text(encoding="utf-8")
    (desk / "mine.json").write_text(text.replace("{", "{\n<<<<<<< HEAD\n=======\n>>>>>>> hers", 1), encoding="utf-8")
    said = vger.refused("review", "status", "mine.json")
    assert "marks of a merge that git could not do" in said
    assert "vger review merge" in said
