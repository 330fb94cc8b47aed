"""A server is asked for a commit with nothing of the repository that the user stands in."""

from pathlib import Path

import pytest

from tests.checks.repositories import Scratch, plant
from vger_guide.repo.clone import fetch_head
from vger_guide.repo.open import RepositoryNotFoundError


def test_a_head_is_fetched_and_a_repository_around_the_user_runs_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = Scratch(tmp_path / "asked")
    commit = asked.commit()
    hostile = Scratch(tmp_path / "hostile")
    plant(hostile.root / ".git", tmp_path / "canary")
    monkeypatch.chdir(hostile.root)
    assert fetch_head(f"file://{asked.root}", {}) == commit
    with pytest.raises(RepositoryNotFoundError, match="cannot be reached"):
        fetch_head("ssh://git@127.0.0.1:1/shop.git", {})
    assert list((tmp_path / "canary").iterdir()) == []


def test_what_has_no_commits_or_is_no_address_is_told(tmp_path: Path) -> None:
    empty = Scratch(tmp_path / "empty")
    with pytest.raises(RepositoryNotFoundError, match="has no commits"):
        fetch_head(f"file://{empty.root}", {})
    with pytest.raises(RepositoryNotFoundError, match="not an address"):
        fetch_head("ext::sh -c true", {})
