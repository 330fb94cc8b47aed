"""The wheel carries the data, and its command works away from the repository."""

import json
import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.slow

SECONDS = 120


@pytest.fixture
def installed(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an otherwise empty folder that the wheel was installed into."""
    built, target = tmp_path_factory.mktemp("dist"), tmp_path_factory.mktemp("installed")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(built)]
    subprocess.run(build, cwd=project, check=True, capture_output=True, timeout=SECONDS)
    [wheel] = built.glob("*.whl")
    _carries_the_data(wheel, project / "checklists")
    options = ["--quiet", "--disable-pip-version-check", "--no-index", "--no-deps", "--no-compile"]
    install = [sys.executable, "-m", "pip", "install", *options, "--target", str(target), str(wheel)]
    subprocess.run(install, check=True, timeout=SECONDS)
    return target


def _carries_the_data(wheel: Path, checklists: Path) -> None:
    data = {path.relative_to(checklists).as_posix(): path.read_bytes() for path in checklists.rglob("*.yml")}
    with zipfile.ZipFile(wheel) as archive:
        carried = {name: archive.read(f"vger_guide/data/checklists/{name}") for name in data}
    assert carried == data


def _run(installed: Path, empty: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run Python with the installed package, its dependencies, and nothing of this checkout.

    -S keeps the environment's own .pth files out, which lead to the checkout.
    """
    path = os.pathsep.join([str(installed), sysconfig.get_path("purelib"), sysconfig.get_path("platlib")])
    variables = {"PYTHONPATH": path, "PATH": os.environ["PATH"], "XDG_CACHE_HOME": str(empty.parent / "cache")}
    command = [sys.executable, "-S", *words]
    return subprocess.run(
        command, cwd=empty, env=variables, capture_output=True, text=True, timeout=SECONDS, check=False
    )


def test_a_package_is_not_built_among_others(tmp_path: Path) -> None:
    (tmp_path / "vger_guide-0.0.1-py3-none-any.whl").touch()
    command = [sys.executable, "-m", "tools.package", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=SECONDS)
    assert done.returncode == 2
    assert done.stderr == f"{tmp_path} is not empty, and all that is in it would be published; empty it\n"


def test_the_installed_command_knows_the_guide(installed: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    empty = tmp_path_factory.mktemp("away") / "empty"
    empty.mkdir()
    before = {path: path.read_bytes() for path in installed.rglob("*.yml")}

    def vger(*arguments: str) -> subprocess.CompletedProcess[str]:
        done = _run(installed, empty, str(installed / "bin" / "vger"), *arguments)
        assert "Traceback" not in done.stderr
        return done

    where = _run(installed, empty, "-c", "import vger_guide; print(vger_guide.__file__)").stdout
    assert Path(where.strip()).is_relative_to(installed)
    assert vger("--version").stdout.startswith("vger ")
    assert vger("validate").stdout.startswith("No problems: ")
    assert json.loads(vger("explain", "SES004", "--format", "json").stdout)["id"] == "SES004"
    assert "SES004" in vger("rules", "--section", "2.3.1").stdout
    assert json.loads(vger("tables", "--format", "json").stdout)
    assert vger("due", "--on", "2023-09-21").returncode == 0
    refused = vger("new", "rule", "2.3.1", "--title", "Name the cookie", "--level", "may")
    assert (refused.returncode, "name a folder with --catalog" in refused.stderr) == (2, True)
    assert {path: path.read_bytes() for path in installed.rglob("*.yml")} == before
    assert list(empty.iterdir()) == []
