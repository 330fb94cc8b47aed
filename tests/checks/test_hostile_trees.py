"""Repositories that are damaged, or made to harm who looks at them."""

import errno
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.checks.repositories import Scratch, contents, listing, look_at_all, plant, within
from vger_guide.repo.open import RepositoryNotFoundError, open_tree
from vger_guide.repo.tree import FileKind, RequirementMissingError

SPECIAL = "<is not a regular file>"


@pytest.fixture
def scratch(tmp_path: Path) -> Scratch:
    made = Scratch(tmp_path / "made")
    made.commit("First", a="one\n")
    return made


@pytest.fixture(params=["descriptors", "paths"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read files in the usual way, and as on a system that opens nothing relative to a folder."""
    if request.param == "paths":
        monkeypatch.setattr(os, "supports_dir_fd", set())


@pytest.mark.parametrize("kind", ["checkout", "commit", "bare"])
def test_nothing_that_a_repository_names_is_run_and_nothing_is_written(
    scratch: Scratch, tmp_path: Path, kind: str
) -> None:
    scratch.write("sub/.gitattributes", "* filter=planted diff=planted\n")
    scratch.write(".gitattributes", "* filter=planted diff=planted\n")
    scratch.write(".gitignore", ".env\n")
    scratch.commit("Second")
    scratch.git("tag", "v1")
    scratch.write("a.txt", "edited\n")
    expected = "edited\n" if kind == "checkout" else "one\n"
    root = scratch.root
    if kind == "bare":
        root = tmp_path / "bare.git"
        scratch.git("clone", "--quiet", "--bare", ".", str(root))
    plant(root if kind == "bare" else root / ".git", tmp_path / "canary")
    before = listing(root)
    assert look_at_all(open_tree(root, None if kind == "checkout" else "HEAD"))["a.txt"] == expected
    assert listing(root) == before
    assert not list((tmp_path / "canary").iterdir())


def test_the_planted_commands_do_run_where_git_is_used_without_care(scratch: Scratch, tmp_path: Path) -> None:
    scratch.write(".gitattributes", "* filter=planted diff=planted\n")
    scratch.commit("Second")
    scratch.write("a.txt", "edited\n")
    plant(scratch.root / ".git", tmp_path / "canary")
    careless = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    for command in ("status", "diff", "update-index --refresh"):
        subprocess.run(["git", *command.split()], cwd=scratch.root, env=careless, capture_output=True, check=False)
    ran = {path.name for path in (tmp_path / "canary").iterdir()}
    assert ran >= {"core.fsmonitor", "diff.planted.command", "filter.planted.process", "hook-post-index-change"}


def test_a_configuration_that_names_another_work_tree_is_not_believed(scratch: Scratch, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "a.txt").write_text("secret")
    scratch.git("config", "core.worktree", str(tmp_path / "elsewhere"))
    assert contents(open_tree(scratch.root)) == {"a.txt": "one\n"}


@pytest.mark.parametrize("name", ["GIT_DIR", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_WORK_TREE"])
def test_what_the_caller_tells_git_does_not_lead_elsewhere(
    scratch: Scratch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, str(tmp_path / "elsewhere"))
    for ref in (None, "HEAD"):
        assert look_at_all(open_tree(scratch.root, ref)) == {"a.txt": "one\n"}


def test_a_program_named_git_in_the_repository_is_not_taken_for_git(
    scratch: Scratch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch.write("git", f"#!/bin/sh\ntouch {tmp_path}/canary\n").chmod(0o755)
    monkeypatch.chdir(scratch.root)
    monkeypatch.setenv("PATH", f".{os.pathsep}{os.environ['PATH']}")
    assert contents(open_tree(Path())) == {"a.txt": "one\n"}
    assert not (tmp_path / "canary").exists()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives files away")
def test_a_repository_of_somebody_else_is_read(scratch: Scratch) -> None:
    for path in [scratch.root, *scratch.root.rglob("*")]:
        os.chown(path, 12345, 12345, follow_symlinks=False)
    for ref in (None, "HEAD"):
        assert look_at_all(open_tree(scratch.root, ref)) == {"a.txt": "one\n"}


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("tracked", [True, False])
def test_no_link_is_followed(scratch: Scratch, tmp_path: Path, tracked: bool) -> None:
    (tmp_path / "secret").write_text("secret")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "b.txt").write_text("secret")
    for name, target in {"out": "../secret", "up": "../folder", "circle": "circle", "self": "."}.items():
        (scratch.root / name).symlink_to(target)
    scratch.commit()
    if not tracked:
        shutil.rmtree(scratch.root / ".git")
    tree = open_tree(scratch.root)
    assert {entry.path for entry in tree.entries() if entry.kind is FileKind.LINK} == {"out", "up", "circle", "self"}
    assert "secret" not in "".join(contents(tree).values())


@pytest.mark.usefixtures("way")
def test_a_file_or_folder_that_became_a_link_is_not_followed(scratch: Scratch, tmp_path: Path) -> None:
    for path in ("folder/b.txt", "folder/c.txt", "d.txt"):
        scratch.write(path)
    scratch.commit()
    tree = open_tree(scratch.root)
    (scratch.root / "folder").rename(tmp_path / "folder")
    (scratch.root / "folder").symlink_to(tmp_path / "folder")
    (scratch.root / "d.txt").unlink()
    (scratch.root / "d.txt").symlink_to(tmp_path / "folder" / "b.txt")
    assert "text\n" not in contents(tree).values()
    assert contents(tree)["a.txt"] == "one\n"


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("tracked", [True, False])
def test_a_pipe_a_folder_and_a_sparse_giant_do_not_hold_it_up(scratch: Scratch, tracked: bool) -> None:
    scratch.index("pipe", "giant", "was-a-file")
    os.mkfifo(scratch.root / "pipe")
    (scratch.root / "was-a-file").mkdir()
    (scratch.root / "giant").touch()
    os.truncate(scratch.root / "giant", 5_000_000_000)
    if not tracked:
        shutil.rmtree(scratch.root / ".git")
    with within(2):
        found = look_at_all(open_tree(scratch.root))
    expected = {"a.txt": "one\n", "pipe": SPECIAL, "giant": "<is too large to search: 5,000,000,000 bytes>"}
    assert found == (expected | {"was-a-file": SPECIAL} if tracked else expected)


@pytest.mark.parametrize("name", ["index", "HEAD", "config", "packed-refs"])
def test_a_pipe_in_the_git_directory_does_not_hold_it_up(scratch: Scratch, name: str) -> None:
    (scratch.root / ".git" / name).unlink(missing_ok=True)
    os.mkfifo(scratch.root / ".git" / name)
    with within(2):
        try:
            assert look_at_all(open_tree(scratch.root)) == {"a.txt": "one\n"}
        except RepositoryNotFoundError as error:
            assert "not a regular file" in str(error)


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("crafted", ["../secret.txt", "a/../../sec.txt", ".git/config", "sub/.GIT/x"])
def test_a_crafted_index_leads_neither_out_of_the_tree_nor_to_git_itself(
    scratch: Scratch, tmp_path: Path, crafted: str
) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "sec.txt").write_text("secret")
    (scratch.root / "a").mkdir()
    (scratch.root / "sub" / ".GIT").mkdir(parents=True)
    (scratch.root / "sub" / ".GIT" / "x").write_text("secret")
    stand_in = crafted.replace("..", "xx").replace(".git", "xgit").replace(".GIT", "xGIT")
    scratch.index(stand_in)
    index = scratch.root / ".git" / "index"
    data = index.read_bytes()[:-20].replace(stand_in.encode(), crafted.encode())
    index.write_bytes(data + hashlib.sha1(data, usedforsecurity=False).digest())
    found = contents(open_tree(scratch.root))
    assert found[crafted] == "<has a name that leads out of the tree>"


def test_names_need_not_be_text(scratch: Scratch) -> None:
    names = [b"\xe9.txt", b"\x1b[31mred.txt", b"new\nline.txt", "\u2028é.txt".encode(), b"\xff\xfe/\x80.txt", b" "]
    for name in names:
        scratch.write(os.fsdecode(name), name)
    scratch.commit()
    found = {name.decode("utf-8", "surrogateescape") for name in names}
    shutil.copytree(scratch.root, scratch.root.parent / "plain", ignore=shutil.ignore_patterns(".git"))
    for tree in (open_tree(scratch.root), open_tree(scratch.root, "HEAD"), open_tree(scratch.root.parent / "plain")):
        assert [entry.path for entry in tree.entries()] == sorted(found | {"a.txt"})
        for entry in tree.entries():
            assert entry.path == "a.txt" or tree.read(entry) == entry.path.encode("utf-8", "surrogateescape")
        assert not tree.ignored(found)


def test_a_path_of_4000_bytes_is_read(scratch: Scratch) -> None:
    path = _deep(scratch.root, ["x" * 199] * 20)
    scratch.index(path)
    scratch.git("commit", "--quiet", "--message", "Long")
    for ref in (None, "HEAD"):
        assert contents(open_tree(scratch.root, ref))[path] == "text\n"
    shutil.rmtree(scratch.root / ".git")
    assert contents(open_tree(scratch.root))[path] == "text\n"


def test_what_lies_too_deep_is_told_and_the_rest_is_read(scratch: Scratch) -> None:
    path = _deep(scratch.root, ["d"] * 150)
    scratch.index(path)
    found = contents(open_tree(scratch.root))
    assert found == {"a.txt": "one\n", path: "<is more than 100 folders deep>"}
    shutil.rmtree(scratch.root / ".git")
    found = contents(open_tree(scratch.root))
    assert found == {"a.txt": "one\n", "d" + "/d" * 100: "<is more than 100 folders deep>"}


def _deep(root: Path, folders: list[str]) -> str:
    """Make a file in folders that together are longer than a path may be, and return its path."""
    at = os.open(root, os.O_RDONLY)
    for name in folders:
        os.mkdir(name, dir_fd=at)
        below = os.open(name, os.O_RDONLY, dir_fd=at)
        os.close(at)
        at = below
    file = os.open("f", os.O_WRONLY | os.O_CREAT, dir_fd=at)
    os.write(file, b"text\n")
    os.close(file)
    os.close(at)
    return "/".join([*folders, "f"])


@pytest.mark.parametrize("kind", ["checkout", "commit", "folder"])
def test_more_files_than_can_be_listed_are_refused(
    scratch: Scratch, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setattr("vger_guide.repo.repository.MAX_ENTRIES", 3)
    monkeypatch.setattr("vger_guide.repo.folder_tree.MAX_ENTRIES", 3)
    for number in range(3):
        scratch.write(f"folder/{number}")
    scratch.commit()
    if kind == "folder":
        shutil.rmtree(scratch.root / ".git")
    with pytest.raises(RepositoryNotFoundError, match="more than 3"):
        open_tree(scratch.root, "HEAD" if kind == "commit" else None)


@pytest.mark.slow
@pytest.mark.parametrize("ref", ["", "HEAD"])
def test_200000_files_take_bounded_time_and_memory(tmp_path: Path, ref: str) -> None:
    scratch = Scratch(tmp_path)
    scratch.index(*(f"some/folder{number % 500}/and/a/file{number}.txt" for number in range(200_000)))
    scratch.git("commit", "--quiet", "--message", "Many")
    program = (
        "import sys; from pathlib import Path; from tests.peak import peak;"
        "from vger_guide.repo.open import open_tree;"
        "tree = open_tree(Path(sys.argv[1]), sys.argv[2] or None); print(len(tree.entries()), peak() // 1_000_000)"
    )
    with within(60):
        done = subprocess.run(
            [sys.executable, "-c", program, tmp_path, ref], capture_output=True, text=True, check=True
        )
    count, megabytes = map(int, done.stdout.split())
    assert count == 200_000
    assert megabytes < 150


@pytest.mark.slow
def test_a_commit_with_more_entries_than_can_be_listed_is_refused(scratch: Scratch) -> None:
    # Ten folders that are the same one, six times over, are a million files in seven objects.
    key, mode = scratch.git("rev-parse", "HEAD:a.txt"), "100644 blob"
    for _ in range(6):
        lines = "".join(f"{mode} {key}\t{number}\n" for number in range(10))
        key, mode = scratch.git("mktree", given=lines.encode()), "040000 tree"
    scratch.git("update-ref", "HEAD", scratch.git("commit-tree", key, "-m", "Bomb"))
    scratch.git("gc", "--quiet")
    with within(20), pytest.raises(RepositoryNotFoundError, match="more than 64,000,000 bytes"):
        open_tree(scratch.root, "HEAD")


def test_a_folder_that_may_not_be_listed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "closed").mkdir()
    (tmp_path / "a.txt").write_text("one\n")
    opened = os.open

    def refuse(path: Any, *flags: Any, **more: Any) -> int:
        if path == b"closed":
            raise PermissionError(errno.EACCES, "Permission denied")
        return opened(path, *flags, **more)

    monkeypatch.setattr(os, "open", refuse)
    monkeypatch.setattr(os, "supports_dir_fd", {refuse})
    reason = "<cannot be read: permission denied>"
    assert contents(open_tree(tmp_path)) == {"a.txt": "one\n", "closed": reason}


def test_ignore_patterns_that_take_for_ever_are_given_up(scratch: Scratch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vger_guide.repo.git.SECONDS", 1)
    scratch.write(".gitignore", "**/a/" * 20 + "b\n")
    scratch.commit()
    with within(30), pytest.raises(RequirementMissingError, match="took longer than 1 seconds"):
        open_tree(scratch.root).ignored(["a/" * 50 + "c"])
