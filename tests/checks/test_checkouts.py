"""The shapes that a repository may have: worktrees, submodules, sparse, split, borrowed, partial and newer ones."""

import subprocess
from pathlib import Path

import pytest

from tests.checks.repositories import Scratch, contents, listing, look_at_all
from vger_guide.repo.open import RepositoryNotFoundError, open_tree
from vger_guide.repo.tree import FileKind


@pytest.fixture
def scratch(tmp_path: Path) -> Scratch:
    made = Scratch(tmp_path / "made")
    made.commit("First", a="one\n")
    return made


def test_a_worktree_has_files_and_history_of_its_own(scratch: Scratch, tmp_path: Path) -> None:
    scratch.git("tag", "v1")
    scratch.git("worktree", "add", "--quiet", "-b", "side", str(tmp_path / "side"))
    (tmp_path / "side" / "a.txt").write_text("aside\n")
    (tmp_path / "side" / "b.txt").write_text("new\n")
    subprocess.run(["git", "add", "b.txt"], cwd=tmp_path / "side", check=True)
    scratch.commit("Second", a="two\n")
    tree = open_tree(tmp_path / "side")
    assert look_at_all(tree) == {"a.txt": "aside\n", "b.txt": "new\n"}
    assert [commit.subject for commit in tree.commits(5)] == ["First"]
    assert tree.tags() == ["v1"]
    assert contents(open_tree(tmp_path / "side", "main")) == {"a.txt": "two\n"}


def test_a_submodule_is_a_repository_of_its_own(scratch: Scratch, tmp_path: Path) -> None:
    outer = Scratch(tmp_path / "outer")
    outer.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(scratch.root), "module")
    outer.commit()
    kinds = {entry.path: entry.kind for entry in open_tree(outer.root).entries()}
    assert kinds == {".gitmodules": FileKind.FILE, "module": FileKind.SUBMODULE}
    for ref in (None, "HEAD"):
        assert look_at_all(open_tree(outer.root / "module", ref)) == {"a.txt": "one\n"}


@pytest.mark.parametrize("kind", ["link", "file"])
def test_a_git_directory_elsewhere_is_used_as_git_does(scratch: Scratch, kind: str) -> None:
    elsewhere = scratch.root.parent / "elsewhere"
    (scratch.root / ".git").rename(elsewhere)
    if kind == "link":
        (scratch.root / ".git").symlink_to("../elsewhere")
    else:
        (scratch.root / ".git").write_text("gitdir: ../elsewhere\n")
    before = listing(elsewhere)
    assert look_at_all(open_tree(scratch.root)) == {"a.txt": "one\n"}
    assert listing(elsewhere) == before


@pytest.mark.parametrize(
    "text", ["gitdir: /nowhere", "gitdir: .", "gitdir: .git", "hello", "", "gitdir: " + "x" * 5000, "gitdir: \0"]
)
def test_a_file_named_git_that_leads_nowhere_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / ".git").write_text(text)
    with pytest.raises(RepositoryNotFoundError, match=r"does not say where|is not a git directory|name too long"):
        open_tree(tmp_path)


def test_links_named_git_that_lead_nowhere_are_told(tmp_path: Path) -> None:
    (tmp_path / ".git").symlink_to(".git")
    with pytest.raises(RepositoryNotFoundError, match=r"\.git"):
        open_tree(tmp_path)


@pytest.mark.parametrize("cone", [(), ("--sparse-index",)])
def test_a_sparse_checkout_lists_all_and_says_what_is_not_there(scratch: Scratch, cone: tuple[str, ...]) -> None:
    scratch.write("in/b.txt")
    scratch.write("out/c.txt")
    scratch.commit()
    scratch.git("sparse-checkout", "set", "--cone", *cone, "in")
    found = look_at_all(open_tree(scratch.root))
    assert found == {"a.txt": "one\n", "in/b.txt": "text\n", "out/c.txt": "<is not on the disk>"}


def test_a_split_index_is_read_and_left_alone(scratch: Scratch) -> None:
    scratch.git("update-index", "--split-index")
    scratch.write("b.txt")
    scratch.git("add", "b.txt")
    before = listing(scratch.root)
    assert look_at_all(open_tree(scratch.root)) == {"a.txt": "one\n", "b.txt": "text\n"}
    assert listing(scratch.root) == before


def test_a_file_that_is_only_meant_to_be_added_is_listed(scratch: Scratch) -> None:
    scratch.write("b.txt")
    scratch.git("add", "--intent-to-add", "b.txt")
    assert contents(open_tree(scratch.root)) == {"a.txt": "one\n", "b.txt": "text\n"}


def test_a_file_in_conflict_is_listed_once(scratch: Scratch) -> None:
    scratch.git("checkout", "--quiet", "-b", "side")
    scratch.commit("Aside", a="aside\n")
    scratch.git("checkout", "--quiet", "main")
    scratch.commit("Second", a="two\n")
    with pytest.raises(AssertionError):
        scratch.git("merge", "--quiet", "side")
    tree = open_tree(scratch.root)
    assert [entry.path for entry in tree.entries()] == ["a.txt"]
    assert "<<<<<<<" in contents(tree)["a.txt"]


@pytest.mark.parametrize("format_", ["--object-format=sha256", "--ref-format=reftable"])
def test_newer_formats_are_read(tmp_path: Path, format_: str) -> None:
    try:
        scratch = Scratch(tmp_path, format_)
    except AssertionError:
        pytest.skip("this git does not know it")
    scratch.commit("First", a="one\n")
    scratch.git("tag", "v1")
    for ref in (None, "v1"):
        tree = open_tree(tmp_path, ref)
        assert look_at_all(tree) == {"a.txt": "one\n"}
        assert tree.commit == scratch.git("rev-parse", "HEAD")
        assert tree.tags() == ["v1"]


def test_a_clone_that_borrows_its_objects_is_read(scratch: Scratch, tmp_path: Path) -> None:
    scratch.git("clone", "--quiet", "--shared", ".", str(tmp_path / "borrower"))
    assert contents(open_tree(tmp_path / "borrower", "HEAD")) == {"a.txt": "one\n"}


def test_a_partial_clone_fetches_nothing(scratch: Scratch, tmp_path: Path) -> None:
    scratch.git("config", "uploadpack.allowFilter", "true")
    origin, partial = f"file://{scratch.root}", tmp_path / "partial.git"
    scratch.git("clone", "--quiet", "--bare", "--filter=blob:none", origin, str(partial))
    before = listing(partial)
    assert contents(open_tree(partial)) == {"a.txt": "<is not in the repository's objects>"}
    assert listing(partial) == before
