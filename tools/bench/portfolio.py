"""Measures `vger portfolio` on made-up repositories: one core against two, the engine, a second run, growth, memory.

Most repositories of an organisation are small, and a few are large: sizes are drawn so. Ratios are of runs in turn.
"""

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tools.bench.checks import make

# Tracked files and bytes of those up to a place in a hundred: nine of ten are small, and one of a hundred is large.
SIZES = {90: (30, 200_000), 99: (400, 3_000_000), 100: (10_000, 40_000_000)}

FILE = """\
title: Made up
repositories:
  - folder: repositories
"""


def report(count: int) -> None:
    """Print times, ratios, memory and bytes for so many repositories and for a tenth of them."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "portfolio.yml").write_text(FILE, encoding="utf-8")
        few = max(1, count // 10)
        _make(folder / "repositories", range(few))
        small = _seconds(folder, "few", "--jobs", "1")
        _make(folder / "repositories", range(few, count))
        plain = _one_by_one(folder / "repositories")
        one = _seconds(folder, "one", "--jobs", "1")
        two = _seconds(folder, "two", "--jobs", "2")
        again = _seconds(folder, "one", "--jobs", "1")
        start = _seconds(folder, "start", "--jobs", "2", "--again", file=_first_two(folder))
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / (
            1024 * (1024 if sys.platform == "darwin" else 1)
        )
        print(f"{count} repositories, {_bytes(folder / 'repositories') / 1e6:.0f} MB with their history:")
        print(f"  vger check on each in turn        {plain:8.1f} s")
        print(f"  vger portfolio run --jobs 1       {one:8.1f} s, {one / plain:5.2f} of that")
        print(f"  with two workers of Dask          {two:8.1f} s, {one / two:5.2f} times as fast as one job at a time")
        print(f"  two repositories on two workers   {start:8.1f} s, most of it Dask's start")
        print(f"  a second run, nothing changed     {again:8.1f} s, {again / one:7.1%} of the first")
        growth = one / count / (small / few)
        print(f"  {few} repositories                 {small:8.1f} s; {growth:.2f} of their time a piece for all")
        print(f"  most memory of a process          {peak:8.0f} MB")
        for name in ("state", "site", "data"):
            print(f"  {name:33} {_bytes(folder / 'one' / name) / 1e6:8.1f} MB")


def _make(folder: Path, numbers: Sequence[int]) -> None:
    for number in numbers:
        files, size = _size_of(number)
        make(folder / f"made-{number:05}", files, size)


def _size_of(number: int) -> tuple[int, int]:
    """Return the size of a repository: the same for the same number, the large ones spread evenly."""
    place = number * 37 % 100
    return next(size for end, size in SIZES.items() if place < end)


def _first_two(folder: Path) -> str:
    names = [f"  - path: repositories/made-{number:05}\n" for number in (0, 1)]
    (folder / "first.yml").write_text("title: Two\nrepositories:\n" + "".join(names), encoding="utf-8")
    return "first.yml"


def _seconds(folder: Path, into: str, *options: str, file: str = "portfolio.yml") -> float:
    return _time(["portfolio", "run", file, "--into", into, *options], folder)


def _one_by_one(folder: Path) -> float:
    return sum(
        _time(["check", "--fail-on", "never", "--format", "json", str(path)], folder) for path in folder.iterdir()
    )


def _time(words: Sequence[str], folder: Path) -> float:
    began = time.perf_counter()
    command = [sys.executable, "-m", "vger_guide.cli", *words]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{' '.join(words)}: {done.stderr[-2000:]}")
    return time.perf_counter() - began


def _bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
