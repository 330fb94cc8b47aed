"""Repositories at an address: what is cloned, what is refused, and what stays secret."""

import time
from pathlib import Path

import pytest

from tests.checks.repositories import Scratch, contents, listing, look_at_all, plant
from vger_guide.repo.clone import is_address, open_clone
from vger_guide.repo.open import RepositoryNotFoundError
from vger_guide.repo.tree import RequirementMissingError

ADDRESSES = (
    *("https://example.org/a.git", "http://example.org/a", "ssh://git@example.org/a", "git@example.org:a/b.git"),
    *("file:///srv/a.git", "git://example.org/a", "ext::sh -c id", "me@[::1]:a", "HTTPS://EXAMPLE.ORG"),
)
PATHS = (".", "a", "/srv/a.git", "../a", "C:\\a", "C:/a", "a:b", "./git@example.org:a", "a/b@c:d", "-x", "")
# What would run a command, reach what nobody meant, or be taken for an option.
REFUSED = (
    *("ext::sh -c 'touch CANARY'", "fd::17", "http://localhost:1/a", "git://localhost:1/a", "ftp://localhost:1/a"),
    *("--upload-pack=touch CANARY", "-uCANARY@x:y", "ssh://-oProxyCommand=touch%20CANARY/a", "a@-oProxyCommand=x:y"),
    *("file::/x", "transport::https://localhost/a", "", "/srv/a.git", "a"),
)


@pytest.fixture
def scratch(tmp_path: Path) -> Scratch:
    made = Scratch(tmp_path / "made")
    made.commit("First", a="one\n")
    made.git("tag", "v1")
    made.commit("Second", a="two\n")
    made.git("branch", "side")
    return made


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder that temporary files are made in."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    return folder


def ignore(_line: str) -> None:
    """Show no progress."""


@pytest.mark.parametrize("text", ADDRESSES)
def test_an_address_is_told_from_a_path(text: str) -> None:
    assert is_address(text)


@pytest.mark.parametrize("text", PATHS)
def test_a_path_is_told_from_an_address(text: str) -> None:
    assert not is_address(text)


def test_a_clone_is_read_and_removed(scratch: Scratch, temporary: Path) -> None:
    address = f"file://{scratch.root}"
    with open_clone(address, ignore) as tree:
        assert look_at_all(tree) == {"a.txt": "two\n"}
        assert tree.target == address
        assert tree.commit == scratch.git("rev-parse", "main")
        with pytest.raises(RequirementMissingError, match="shallow clone"):
            tree.tags()
        assert list(temporary.iterdir())
    del tree
    assert not list(temporary.iterdir())


@pytest.mark.parametrize(("ref", "text"), [("v1", "one\n"), ("side", "two\n")])
def test_a_branch_or_a_tag_is_cloned(scratch: Scratch, ref: str, text: str) -> None:
    with open_clone(f"file://{scratch.root}", ignore, ref) as tree:
        assert contents(tree) == {"a.txt": text}
        assert tree.target == f"file://{scratch.root} at {ref}"


def test_only_one_commit_is_fetched(scratch: Scratch, temporary: Path) -> None:
    with open_clone(f"file://{scratch.root}", ignore):
        (packed,) = temporary.glob("*/packed-refs")
        assert packed.read_text().count("refs/heads/") == 1
        assert next(temporary.glob("*/shallow")).read_text().split() == [scratch.git("rev-parse", "main")]


def test_the_progress_is_told_and_nothing_that_the_server_says(scratch: Scratch) -> None:
    told: list[str] = []
    with open_clone(f"file://{scratch.root}", told.append):
        assert any(line.startswith("Receiving objects: 100%") for line in told)
        assert not any("remote" in line for line in told)


@pytest.mark.parametrize("address", REFUSED)
def test_an_address_that_could_do_something_else_is_refused(tmp_path: Path, address: str) -> None:
    canary = tmp_path / "canary"
    address = address.replace("CANARY", str(canary))
    with (
        pytest.raises(RepositoryNotFoundError, match="is not an address that can be cloned"),
        open_clone(address, ignore),
    ):
        pass
    assert not canary.exists()


def test_nothing_that_the_repository_names_is_run_and_nothing_is_written(scratch: Scratch, tmp_path: Path) -> None:
    scratch.write(".gitattributes", "* filter=planted diff=planted\n")
    scratch.commit()
    plant(scratch.root / ".git", tmp_path / "canary")
    before = listing(scratch.root)
    with open_clone(f"file://{scratch.root}", ignore) as tree:
        assert look_at_all(tree)["a.txt"] == "two\n"
    assert listing(scratch.root) == before
    assert not list((tmp_path / "canary").iterdir())


@pytest.mark.parametrize("user", ["me:t0ken@", "t0ken@", "me:t0k@en@", "me:%74t0ken@"])
def test_a_secret_in_an_address_is_not_told(user: str) -> None:
    with (
        pytest.raises(RepositoryNotFoundError) as caught,
        open_clone(f"https://{user}localhost:1/a.git?key=t0ken", ignore),
    ):
        pass
    assert "t0k" not in str(caught.value)
    assert str(caught.value).startswith("https://***@localhost:1/a.git?*** cannot be cloned: ")
    assert "\n" not in str(caught.value)


def test_what_is_not_there_is_told_in_one_line(scratch: Scratch, tmp_path: Path, temporary: Path) -> None:
    with pytest.raises(RepositoryNotFoundError, match=r"does not (exist|appear to be a git repository)"):
        open_clone(f"file://{tmp_path}/nothing", ignore).__enter__()
    with pytest.raises(RepositoryNotFoundError, match="Remote branch v9 not found"):
        open_clone(f"file://{scratch.root}", ignore, "v9").__enter__()
    assert not list(temporary.iterdir())


def test_an_empty_repository_is_told(tmp_path: Path) -> None:
    Scratch(tmp_path / "empty")
    with pytest.raises(RepositoryNotFoundError, match="it has no commits"):
        open_clone(f"file://{tmp_path}/empty", ignore).__enter__()


def test_a_server_that_never_answers_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ssh = tmp_path / "ssh"
    ssh.write_text("#!/bin/sh\nsleep 60\n")
    ssh.chmod(0o755)
    monkeypatch.setenv("GIT_SSH_COMMAND", str(ssh))
    monkeypatch.setattr("vger_guide.repo.clone.SECONDS", 0.5)
    started = time.monotonic()
    with pytest.raises(
        RepositoryNotFoundError, match=r"git@localhost:a cannot be cloned: git clone took longer than 0\.5 seconds"
    ):
        open_clone("git@localhost:a", ignore).__enter__()
    assert time.monotonic() - started < 30
