"""Repositories that are damaged, or are none."""

from pathlib import Path

import pytest

from tests.checks.repositories import Scratch, contents
from vger_guide.repo.open import RepositoryNotFoundError, open_tree

SPECIAL = "<is not a regular file>"


@pytest.fixture
def scratch(tmp_path: Path) -> Scratch:
    made = Scratch(tmp_path / "made")
    made.commit("First", a="one\n")
    return made


@pytest.mark.parametrize("length", [0, 10, 50, -1, -30])
def test_a_truncated_index_is_told(scratch: Scratch, length: int) -> None:
    index = scratch.root / ".git" / "index"
    index.write_bytes(index.read_bytes()[:length])
    with pytest.raises(RepositoryNotFoundError, match="index is damaged"):
        open_tree(scratch.root)
    assert contents(open_tree(scratch.root, "HEAD")) == {"a.txt": "one\n"}


@pytest.mark.parametrize("text", ["garbage", "", "ref: ../../etc/passwd", "\0\xff", "z" * 40])
def test_a_head_that_is_garbage_is_told(scratch: Scratch, text: str) -> None:
    (scratch.root / ".git" / "HEAD").write_text(text)
    with pytest.raises(RepositoryNotFoundError, match="HEAD is damaged"):
        open_tree(scratch.root)


def test_a_folder_named_git_that_is_no_repository_is_told(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    with pytest.raises(RepositoryNotFoundError, match="is not a git directory, or a damaged one"):
        open_tree(tmp_path)


@pytest.mark.parametrize(("lost", "reason"), [("HEAD", "no commits|no commit 'HEAD'"), ("HEAD^{tree}", "tree")])
def test_a_commit_whose_objects_are_lost_is_told(scratch: Scratch, lost: str, reason: str) -> None:
    _lose(scratch, lost)
    with pytest.raises(RepositoryNotFoundError, match=reason):
        open_tree(scratch.root, "HEAD")
    assert contents(open_tree(scratch.root)) == {"a.txt": "one\n"}


def test_a_file_whose_object_is_lost_or_damaged_is_told_and_the_rest_is_read(scratch: Scratch) -> None:
    scratch.commit("More", b="two\n", c="three\n", d="four\n")
    _lose(scratch, "HEAD:a.txt")
    _object(scratch, "HEAD:b.txt").chmod(0o600)
    tree = open_tree(scratch.root, "HEAD")
    _object(scratch, "HEAD:b.txt").write_bytes(b"garbage")
    _lose(scratch, "HEAD:c.txt")
    found = contents(tree)
    assert (found["a.txt"], found["c.txt"], found["d.txt"]) == (*["<is not in the repository's objects>"] * 2, "four\n")
    assert "the repository's objects" in found["b.txt"]


def test_an_object_that_is_no_file_is_not_read(scratch: Scratch) -> None:
    tree = scratch.git("rev-parse", "HEAD^{tree}")
    lines = b"".join(f"100644 {key}\t{name}\0".encode() for key, name in ((tree, "b.txt"),))
    scratch.git("update-index", "-z", "--add", "--index-info", given=lines)
    broken = scratch.git("write-tree", "--missing-ok")
    scratch.git("update-ref", "HEAD", scratch.git("commit-tree", broken, "-m", "Broken"))
    assert contents(open_tree(scratch.root, "HEAD")) == {"a.txt": "one\n", "b.txt": SPECIAL}


def _object(scratch: Scratch, name: str) -> Path:
    key = scratch.git("rev-parse", name)
    return scratch.root / ".git" / "objects" / key[:2] / key[2:]


def _lose(scratch: Scratch, name: str) -> None:
    _object(scratch, name).unlink()
