"""Gets what the site carries of other people's programs: exact versions, proven by the hashes of the lock files.

`package-lock.json` (https://docs.npmjs.com/cli/v11/configuring-npm/package-lock-json) locks what comes from the npm
registry, which is fetched without Node.js; `requirements.lock` locks the builds of Python packages for WebAssembly,
which pip fetches. Both are kept in the user's cache, so that they come over the network once.
"""

import base64
import hashlib
import io
import json
import os
import re
import subprocess
import sys
import tarfile
import tempfile
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REGISTRY = "https://registry.npmjs.org/"
SECONDS = 120


class Unavailable(Exception):  # noqa: N818 - the message says what could not be had, and how to mend it
    """What the site carries cannot be had."""


def package(name: str) -> dict[str, bytes]:
    """Return the files of a package of the npm registry by their paths, such as `dist/index.js`. Raises Unavailable."""
    locked = json.loads((ROOT / "package-lock.json").read_bytes())["packages"][f"node_modules/{name}"]
    archive = _kept(locked["integrity"], lambda: _from_registry(name, locked["version"]))
    if _integrity(archive) != locked["integrity"]:
        raise Unavailable(f"{name} {locked['version']} from the registry is not what package-lock.json names")
    with tarfile.open(fileobj=io.BytesIO(archive)) as files:
        read = {member.name.partition("/")[2]: files.extractfile(member) for member in files if member.isfile()}
        return {path: file.read() for path, file in read.items() if file}


def wheel(name: str, platform: str, python: str) -> tuple[str, bytes]:
    """Return the file name and the bytes of a locked Python package, built for a platform and `3.14`, say.

    Raises Unavailable.
    """
    block = _locked(name)
    key = f"{name} {platform} {python} {hashlib.sha256(block.encode()).hexdigest()}"
    data = _kept(key, lambda: _from_pip(block, platform, python))
    file, _, content = data.partition(b"\0")
    return file.decode(), content


def cache_folder() -> Path:
    """Return the folder of the user's cache that is ours (https://specifications.freedesktop.org/basedir-spec/)."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "vger-guide" / "vendored"


def _kept(key: str, get: Callable[[], bytes]) -> bytes:
    path = cache_folder() / hashlib.sha256(key.encode()).hexdigest()
    if path.exists():
        return path.read_bytes()
    data = get()
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(data)
    Path(file.name).replace(path)
    return data


def _integrity(data: bytes) -> str:
    return "sha512-" + base64.b64encode(hashlib.sha512(data).digest()).decode()


def _from_registry(name: str, version: str) -> bytes:
    registry = os.environ.get("NPM_CONFIG_REGISTRY", REGISTRY).rstrip("/")
    address = f"{registry}/{name}/-/{name.rpartition('/')[2]}-{version}.tgz"
    try:
        with urllib.request.urlopen(address, timeout=SECONDS) as answer:  # noqa: S310 - its hash is proven
            return bytes(answer.read())
    except (urllib.error.URLError, OSError) as error:
        raise Unavailable(f"{name} {version} cannot be had from {registry}: {error}") from None


def _locked(name: str) -> str:
    """Return the lines of requirements.lock that name a version of a package and its hashes."""
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    found = re.search(rf"^{re.escape(name)}==(?:.*\\\n)*.*$", lock, re.MULTILINE)
    if not found:
        raise Unavailable(f"requirements.lock names no version of {name}; run 'make lock'")
    return found[0]


def _from_pip(block: str, platform: str, python: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        wanted = Path(folder) / "wanted.txt"
        wanted.write_text(block, encoding="utf-8")
        built_for = ["--platform", platform, "--python-version", python, "--implementation", "cp"]
        abi = ["--abi", f"cp{python.replace('.', '')}", "--only-binary", ":all:", "--no-deps"]
        command = [sys.executable, "-m", "pip", "download", "-qq", "--disable-pip-version-check", "--require-hashes"]
        command += [*built_for, *abi, "--dest", folder, "--requirement", str(wanted)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=10 * SECONDS)
        if done.returncode:
            raise Unavailable(f"{block.partition(' ')[0]} for {platform} cannot be had: {done.stderr.strip()[-500:]}")
        [file] = Path(folder).glob("*.whl")
        return file.name.encode() + b"\0" + file.read_bytes()
