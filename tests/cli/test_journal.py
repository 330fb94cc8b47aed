"""The files of an edition are written all or not at all, wherever the writing is killed."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.vger_process import Vger
from tests.conftest import ROOT
from vger_guide.catalog.loader import load
from vger_guide.catalog.paths import JOURNAL
from vger_guide.editions.journal import finish_writing
from vger_guide.errors import UserError
from vger_guide.records.problems import CatalogError


def test_an_edition_that_is_killed_at_any_step_is_old_or_new_or_made_so_by_the_next_run(tmp_path: Path) -> None:
    command = [sys.executable, "-W", "error", "-m", "tests.editions.kill_steps", str(tmp_path / "guide")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    seen = json.loads(done.stdout)
    kills = seen["kills"]
    assert len(kills) > 15
    for number, kill in enumerate(kills, 1):
        assert kill["then"] == (seen["new"] if kill["finished"] or kill["left"] == seen["new"] else seen["old"]), number
    assert any(kill["left"] not in (seen["old"], seen["new"]) for kill in kills)


def test_a_guide_whose_edition_was_not_written_to_its_end_says_so_until_it_is(small_catalog: Path, vger: Vger) -> None:
    (small_catalog / JOURNAL).write_text('{"editions.sha256": ""}', encoding="utf-8")
    with pytest.raises(CatalogError, match="an edition was not written to its end"):
        load(small_catalog)
    vger("editions", "freeze", "2026.12", "--catalog", str(small_catalog))
    load(small_catalog)


@pytest.mark.parametrize(
    "text",
    ['{"../../.bashrc": "x"}', '{"rules/../../x": "x"}', '{"editions.sha256": 1}', "[]", "{", "[" * 100_000],
    ids=["outside", "above", "number", "list", "cut", "deep"],
)
def test_a_journal_that_names_other_files_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / JOURNAL).write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match="remove it"):
        finish_writing(tmp_path)
    assert [each.name for each in tmp_path.iterdir()] == [JOURNAL]
