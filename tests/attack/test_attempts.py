"""What hostile repositories and files are answered: the attempts are data, in tests/examples/attack/."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.checks.repositories import Scratch
from tests.cli.vger_process import Vger
from tests.conftest import EXAMPLES

ATTEMPTS = yaml.safe_load((EXAMPLES / "attack" / "attempts.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a repository of one file."""
    shop = Scratch(tmp_path_factory.mktemp("template") / "shop")
    shop.write("a.py", "print(1)\n")
    shop.commit("Begin (#1)")
    return shop.root


@pytest.mark.parametrize("attempt", ATTEMPTS, ids=lambda each: f"{each['kind']}: {each['name']}")
def test_it_is_refused_or_passed_over_in_words(attempt: dict[str, Any], vger: Vger, template: Path) -> None:
    root = Path(shutil.copytree(template, vger.folder / "shop"))
    for name, what in attempt.get("files", {}).items():
        _make(root / name, what)
    if attempt.get("tracked"):
        subprocess.run(["git", "add", "."], cwd=root, check=True)
    if gone := attempt.get("gone"):
        (root / gone).unlink()
    before = _list(root)

    done = Vger(root, vger.cache)(*attempt["run"])

    assert done.returncode == attempt["code"], done
    said = done.stdout + done.stderr
    assert attempt.get("says", "") in said
    assert len(said.splitlines()) < 300
    assert _list(root) == before


def _make(path: Path, what: str | Mapping[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(what, str):
        path.write_text(what, encoding="utf-8")
    elif "sparse" in what:
        with path.open("wb") as file:
            file.truncate(what["sparse"])
    elif "link" in what:
        path.symlink_to(what["link"])
    elif "pipe" in what:
        os.mkfifo(path)
    else:
        times = what["times"]
        text = what.get("first", "") + what["repeat"] * times
        closed = "1" + what["last"] * times + what.get("end", "") if "last" in what else ""
        path.write_text(text + closed, encoding="utf-8")


def _list(root: Path) -> set[tuple[str, int]]:
    return {(str(each), each.lstat().st_size) for each in root.rglob("*") if ".git" not in each.parts}
