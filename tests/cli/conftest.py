"""What the tests of the command line share."""

import shutil
from pathlib import Path

import pytest

from tests.checks.repositories import Scratch
from tests.cli.vger_process import Vger
from tests.conftest import ROOT

KEY = "AKIA" + "Z3MWDVBNGT4KQJH2"


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a cache folder that the calls of a run share."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def vger(tmp_path: Path, cache: Path) -> Vger:
    """Return the command, run from an empty folder away from the project."""
    return Vger(tmp_path, cache)


@pytest.fixture
def project_vger(tmp_path: Path, cache: Path) -> Vger:
    """Return the command with a copy of its code, the data and the rules' pages, run from that copy."""
    for part in ("checklists", "docs/rules", "src"):
        shutil.copytree(ROOT / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copyfile(ROOT / "CHANGELOG.md", tmp_path / "CHANGELOG.md")
    return Vger(tmp_path, cache, tmp_path)


@pytest.fixture(scope="session")
def first_desk(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Path:
    """Return a folder with a repository of a shop that holds a key, and a review of it."""
    vger = Vger(tmp_path_factory.mktemp("desk"), cache)
    shop = Scratch(vger.folder / "shop")
    shop.write("settings.py", f'AWS_KEY = "{KEY}"\n')
    shop.write(".github/CODEOWNERS", "* @shop/payments\n")
    shop.commit("Sell things (#1)")
    vger.lines("review", "new", "--chapter", "3", "--target", "Web shop=shop", "--target", "Till", "--title", "Sale")
    return vger.folder


@pytest.fixture
def desk(vger: Vger, first_desk: Path) -> Path:
    """Return the folder of the command, with a copy of that repository and review, to be changed."""
    return Path(shutil.copytree(first_desk, vger.folder, dirs_exist_ok=True))
