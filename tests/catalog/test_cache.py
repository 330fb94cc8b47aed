"""What is kept of a catalogue is made anew when its data or the code that reads it change."""

import os
from pathlib import Path

import pytest

from vger_guide.catalog import cache


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder of data, read by code that stands beside it."""
    for name in cache.CODE:
        (tmp_path / "code" / name).mkdir(parents=True)
    data = tmp_path / "data"
    data.mkdir()
    (data / "guide.yml").write_text("chapters: []\n", encoding="utf-8")
    monkeypatch.setattr(cache, "_PACKAGE", tmp_path / "code")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return data


@pytest.mark.parametrize("edited", ["matchers/formats/yaml.py", "matchers/code.py", "records/fields.py"])
def test_an_edit_of_the_code_makes_what_is_kept_anew(folder: Path, edited: str) -> None:
    code = folder.parent / "code" / edited
    code.parent.mkdir(parents=True, exist_ok=True)
    code.write_text("A = 1\n", encoding="utf-8")
    cache.Cache(folder).write([b"1", b"2"])
    assert [cache.Cache(folder).read(part) for part in range(3)] == [b"1", b"2", None]

    code.write_text("A = 2\n", encoding="utf-8")
    os.utime(code, (1, 1))
    assert cache.Cache(folder).read(0) is None


@pytest.mark.parametrize("name", ["rules/tools.yml", "rules/tools.yaml", ".edition.json"])
def test_a_file_more_makes_what_is_kept_anew(folder: Path, name: str) -> None:
    cache.Cache(folder).write([b"1"])
    (folder / "rules").mkdir(exist_ok=True)
    (folder / name).touch()
    assert cache.Cache(folder).read(0) is None
