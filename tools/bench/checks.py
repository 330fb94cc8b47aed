"""The time and the memory of `vger check`, against reading every file once and against tools that do the like."""

import os
import random
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tools.setup.pip import LOCKED

# Tracked files and bytes: a small tool, a product, a monorepo.
SIZES = {"small": (200, 2_000_000), "middle": (5_000, 14_000_000), "large": (12_000, 113_000_000)}

ENDINGS = ("py", "js", "ts", "java", "go", "md", "yml", "json", "tf", "css", "html", "txt")
WORDS = (
    *("def", "return", "import", "class", "value", "config", "session", "result", "for", "while", "self", "const"),
    *("function", "export", "default", "public", "static", "void", "String", "name", "token", "user", "order", "key"),
)
TOP = {
    "README.md": "# A repository\n",
    "package.json": '{"name": "made-up", "version": "1.0.0", "dependencies": {"express": "^5.0.0"}}\n',
    "pyproject.toml": '[project]\nname = "made-up"\nversion = "1.0.0"\ndependencies = ["django"]\n',
    ".gitignore": ".env\n",
}


def make(folder: Path, files: int, size: int) -> Path:
    """Make a repository of so many files and bytes, with one commit, and return its folder."""
    chance = random.Random(files)  # noqa: S311 - not for secrets
    for name, text in TOP.items():
        _write(folder / name, text)
    lengths = [chance.lognormvariate(0, 1.2) for _ in range(files - len(TOP))]
    for i, length in enumerate(lengths):
        path = folder / f"part{i % 37}" / f"piece{i % 11}" / f"file{i}.{ENDINGS[i % len(ENDINGS)]}"
        _write(path, _text(chance, int(length * size / sum(lengths))))
    for arguments in (["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "--message", "All of it (#1)"]):
        who = ["-c", "user.name=bench", "-c", "user.email=bench@example.org", "-c", "gc.auto=0"]
        subprocess.run(["git", *who, *arguments], cwd=folder, check=True)
    return folder


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _text(chance: random.Random, length: int) -> str:
    lines = []
    while length > 0:
        line = " ".join(chance.choices(WORDS, k=chance.randint(1, 14))) + f" {chance.getrandbits(24)}"
        lines.append(line)
        length -= len(line) + 1
    return "\n".join([*lines, ""])


ROOT = Path(__file__).resolve().parent.parent.parent
PEERS = ROOT / ".cache" / "bench-peers"
LOCK = Path(__file__).with_name("requirements.lock")

# Bytes that a slow tool reads in some ten seconds.
MUCH = 5_000_000

FLOOR = "git ls-files -z | xargs -0 cat > /dev/null"


@dataclass(frozen=True)
class Way:
    """A command that is timed in a repository; `slow` ones are run once, and not where there is much to read.

    `codes` are those that it ends with where it did its work, with findings or without.
    """

    name: str
    command: str
    codes: tuple[int, ...] = (0,)
    slow: bool = False


def ways(peers: Path | None) -> list[Way]:
    """Return the commands that are timed: the floor first, then vger, then the peers where they are installed."""
    vger = f"{shlex.quote(sys.executable)} -m vger_guide.cli check --no-settings"
    # A link to a folder, which is tracked as a file is, cannot be read: xargs says so by its code.
    own = [Way("floor: read every file", FLOOR, (0, 123)), Way("vger check", vger, (0, 1))]
    if peers is None:
        return own
    there = shlex.quote(str(peers))
    kingfisher = f"{there}/kingfisher scan . --no-validate --git-history none --no-update-check"
    return [
        *own,
        Way("repo-review", f"{there}/repo-review --format json .", (0, 3)),
        Way("betterleaks", f"{there}/betterleaks . --no-banner", (0, 1)),
        Way("kingfisher", kingfisher, (0, 200, 205)),
        Way("detect-secrets", f"{there}/detect-secrets scan", slow=True),
    ]


def report(repositories: Sequence[Path], runs: int) -> None:
    """Print the median time of each way on each repository and its ratio to vger, pair by pair.

    Without repositories three are made, of the sizes of SIZES.
    """
    peers = _peers()
    with tempfile.TemporaryDirectory() as folder:
        chosen = list(repositories) or [make(Path(folder) / name, *size) for name, size in SIZES.items()]
        for repository in chosen:
            _report(repository, ways(peers), runs)


def _report(repository: Path, known: Sequence[Way], runs: int) -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=repository, capture_output=True, check=True).stdout
    names = [name for name in listed.split(b"\0") if name]
    size = sum((repository / os.fsdecode(name)).lstat().st_size for name in names)
    print(f"{repository.name}: {len(names):,} tracked files, {size / 1e6:.1f} MB, median of {runs} runs in turn")
    quick = [way for way in known if not way.slow]
    for way in quick:
        _seconds(way, repository)  # fills the caches
    times = [[_seconds(way, repository) for way in quick] for _ in range(runs)]
    for i, way in enumerate(quick):
        _line(way.name, [row[i] for row in times], [row[1] for row in times])
    vger = statistics.median(row[1] for row in times)
    for way in (way for way in known if way.slow and size < MUCH):
        _line(way.name, [_seconds(way, repository)], [vger])
    print(f"  peak memory of a process of vger   {_peak(known[1], repository):.0f} MB")


def _line(name: str, seconds: Sequence[float], vger: Sequence[float]) -> None:
    ratio = statistics.median(a / b for a, b in zip(seconds, vger, strict=True))
    print(f"  {name:34} {statistics.median(seconds):8.3f} s, {ratio:6.2f} of vger")


def _seconds(way: Way, repository: Path) -> float:
    started = time.perf_counter()
    done = subprocess.run(way.command, shell=True, cwd=repository, capture_output=True, env=_environment())  # noqa: S602
    seconds = time.perf_counter() - started
    if done.returncode not in way.codes:
        raise SystemExit(f"{way.command}: ended with {done.returncode}\n{done.stderr.decode(errors='replace')[-2000:]}")
    return seconds


def _peak(way: Way, repository: Path) -> float:
    """Return the most memory, in MB, that a process of the command held."""
    code = (
        "import resource, subprocess, sys\n"
        "subprocess.run(sys.argv[1], shell=True, capture_output=True)\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, way.command], cwd=repository, capture_output=True, text=True, env=_environment()
    )
    return int(done.stdout) / (1024 * 1024 if sys.platform == "darwin" else 1024)


def _environment() -> dict[str, str]:
    """Return the environment of all of them: with compiled modules kept, as an installed program has them."""
    return {**{name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}, "NO_COLOR": "1"}


def _peers() -> Path | None:
    """Return the folder of the peers' commands, installed into an environment of their own, or None without them."""
    commands = PEERS / ("Scripts" if os.name == "nt" else "bin")
    if not (PEERS / ".ready").exists():
        shutil.rmtree(PEERS, ignore_errors=True)
        venv.create(PEERS, with_pip=True)
        pip = [str(commands / "python"), "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
        if subprocess.run([*pip, *LOCKED, "--requirement", str(LOCK)]).returncode:
            print("The peers cannot be installed here; vger is measured against the floor only.", file=sys.stderr)
            return None
        (PEERS / ".ready").touch()
    return commands
