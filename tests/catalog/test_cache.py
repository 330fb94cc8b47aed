"""What is kept of a catalogue is made anew when its data or the code that reads it change."""

import os
from pathlib import Path

import pytest

from vger_guide.catalog import cache


@pytest.mark.parametrize("edited", ["matchers/formats/yaml.py", "matchers/code.py", "records/fields.py"])
def test_an_edit_of_the_code_makes_what_is_kept_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, edited: str
) -> None:
    for name in cache.CODE:
        (tmp_path / "code" / name).mkdir(parents=True)
    code = tmp_path / "code" / edited
    code.parent.mkdir(parents=True, exist_ok=True)
    code.write_text("A = 1\n", encoding="utf-8")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "guide.yml").write_text("chapters: []\n", encoding="utf-8")
    monkeypatch.setattr(cache, "_PACKAGE", tmp_path / "code")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    made = iter(range(9))

    assert [cache.cached("plan", tmp_path / "data", lambda: next(made)) for _ in range(2)] == [0, 0]

    code.write_text("A = 2\n", encoding="utf-8")
    os.utime(code, (1, 1))
    assert [cache.cached("plan", tmp_path / "data", lambda: next(made)) for _ in range(2)] == [1, 1]
