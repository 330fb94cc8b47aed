"""Makes repositories to measure with: text as people write it, in many folders, the same each time."""

import random
import subprocess
from pathlib import Path

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
