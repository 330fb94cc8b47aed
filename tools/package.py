"""Builds the Python package and checks it, before it is published: its version, its metadata and the data in it."""

import argparse
import email
import subprocess
import sys
import zipfile
from pathlib import Path

from packaging.metadata import Metadata

from vger_guide import __version__

ROOT = Path(__file__).resolve().parent.parent
EDITIONS = "vger_guide/data/checklists/editions/"


class PackageError(Exception):
    """There is no package that could be published."""


def build(folder: Path) -> Path:
    """Build wheel and source archive into an empty folder, and return the wheel's path. Raises PackageError."""
    if folder.exists() and any(folder.iterdir()):
        raise PackageError(f"{folder} is not empty, and all that is in it would be published; empty it")
    command = [sys.executable, "-m", "hatchling", "build", "--directory", str(folder)]
    if code := subprocess.run(command, cwd=ROOT, stdout=sys.stderr).returncode:
        raise PackageError(f"hatchling ended with {code}, and says above why")
    [wheel] = folder.glob("*.whl")
    return wheel


def problems(wheel: Path, tag: str) -> list[str]:
    """Return the problems that keep a wheel from being published under a tag such as `v1.2.0`."""
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        text = archive.read(next(name for name in names if name.endswith(".dist-info/METADATA")))
    try:
        metadata = Metadata.from_email(text, validate=True)
    except ExceptionGroup as group:
        return [
            f"its metadata are not as the specification of core metadata has them: {each}" for each in group.exceptions
        ]
    found = {
        f"the tag {tag} is not v{metadata.version}, the version in src/vger_guide/__init__.py": tag
        != f"v{metadata.version}",
        "the package has no description": not email.message_from_bytes(text).get_payload(),
        "no published edition is in the package": not _editions(names),
    }
    return [problem for problem, there in found.items() if there]


def _editions(names: list[str]) -> list[str]:
    return sorted(Path(name).stem for name in names if name.startswith(EDITIONS) and name.endswith(".json"))


def main() -> int:
    """Run from the command line. Exit code 1 where the package must not be published, 2 where there is none."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="the folder to build into")
    parser.add_argument("--tag", default=f"v{__version__}", help="the tag that it is published under")
    asked = parser.parse_args()
    try:
        wheel = build(asked.folder.resolve())
    except PackageError as error:
        print(error, file=sys.stderr)
        return 2
    left = problems(wheel, asked.tag)
    for problem in left:
        print(f"{wheel.name}: {problem}", file=sys.stderr)
    if not left:
        print(f"{wheel.name} carries the editions {', '.join(_editions(zipfile.ZipFile(wheel).namelist()))}")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
