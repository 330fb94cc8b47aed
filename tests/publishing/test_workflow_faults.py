"""The language service finds no fault in the workflows, and finds those that are put there."""

from pathlib import Path

import pytest

from tests.publishing.workflows import FOLDER
from tools.workflows import faults

pytestmark = pytest.mark.slow

ROOT = FOLDER.parent.parent
FILES = [*sorted(FOLDER.glob("*.yml")), ROOT / "action.yml"]

SPOILS = [
    ("runs-on:", "run-on:", "Unexpected value 'run-on'"),
    ("github.ref", "github.reff", "Context access might be invalid: reff"),
    ("needs.build.outputs", "needs.built.outputs", "Context access might be invalid: built"),
    ("steps.pages.", "steps.page.", "Context access might be invalid: page"),
    ("contents: read", "contents: reed", "Unexpected value 'reed'"),
]


def test_no_workflow_has_a_fault() -> None:
    assert faults([str(path) for path in FILES]) == []


@pytest.mark.parametrize(("good", "bad", "message"), SPOILS, ids=[bad for _, bad, _ in SPOILS])
def test_a_fault_is_found(tmp_path: Path, good: str, bad: str, message: str) -> None:
    text = (FOLDER / "site.yml").read_text(encoding="utf-8")
    assert good in text
    # It is by its folder that a file is known to be a workflow.
    path = tmp_path / ".github" / "workflows" / "site.yml"
    path.parent.mkdir(parents=True)
    path.write_text(text.replace(good, bad), encoding="utf-8")
    assert any(message in fault for fault in faults([str(path)]))
