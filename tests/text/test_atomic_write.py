"""Files are replaced whole, and nothing that lies about leads the writer elsewhere."""

import os
import threading
from pathlib import Path

import pytest

from vger_guide.text.atomic_write import write_whole


def test_links_under_names_that_a_writer_might_choose_lead_nowhere(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("mine", encoding="utf-8")
    folder = tmp_path / "repository"
    folder.mkdir()
    for number in range(os.getpid() - 50, os.getpid() + 50):
        (folder / f".review.json.{number}.new").symlink_to(victim)
    write_whole(folder / "review.json", b"{}")
    assert victim.read_text(encoding="utf-8") == "mine"
    assert (folder / "review.json").read_bytes() == b"{}"
    assert not (folder / "review.json").is_symlink()


def test_the_old_permissions_are_kept_and_a_new_file_has_those_of_the_umask(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    old.write_bytes(b"old")
    old.chmod(0o640)
    mask = os.umask(0o027)
    try:
        write_whole(old, b"new")
        write_whole(new, b"new")
    finally:
        os.umask(mask)
    assert (old.stat().st_mode & 0o777, new.stat().st_mode & 0o777) == (0o640, 0o640)
    assert old.read_bytes() == b"new"


def test_a_pipe_is_written_to_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    write_whole(pipe, b"report")
    reader.join(timeout=10)
    assert (read, pipe.is_fifo()) == ([b"report"], True)


@pytest.mark.parametrize("name", ["", "missing/file", "."])
def test_what_cannot_be_written_is_said_of_the_path_that_was_named(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    with pytest.raises(OSError, match=r"directory") as told:
        write_whole(path, b"")
    assert told.value.filename == str(path)
    assert [*tmp_path.iterdir()] == []


def test_the_root_of_the_disk_is_a_folder() -> None:
    with pytest.raises(IsADirectoryError):
        write_whole(Path("/"), b"")
