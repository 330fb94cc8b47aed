"""`python -m tests.attack.fuzz MINUTES [TARGET...]`: try each target for so long, on every core.

What fails is told in its last lines. All that was said, and the bytes that did it, stand in .cache/fuzz/TARGET: keep
them in tests/examples/attack/fuzz/TARGET/, where a test finds them. The exit code is 1 then.
"""

import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from tests.attack.fuzz.targets import KEPT, TARGETS
from tests.conftest import ROOT

CACHE = ROOT / ".cache" / "fuzz"
# Of one input: seconds that it may take, and bytes that it has at most; and megabytes that the process may hold.
SECONDS, LENGTH, MEGABYTES = 10, 20_000, 2_048
LAST_LINES = 30


def start(seconds: int, name: str) -> str:
    """Try a target in a process of its own; return the last of what it said, or nothing where nothing failed."""
    folder = CACHE / name
    shutil.rmtree(folder, ignore_errors=True)
    seeds = folder / "seeds"
    seeds.mkdir(parents=True)
    kept = [path.read_bytes() for path in sorted((KEPT / name).glob("*"))]
    for number, seed in enumerate([*TARGETS[name].seeds(), *kept]):
        (seeds / str(number)).write_bytes(seed)
    limits = [f"-timeout={SECONDS}", f"-max_len={LENGTH}", f"-rss_limit_mb={MEGABYTES}"]
    where = [f"-artifact_prefix={folder}/", "-print_final_stats=1", str(seeds)]
    command = [sys.executable, "-m", "tests.attack.fuzz.one", name, f"-max_total_time={seconds}", *limits, *where]
    with Path(folder, "log").open("wb") as log:
        done = subprocess.run(command, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT, check=False)
    lines = Path(folder, "log").read_text(errors="replace").splitlines()
    return "\n".join(line[:300] for line in lines[-LAST_LINES:]) if done.returncode else ""


def main() -> int:
    """Try the targets that are named, or all."""
    minutes, *names = sys.argv[1:]
    if unknown := [name for name in names if name not in TARGETS]:
        sys.exit(f"There is no reader {', '.join(unknown)} to be fuzzed; there are: {', '.join(TARGETS)}")
    names = names or list(TARGETS)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        said = dict(zip(names, pool.map(partial(start, round(float(minutes) * 60)), names), strict=True))
    failed = {name: last for name, last in said.items() if last}
    for name, last in failed.items():
        print(f"{name} failed:\n{last}\n")
    print(f"{len(names)} readers were fuzzed for {minutes} minutes each, and {len(failed)} failed.")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
