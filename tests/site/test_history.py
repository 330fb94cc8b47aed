"""The dates of the pages are those of git's log, whatever the log holds."""

from pathlib import Path

import pytest

from macros.history import UnreadableHistoryError, last_changes
from tests.checks.repositories import Scratch


def test_a_file_whose_name_holds_a_line_end_hides_no_date(tmp_path: Path) -> None:
    repository = Scratch(tmp_path)
    repository.write("docs/keys.md", "# Keys\n")
    repository.write("docs/a\n2026.md", "# A\n")
    repository.commit("Both")
    found = last_changes(tmp_path, "docs")
    assert set(found) == {"keys.md", "a\n2026.md"}
    assert len(set(found.values())) == 1


def test_only_without_a_repository_there_are_no_dates(tmp_path: Path) -> None:
    assert last_changes(tmp_path, "docs") == {}
    (tmp_path / ".git").write_text("gitdir: nowhere\n", encoding="utf-8")
    with pytest.raises(
        UnreadableHistoryError, match=r"cannot read git.s log, .*: fatal: not a git repository: .*nowhere"
    ):
        last_changes(tmp_path, "docs")
