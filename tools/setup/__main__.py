"""Sets the environment up: `python -m tools.setup site` what serving and building need, `all` everything.

Exit code 2 where it cannot be, with what to do in a line; what was there is there still.
"""

import argparse
import fcntl
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.setup import SetupError, environment, requisites

ROOT = Path(__file__).resolve().parent.parent.parent
VENV = ROOT / ".venv"
LOCKS = {"site": "requirements.site.lock", "all": "requirements.lock"}
# Files that are as new as the environment that they stand in, for make.
STAMPS = {"site": (".site",), "all": (".site", ".ready")}


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(prog="python -m tools.setup", description=__doc__.partition("\n")[0])
    parser.add_argument("part", choices=LOCKS)
    part = parser.parse_args().part
    try:
        with _one_at_a_time():
            _set_up(part)
    except SetupError as why:
        return _failed(str(why), 2)
    except OSError as why:
        return _failed(f"{why.filename or VENV}: {why.strerror or why}", 2)
    except KeyboardInterrupt:
        return _failed("interrupted", 130)
    return 0


def _set_up(part: str) -> None:
    requisites.check(ROOT, whole=part == "all")
    if remark := requisites.remark(ROOT):
        print(remark, file=sys.stderr)
    version = sys.version.partition(" ")[0]
    print(f"Setting up .venv with Python {version} from {LOCKS[part]}; this takes a minute", flush=True)
    started = time.monotonic()
    environment.set_up(VENV, ROOT, ROOT / LOCKS[part], ROOT / LOCKS["all"])
    for stamp in STAMPS[part]:
        (VENV / stamp).touch()
    print(f"Set up in {time.monotonic() - started:.0f} s", flush=True)


def _failed(why: str, code: int) -> int:
    there = ".venv is as it was" if VENV.exists() else "there is no .venv"
    print(f"Not set up: {why}. ({there}.)", file=sys.stderr)
    return code


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Wait for another set-up of this folder."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    sys.exit(main())
