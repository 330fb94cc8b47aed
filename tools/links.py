"""Builds the site, serves it, and has LinkChecker ask every address that leaves it."""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from tools.site import build
from tools.static_server import serve

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Run from the command line. Exit code 0: all answered; 1: broken links, listed; 2: the site does not build."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    with tempfile.TemporaryDirectory() as folder:
        # LinkChecker gives up root's rights where it has them, and must still be able to read.
        Path(folder).chmod(0o755)
        site = Path(folder) / "site"
        if build(site):
            return 2
        with serve(site) as address:
            command = [sys.executable, "-m", "linkcheck", "--config", str(ROOT / "linkcheckerrc"), "--check-extern"]
            return subprocess.run([*command, address], cwd=ROOT).returncode


if __name__ == "__main__":
    sys.exit(main())
