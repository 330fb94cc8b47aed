"""Finds an installed LibreOffice, or installs it, and says which; converts workbooks and documents by it."""

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tools.system_packages import apt, installed

NAMES = ("soffice", "libreoffice")
MAC = ("/Applications/LibreOffice.app/Contents/MacOS/soffice",)
PACKAGES = ("libreoffice-calc", "libreoffice-writer")
# It takes 2 s to begin and less for a file, but other things may run beside it.
SECONDS, SECONDS_OF_A_FILE = 180, 30


def find() -> Path | None:
    """Return the program that SOFFICE_PATH names, or that the system has."""
    candidates = [os.environ.get("SOFFICE_PATH"), *map(shutil.which, NAMES), *MAC]
    return next((Path(path) for path in candidates if path and Path(path).is_file()), None)


def install() -> Path | None:
    """Install the system's packages, where apt can."""
    return find() if installed("LibreOffice", apt("--no-install-recommends", *PACKAGES)) else None


def convert(office: Path, sources: Sequence[Path], ending: str, folder: Path, *reading: str) -> list[Path]:
    """Return the files that LibreOffice makes of others, counted anew, in a folder that nothing else writes into.

    `reading` are options of how it reads them. It keeps a profile of its own in the folder, so that one which is open
    on a screen is not asked. Raises RuntimeError.
    """
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    into = folder / "converted"
    command = [str(office), profile, "--headless", *reading, "--convert-to", ending, "--outdir", str(into)]
    command += map(str, sources)
    seconds = SECONDS + SECONDS_OF_A_FILE * len(sources)
    done = subprocess.run(command, capture_output=True, text=True, timeout=seconds)
    made = [into / f"{source.stem}.{ending}" for source in sources]
    if missing := [source for source, path in zip(sources, made, strict=True) if not path.is_file()]:
        raise RuntimeError(f"{office} made no {ending} of {missing}: {done.stdout}{done.stderr}")
    return made


def main() -> int:
    """Print the program's path, installing it if need be. Exit code 3 when there is none to be had."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    found = find() or install()
    if not found:
        packages = " ".join(PACKAGES)
        print(f"No LibreOffice: install its Calc and Writer ({packages}), or name it in SOFFICE_PATH.", file=sys.stderr)
        return 3
    print(f"Office: {found}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
