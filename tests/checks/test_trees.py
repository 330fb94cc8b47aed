"""What a checkout, a commit, a bare repository and a plain folder give."""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.checks.repositories import Scratch, contents
from vger_guide.repo.memory_tree import MemoryTree
from vger_guide.repo.open import RepositoryNotFoundError, open_tree
from vger_guide.repo.tree import MAX_BYTES, FileKind, RequirementMissingError, Tree, UnreadableFileError

# Ignore files, a path that is tried, and whether git ignores it.
IGNORES: tuple[tuple[dict[str, str], str, bool], ...] = (
    ({".gitignore": ".env\n"}, ".env", True),
    ({".gitignore": ".env\n"}, "deep/down/.env", True),
    ({".gitignore": "/.env\n"}, "deep/.env", False),
    ({".gitignore": ".env*\n!.env.example\n"}, ".env.example", False),
    ({".gitignore": "node_modules/\n"}, "node_modules/", True),
    ({".gitignore": "node_modules/\n"}, "node_modules", False),
    ({".gitignore": "logs/\n"}, "logs/today.log", True),
    ({".gitignore": "logs/*\n!logs/keep\n"}, "logs/keep", False),
    ({".gitignore": "*.pem\n", "keys/.gitignore": "!*.pem\n"}, "keys/a.pem", False),
    ({"keys/.gitignore": "*.pem\n"}, "a.pem", False),
    ({".gitignore": "**/secret/*.txt\n"}, "a/b/secret/c.txt", True),
    ({".gitignore": "# .env\n\\#x\n"}, ".env", False),
    ({".gitignore": "a b\\ \n"}, "a b ", True),
    ({}, ".env", False),
)


@pytest.fixture
def scratch(tmp_path: Path) -> Scratch:
    made = Scratch(tmp_path / "made")
    made.write("sub/.gitignore", "*.log\n")
    made.commit("First", a="one\n")
    made.git("tag", "v1.0.0")
    made.write("sub/b.txt", "two\n")
    made.commit("Second", a="changed\n")
    return made


def test_a_checkout_gives_its_tracked_files_as_they_are_on_the_disk(scratch: Scratch) -> None:
    scratch.write("a.txt", "edited\n")
    scratch.write("untracked.txt")
    (scratch.root / "sub/b.txt").unlink()
    tree = open_tree(scratch.root)
    gone = "<is not on the disk>"
    assert contents(tree) == {"a.txt": "edited\n", "sub/.gitignore": "*.log\n", "sub/b.txt": gone}
    assert tree.commit == scratch.git("rev-parse", "HEAD")
    assert tree.target == str(scratch.root)


def test_a_commit_gives_its_files_without_being_checked_out(scratch: Scratch) -> None:
    tree = open_tree(scratch.root, "v1.0.0")
    assert contents(tree) == {"a.txt": "one\n", "sub/.gitignore": "*.log\n"}
    assert tree.commit == scratch.git("rev-parse", "v1.0.0")
    assert tree.target == f"{scratch.root} at v1.0.0"


def test_a_bare_repository_stands_for_its_head(scratch: Scratch, tmp_path: Path) -> None:
    scratch.git("clone", "--quiet", "--bare", ".", str(tmp_path / "bare.git"))
    tree = open_tree(tmp_path / "bare.git")
    assert contents(tree) == {"a.txt": "changed\n", "sub/.gitignore": "*.log\n", "sub/b.txt": "two\n"}
    assert contents(open_tree(tmp_path / "bare.git", "v1.0.0"))["a.txt"] == "one\n"


def test_a_plain_folder_gives_all_files_but_those_of_git(scratch: Scratch, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    shutil.copytree(scratch.root, outside / "copy")
    (outside / "top").write_text("top")
    tree = open_tree(outside)
    assert [entry.path for entry in tree.entries()] == ["copy/a.txt", "copy/sub/.gitignore", "copy/sub/b.txt", "top"]
    assert contents(tree)["top"] == "top"
    assert not tree.commit
    with pytest.raises(RequirementMissingError, match="not a git repository"):
        tree.tags()


def test_a_folder_inside_a_checkout_is_a_root_of_its_own(scratch: Scratch) -> None:
    scratch.write(".gitignore", ".env\n")
    scratch.commit()
    scratch.write("sub/untracked.txt")
    for ref in (None, "HEAD"):
        tree = open_tree(scratch.root / "sub", ref)
        assert contents(tree) == {".gitignore": "*.log\n", "b.txt": "two\n"}
        assert tree.ignored([".env", "x.log", "x.txt"]) == {".env", "x.log"}


def test_a_folder_that_the_checkout_tracks_nothing_of_is_a_plain_folder(scratch: Scratch) -> None:
    scratch.write("build/out.txt")
    assert contents(open_tree(scratch.root / "build")) == {"out.txt": "text\n"}


def test_links_and_submodules_are_entries_that_are_not_read(scratch: Scratch) -> None:
    (scratch.root / "link").symlink_to("a.txt")
    scratch.commit()
    scratch.git("update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},module")
    scratch.git("commit", "--quiet", "--message", "With a submodule")
    for ref in (None, "HEAD"):
        tree = open_tree(scratch.root, ref)
        kinds = {entry.path: entry.kind for entry in tree.entries()}
        assert (kinds["a.txt"], kinds["link"], kinds["module"]) == (FileKind.FILE, FileKind.LINK, FileKind.SUBMODULE)
        assert contents(tree)["link"] == "<is a symbolic link>"
        assert contents(tree)["module"] == "<is a submodule, another repository>"


@pytest.mark.parametrize("ref", [None, "HEAD"])
def test_sizes_are_told_without_reading_and_a_file_too_large_is_not_read(scratch: Scratch, ref: str | None) -> None:
    scratch.write("large.bin", bytes(MAX_BYTES + 1))
    scratch.write("full.bin", bytes(MAX_BYTES))
    scratch.commit()
    tree = open_tree(scratch.root, ref)
    found = {entry.path: entry for entry in tree.entries()}
    assert tree.size(found["a.txt"]) == len("changed\n")
    assert tree.size(found["large.bin"]) == MAX_BYTES + 1
    assert len(tree.read(found["full.bin"])) == MAX_BYTES
    with pytest.raises(UnreadableFileError, match="too large to search: 8,000,001 bytes"):
        tree.read(found["large.bin"])


def test_tags_and_commits_are_those_of_the_repository(scratch: Scratch) -> None:
    scratch.git("tag", "--annotate", "--message", "x", "a-tag")
    scratch.git("checkout", "--quiet", "-b", "side", "v1.0.0")
    scratch.commit("Aside", other="x")
    scratch.git("checkout", "--quiet", "main")
    scratch.git("merge", "--quiet", "--no-ff", "--message", "Together", "side")
    tree = open_tree(scratch.root)
    assert tree.tags() == ["a-tag", "v1.0.0"]
    newest, *others = tree.commits(10)
    assert newest[:3] == (tree.commit, "Together", 2)
    assert {(commit.subject, commit.parents) for commit in others} == {("Aside", 1), ("Second", 1), ("First", 0)}
    assert [commit.subject for commit in tree.commits(1)] == ["Together"]
    assert [commit.subject for commit in open_tree(scratch.root, "v1.0.0").commits(10)] == ["First"]


def test_a_subject_is_cut_and_need_not_be_text(scratch: Scratch) -> None:
    raw = scratch.git("cat-file", "commit", "HEAD").removesuffix("Second").encode()
    message = b"\n\xe9 \x1b " + b"x" * 600 + b"\n\nmore\n"
    commit = scratch.git("hash-object", "-t", "commit", "-w", "--stdin", given=raw.rstrip() + b"\n" + message)
    scratch.git("update-ref", "HEAD", commit)
    assert open_tree(scratch.root).commits(1)[0].subject == "\N{REPLACEMENT CHARACTER} \x1b " + "x" * 496


def test_a_shallow_clone_has_files_and_no_history(scratch: Scratch, tmp_path: Path) -> None:
    scratch.git("clone", "--quiet", "--depth=1", f"file://{scratch.root}", str(tmp_path / "shallow"))
    for ref in (None, "HEAD"):
        tree = open_tree(tmp_path / "shallow", ref)
        assert contents(tree)["a.txt"] == "changed\n"
        with pytest.raises(RequirementMissingError, match="shallow clone"):
            tree.tags()
        with pytest.raises(RequirementMissingError, match="shallow clone"):
            tree.commits(1)


def test_a_repository_without_commits_has_the_files_of_its_index(tmp_path: Path) -> None:
    scratch = Scratch(tmp_path)
    assert not open_tree(tmp_path).entries()
    scratch.write("a.txt")
    scratch.git("add", "a.txt")
    tree = open_tree(tmp_path)
    assert contents(tree) == {"a.txt": "text\n"}
    assert not tree.commit
    with pytest.raises(RequirementMissingError, match="no commits"):
        tree.commits(1)
    with pytest.raises(RepositoryNotFoundError, match="no commit 'HEAD'"):
        open_tree(tmp_path, "HEAD")


@pytest.mark.parametrize("ref", ["v9", "-h", "--all", "", "HEAD:a.txt", "a\nb", "a\0b", "HEAD@{1}"])
def test_a_ref_that_is_no_commit_is_refused_by_name(scratch: Scratch, ref: str) -> None:
    with pytest.raises(RepositoryNotFoundError, match=f"no commit '{re.escape(ref)}'"):
        open_tree(scratch.root, ref)


def test_what_is_no_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(RepositoryNotFoundError, match="no such folder"):
        open_tree(tmp_path / "nothing")
    with pytest.raises(RepositoryNotFoundError, match="this is a file"):
        open_tree(tmp_path / "file")
    with pytest.raises(RepositoryNotFoundError, match="not a git repository, and has no 'v1'"):
        open_tree(tmp_path, "v1")


@pytest.mark.parametrize(("files", "path", "expected"), IGNORES)
def test_what_is_ignored_is_what_git_ignores(files: dict[str, str], path: str, expected: bool) -> None:
    tree = MemoryTree({name: text.encode() for name, text in files.items()})
    assert tree.ignored([path]) == ({path} if expected else set())


def test_every_kind_of_tree_answers_what_is_ignored(scratch: Scratch, tmp_path: Path) -> None:
    for tree in _kinds(scratch, tmp_path):
        assert tree.ignored(["sub/x.log", "x.log", "sub/x.txt"]) == {"sub/x.log"}


def _kinds(scratch: Scratch, tmp_path: Path) -> Iterator[Tree]:
    yield open_tree(scratch.root)
    yield open_tree(scratch.root, "HEAD")
    shutil.copytree(scratch.root, tmp_path / "plain", ignore=shutil.ignore_patterns(".git"))
    yield open_tree(tmp_path / "plain")


def test_ignore_files_of_the_user_do_not_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "git").mkdir()
    (tmp_path / "git" / "ignore").write_text(".env\n")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert not MemoryTree({}).ignored([".env"])


def test_without_git_a_plain_folder_is_still_read(
    scratch: Scratch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "plain").mkdir()
    (tmp_path / "plain" / "a.txt").write_text("x")
    monkeypatch.setenv("PATH", str(tmp_path))
    tree = open_tree(tmp_path / "plain")
    assert contents(tree) == {"a.txt": "x"}
    with pytest.raises(RequirementMissingError, match="git is not installed"):
        tree.ignored([".env"])
    with pytest.raises(RepositoryNotFoundError, match="git is not installed"):
        open_tree(scratch.root)


@pytest.mark.parametrize("ref", [None, "HEAD"])
def test_a_tree_is_read_by_two_processes(scratch: Scratch, ref: str | None) -> None:
    for number in range(40):
        scratch.write(f"folder{number % 4}/{number}.txt", f"{number}\n" * 1000)
    scratch.commit()
    tree = open_tree(scratch.root, ref)
    expected = contents(tree)
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        os.write(writer, b"same" if contents(tree) == expected else b"different")
        os._exit(0)
    assert contents(tree) == expected
    os.waitpid(child, 0)
    assert os.read(reader, 100) == b"same"
    # The child has left alone what is the parent's.
    assert contents(tree) == expected
    os.close(reader)
    os.close(writer)
