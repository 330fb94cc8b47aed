"""A check says only what it saw: that a rule applies, that it does not, or that this cannot be seen."""

import pytest
from pydantic import ValidationError

from tests.checks.test_engine import FACTS, SAW, _record
from vger_guide.catalog.checks import Applicability
from vger_guide.checks.changed_files import local_check
from vger_guide.checks.plan import plan
from vger_guide.checks.results import CheckOutcome, Result
from vger_guide.checks.runner import run_checks
from vger_guide.repo.memory_tree import MemoryTree

WORKSHOP = {"paths": {"which": ["workshop/**"], "expect": "present"}}
WOOD = {"content": {"which": ["**/*.txt"], "find": [{"what": "wood", "pattern": "wood"}], "expect": "present"}}
NO_SAW = {
    "content": {"which": ["**/*.py"], "find": [{"what": "a saw", "pattern": "saw"}], "expect": "absent"},
}
NO_NAIL = {
    "value": {"which": ["**/*.json"], "format": "json", "at": ["$.nail"], "expect": "absent"},
}


def _result(record: dict[str, object], *paths: str, **texts: str) -> Result:
    files = dict.fromkeys(paths, b"") | {path.replace("__", "."): text.encode() for path, text in texts.items()}
    [result], _ = run_checks(plan([(FACTS, record)]), MemoryTree(files))
    return result


WHEN = {
    "if": WORKSHOP,
    "unseen": {"if": WOOD, "says": "no workshop is here"},
    "otherwise": "It is not about wood.",
}


@pytest.mark.parametrize(
    ("files", "outcome", "reason"),
    [
        ({"workshop/a__txt": "wood"}, CheckOutcome.PASS, "none of 1 file"),
        (
            {"note__txt": "wood"},
            CheckOutcome.MANUAL,
            "The check could not decide: `note.txt` holds wood; no workshop is here",
        ),
        ({"note__txt": "iron"}, CheckOutcome.NOT_APPLICABLE, "It is not about wood."),
    ],
)
def test_a_rule_applies_or_not_or_a_person_is_asked(files: dict[str, str], outcome: CheckOutcome, reason: str) -> None:
    found = _result(_record(SAW, when=WHEN), **files)
    assert found.outcome is outcome
    assert reason in found.reason


def test_where_a_record_knows_no_sign_against_it_a_person_is_always_asked() -> None:
    found = _result(_record(SAW, when={"if": WORKSHOP, "unseen": {"says": "no workshop is here"}}), "a.txt")
    assert (found.outcome, found.undecided) == (CheckOutcome.MANUAL, True)


@pytest.mark.parametrize("condition", [NO_SAW, {"all": [NO_SAW, NO_NAIL]}, {"any": [NO_SAW, NO_NAIL]}])
def test_a_condition_over_no_files_is_never_met(condition: dict[str, object]) -> None:
    asked = _result(_record(condition), "a.txt")
    assert (asked.outcome, asked.undecided) == (CheckOutcome.MANUAL, True)
    assert "nothing that its check looks at is here" in asked.reason
    applies = _result(_record(SAW, when={"if": condition, "otherwise": "No."}), "a.txt")
    assert applies.outcome is CheckOutcome.NOT_APPLICABLE


@pytest.mark.parametrize("condition", [{"all": [NO_SAW, NO_NAIL]}, {"any": [NO_NAIL, NO_SAW]}])
def test_a_pass_stands_on_the_parts_that_looked_at_something(condition: dict[str, object]) -> None:
    found = _result(_record(condition), "a.py")
    assert (found.outcome, found.looked_at) == (CheckOutcome.PASS, (("Python files", 1),))
    assert "looked at 1 Python file" in found.reason


def test_that_no_name_is_of_a_kind_is_seen_in_all_names() -> None:
    found = _result(_record({"paths": {"which": ["**/*.saw"], "expect": "absent"}}), "a.txt", "b.txt")
    assert (found.outcome, found.looked_at) == (CheckOutcome.PASS, (("file names", 2),))


def test_no_pass_stands_on_a_file_that_could_not_be_read() -> None:
    broken = _result(_record(NO_NAIL), good__json="{}", bad__json='{"nail"')
    assert (broken.outcome, [each.path for each in broken.unseen]) == (CheckOutcome.MANUAL, ["bad.json"])
    assert "`bad.json`" in broken.reason
    applies = _result(_record(SAW, when={"if": {"not": NO_NAIL}, "otherwise": "No."}), bad__json='{"nail"')
    assert applies.outcome is CheckOutcome.MANUAL
    found = _result(_record(NO_NAIL), nail__json='{"nail": 1}', bad__json='{"nail"')
    assert found.outcome is CheckOutcome.FAIL


def test_what_is_left_out_by_its_path_is_counted_once_and_not_looked_at() -> None:
    inner = {**SAW["content"], "without": ["tests", "samples"]}
    record = _record({"all": [{"content": inner}, {"content": {**inner, "which": ["**/*.py"]}}]})
    paths = ("latest/a.py", "tests/a.py", "tests/b.py", "examples/a.py", "examples/tests/c.py")
    found = _result(record, *paths)
    assert (found.looked_at, found.left_out) == ((("Python files", 1),), (("tests", 3), ("samples", 1)))


def test_of_named_files_a_rule_that_looks_at_none_of_them_is_not_asked() -> None:
    local = local_check(_record(NO_SAW))
    assert local
    assert _result(local, "a.txt").outcome is CheckOutcome.NOT_APPLICABLE


@pytest.mark.parametrize(
    "part", [{}, {"unseen": {"says": "No."}, "otherwise": "No."}, {"unseen": {"if": WOOD, "says": "No."}}]
)
def test_a_record_says_something_of_every_repository_and_nothing_that_is_never_said(part: dict[str, object]) -> None:
    with pytest.raises(ValidationError, match=r"is never said|says nothing"):
        Applicability.model_validate({"if": WORKSHOP, **part})
