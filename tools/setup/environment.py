"""Makes the environment, or adds to it; where that fails, the one that was there is there again.

The commands of an environment hold its path, so that it cannot be made elsewhere and moved: the old one is moved
aside instead, and back.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.setup import SetupError, pip

# Of an environment: where it was made, as one that is moved with its project has commands that lead nowhere.
PLACE = ".place"
# What an environment has beside what is locked.
BESIDE = {"pip", "setuptools", "vger-guide"}
INSTALLED = "import importlib.metadata as m, json; print(json.dumps([[d.name, d.version] for d in m.distributions()]))"


def set_up(venv: Path, root: Path, lock: Path, whole: Path) -> None:
    """Install what a lock file names, and the project in place. Raises SetupError, and leaves what was there.

    `whole` is the lock file of everything: an environment that holds nothing else, in no other version, is added to.
    """
    if _is_part_of(venv, whole):
        _fill(venv, root, lock)
        return
    with _put_back_on_failure(venv):
        _make(venv)
        _fill(venv, root, lock)


def _make(venv: Path) -> None:
    # The Python at hand may be that of the environment which has just been moved aside: then it is the one below it.
    base = getattr(sys, "_base_executable", sys.executable)
    done = subprocess.run([base, "-I", "-m", "venv", str(venv)], capture_output=True, text=True)
    if done.returncode:
        raise SetupError(pip.reason(done.stdout + done.stderr))


def _fill(venv: Path, root: Path, lock: Path) -> None:
    python = venv / "bin" / "python"
    pip.install_locked(python, lock)
    pip.install_project(python, root)
    (venv / PLACE).write_bytes(os.fsencode(venv) + b"\n")


@contextmanager
def _put_back_on_failure(venv: Path) -> Iterator[None]:
    """Move the environment aside, and back where the block fails.

    One that lies aside already is of a run that was killed: what stands in its place is half made.
    """
    aside = venv.with_name(f"{venv.name}.old")
    if aside.exists():
        shutil.rmtree(venv, ignore_errors=True)
    elif venv.exists():
        venv.rename(aside)
    try:
        yield
    except BaseException:
        shutil.rmtree(venv, ignore_errors=True)
        if aside.exists():
            aside.rename(venv)
        raise
    shutil.rmtree(aside, ignore_errors=True)


def _is_part_of(venv: Path, lock: Path) -> bool:
    """Return whether an environment was made here and holds nothing but what is locked, and pip to add to it."""
    place = venv / PLACE
    if not place.is_file() or place.read_bytes() != os.fsencode(venv) + b"\n":
        return False
    installed = _installed(venv)
    pins = set(re.findall(r"^([\w.-]+)==(\S+)", lock.read_text(encoding="utf-8"), re.MULTILINE))
    return "pip" in installed and all(name in BESIDE or (name, version) in pins for name, version in installed.items())


def _installed(venv: Path) -> dict[str, str]:
    """Return the versions of what is installed, by normalised names; nothing where its Python is gone."""
    try:
        done = subprocess.run([venv / "bin" / "python", "-I", "-c", INSTALLED], capture_output=True, text=True)
    except OSError:
        return {}
    pairs = json.loads(done.stdout) if done.returncode == 0 else []
    return {re.sub(r"[-_.]+", "-", name).lower(): version for name, version in pairs}
