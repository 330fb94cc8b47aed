"""What the tests of the command line share."""

from pathlib import Path

import pytest

from tests.cli.running import Vger


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a cache folder that the calls of a run share."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def vger(tmp_path: Path, cache: Path) -> Vger:
    """Return the command, run from an empty folder away from the project."""
    return Vger(tmp_path, cache)


@pytest.fixture
def project_vger(project: Path, cache: Path) -> Vger:
    """Return the command of a copy of the project, run from that copy."""
    return Vger(project, cache, project)
