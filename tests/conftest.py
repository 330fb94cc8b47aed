"""What tests of several kinds share."""

import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = Path(__file__).parent / "examples"


@pytest.fixture
def small_catalog(tmp_path: Path) -> Path:
    """Return a copy of the small good catalogue, to be spoiled."""
    return Path(shutil.copytree(EXAMPLES / "catalog" / "good", tmp_path / "checklists"))


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a run write down expected messages instead of comparing them."""
    parser.addoption("--write-expected", action="store_true", help="write the messages of examples/catalog/bad/ down")
