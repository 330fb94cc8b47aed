"""The set-up goes on in sight, ends in one line with what to do where it cannot, and leaves what was there."""

import base64
import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tools.setup import SetupError, requisites
from tools.setup.pip import reason

SECONDS = 900
PROJECT = """[build-system]
requires = []
build-backend = "back_end"
backend-path = ["."]
[project]
name = "vger-guide"
version = "1"
classifiers = ["Programming Language :: Python :: 3.11", "Programming Language :: Python :: 3.14"]
"""
# A back end that needs nothing, as the real one comes from the index.
BACK_END = """import zipfile
def build_editable(folder, config_settings=None, metadata_directory=None):
    name = "vger_guide-1-py3-none-any.whl"
    with zipfile.ZipFile(f"{folder}/{name}", "w") as wheel:
        wheel.writestr("vger_guide-1.dist-info/METADATA", "Metadata-Version: 2.1\\nName: vger-guide\\nVersion: 1\\n")
        wheel.writestr("vger_guide-1.dist-info/WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\n")
        wheel.writestr("vger_guide-1.dist-info/RECORD", "")
    return name
"""


class Small:
    """A project of two packages, saw for serving and hammer for the rest, and the set-up of this one."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.venv = root / ".venv"
        self.aside = root / ".venv.old"
        for name in ("tools/__init__.py", "Makefile"):
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, root / name)
        shutil.copytree(
            ROOT / "tools" / "setup", root / "tools" / "setup", ignore=shutil.ignore_patterns("__pycache__")
        )
        (root / "pyproject.toml").write_text(PROJECT, encoding="utf-8")
        (root / "back_end.py").write_text(BACK_END, encoding="utf-8")
        (root / "index").mkdir()
        self.lock("requirements.site.lock", "saw")
        self.lock("requirements.lock", "hammer", "saw")

    def lock(self, name: str, *packages: str, version: int = 1, true: bool = True) -> None:
        """Write a lock file of packages, which are put into the index; with another hash where it is not true."""
        lines = []
        for package in packages:
            right = _wheel(self.root / "index", package, version)
            lines.append(f"{package}=={version} \\\n    --hash=sha256:{right if true else '0' * 64}\n")
        (self.root / name).write_text("".join(lines), encoding="utf-8")

    def make(self, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run make as from a shell, with the index for pip to look at and nothing else."""
        index = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": (self.root / "index").as_uri(), "PIP_CONFIG_FILE": os.devnull}
        command = ["make", f"PYTHON={sys.executable}", *words]
        # What the make that runs the tests tells the commands below it is not for this one.
        shell = {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL")}
        env = {**shell, **index, **variables}
        return subprocess.run(command, cwd=self.root, env=env, capture_output=True, text=True, timeout=SECONDS)

    def has(self, package: str) -> str:
        """Return the version of a package in the environment, or nothing."""
        code = f"import {package}; print({package}.VERSION)"
        return subprocess.run([self.venv / "bin/python", "-c", code], capture_output=True, text=True).stdout.strip()


def _wheel(folder: Path, name: str, version: int) -> str:
    """Write a wheel, and return its hash."""
    files = {
        f"{name}.py": f"VERSION = {version}\n",
        f"{name}-{version}.dist-info/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        f"{name}-{version}.dist-info/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(f"{path},{_record_hash(text)},{len(text)}\n" for path, text in files.items())
    path = folder / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as wheel:
        for each, text in {**files, f"{name}-{version}.dist-info/RECORD": record}.items():
            wheel.writestr(zipfile.ZipInfo(each), text)
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _record_hash(text: str) -> str:
    return "sha256=" + base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()


@pytest.fixture
def small(tmp_path: Path) -> Small:
    """Return a small project, in a path with a blank and letters beyond ASCII."""
    (tmp_path / "a folder of Zoë").mkdir()
    return Small(tmp_path / "a folder of Zoë")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Small:
    """Return a small project that is set up for serving, in such a path; tests leave its environment as good."""
    root = tmp_path_factory.mktemp("made") / "a folder of Zoë"
    root.mkdir()
    made = Small(root)
    done = made.make("setup-site")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Setting up .venv with Python 3.")
    return made


@pytest.mark.slow
def test_serving_takes_its_own_packages_and_the_tests_add_the_rest(made: Small) -> None:
    assert (made.has("saw"), made.has("hammer")) == ("1", "")
    (made.venv / "kept").touch()
    assert made.make("setup").returncode == 0
    assert (made.has("saw"), made.has("hammer"), (made.venv / "kept").exists()) == ("1", "1", True)
    assert made.make("setup", "setup-site").stdout.count("Setting up") == 0


@pytest.mark.slow
def test_a_set_up_that_fails_leaves_what_was_there(made: Small) -> None:
    made.lock("requirements.site.lock", "saw", version=2, true=False)
    done = made.make("setup-site")
    first = done.stderr.splitlines()[0]
    assert done.returncode == 2
    assert first.startswith("Not set up: a package is not the one that was locked, by its hash")
    assert first.endswith("(.venv is as it was.)")
    assert made.has("saw") == "1"
    assert not made.aside.exists()


@pytest.mark.slow
def test_what_a_killed_set_up_moved_aside_comes_back(made: Small) -> None:
    made.venv.rename(made.aside)
    (made.venv / "half").mkdir(parents=True)
    made.lock("requirements.site.lock", "saw", version=2, true=False)
    assert made.make("setup-site").returncode == 2
    assert made.has("saw") == "1"
    assert not made.aside.exists()


@pytest.mark.slow
def test_an_environment_that_was_moved_with_its_folder_is_made_anew(made: Small) -> None:
    made.lock("requirements.site.lock", "saw")
    (made.venv / ".place").write_text("/elsewhere/.venv\n", encoding="utf-8")
    assert "Setting up" in made.make("setup-site").stdout
    assert (made.venv / ".place").read_text(encoding="utf-8") == f"{made.venv}\n"


@pytest.mark.parametrize("python", ["/nowhere/python3", "false", ""])
def test_without_a_python_that_is_new_enough_make_says_which_is(python: str, small: Small) -> None:
    done = small.make(f"PYTHON={python}", "setup")
    assert done.returncode == 2
    assert done.stderr.startswith("Python 3.11 or later is needed, and ")
    assert "Install it, or name one: make PYTHON=/path/to/python3\n" in done.stderr
    assert not small.venv.exists()


def test_without_git_a_line_says_so_where_it_is_needed(small: Small) -> None:
    where = {"PATH": str(small.root / "empty")}
    done = _set_up(small, "all", where)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "Not set up: git is not found; install it (Debian and Ubuntu: apt install git), and run this again. "
        "(there is no .venv.)\n"
    )


def _set_up(small: Small, part: str, variables: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tools.setup", part]
    return subprocess.run(command, cwd=small.root, env=variables, capture_output=True, text=True, timeout=SECONDS)


def test_serving_an_archive_needs_no_git_and_a_clone_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    requisites.check(tmp_path, whole=False)
    (tmp_path / ".git").mkdir()
    with pytest.raises(SetupError, match="git is not found; install it"):
        requisites.check(tmp_path, whole=False)


def test_a_folder_that_cannot_be_written_ends_in_a_line(small: Small) -> None:
    (small.root / ".venv").write_text("a file in its place", encoding="utf-8")
    (small.root / ".venv.old").mkdir()
    done = _set_up(small, "site", os.environ)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1


def test_a_python_that_is_newer_than_those_tested_is_remarked(small: Small) -> None:
    assert requisites.remark(small.root, (3, 14)) == ""
    assert requisites.remark(small.root, (3, 15)).startswith("Python 3.15 is newer than those tested, 3.11 to 3.14")
    assert requisites.remark(ROOT, sys.version_info[:2]) == ""


RETRY = (
    "WARNING: Retrying (Retry(total=0, connect=None, read=None, redirect=None, status=None)) after connection "
    "broken by 'NewConnectionError('<pip._vendor.urllib3.connection.HTTPSConnection object at 0x7f>: Failed to "
    "establish a new connection: [Errno -3] Temporary failure in name resolution')': /simple/mkdocs/\n"
)
NONE = "ERROR: No matching distribution found for mkdocs==1.6.1\n"


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        (RETRY * 5 + NONE, "the packages cannot be fetched; connect to the network, or name a mirror in PIP_INDEX_URL"),
        (NONE, "there is no build of mkdocs==1.6.1 for this Python and machine"),
        (
            "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device\n",
            "the disk is full",
        ),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "a package is not the one"),
        ("Collecting mkdocs\nERROR: Something else\n\n", "pip failed: ERROR: Something else"),
        ("", "pip failed: it says nothing"),
    ],
    ids=["no network", "no build", "no room", "another package", "else", "silence"],
)
def test_why_pip_failed_is_said_in_a_line(printed: str, said: str) -> None:
    assert reason(printed).startswith(said)
    assert "\n" not in reason(printed)
