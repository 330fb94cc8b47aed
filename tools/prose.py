"""Lint the prose of the pages and records: phrases of .prose.yml that the style page of CONTRIBUTING.md forbids."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import yaml

ROOT = Path(__file__).parent.parent
RULES = ".prose.yml"
PATHS = ("*.md", "checklists/rules/*.yml", "checklists/tables/*.yml")

# What is no prose: the head of a page, code in fences and between backticks, addresses, comments.
_NO_PROSE = re.compile(
    r"\A---\n.*?\n---\n|^ *```.*?^ *```$|`[^`\n]+`|\]\([^)\n]*\)|<[^>\n]+>|https?://\S+",
    re.MULTILINE | re.DOTALL,
)


def load_phrases(root: Path) -> dict[re.Pattern[str], str]:
    """Return what to write instead, by the pattern of a phrase: whole words, over line ends, whatever their case."""
    written: dict[str, str] = yaml.safe_load((root / RULES).read_text(encoding="utf-8"))["phrases"]
    return {re.compile(_pattern(phrase), re.IGNORECASE): mend for phrase, mend in written.items()}


def _pattern(phrase: str) -> str:
    return r"\b" + phrase.replace(" ", r"\s+") + r"\b"


def find_phrases(text: str, phrases: dict[re.Pattern[str], str]) -> Iterator[tuple[int, str, str]]:
    """Yield the line, the phrase and what to write instead, for each phrase in the prose of a file."""
    prose = _NO_PROSE.sub(lambda part: re.sub(r"[^\n]", "·", part.group()), text)
    for pattern, mend in phrases.items():
        for found in pattern.finditer(prose):
            yield prose.count("\n", 0, found.start()) + 1, " ".join(found.group().split()), mend


def main(root: Path = ROOT) -> int:
    """Print what is found in the files that git knows, and return 1 where there is any."""
    listed = subprocess.run(["git", "ls-files", "-z", *PATHS], cwd=root, capture_output=True, text=True, check=True)
    phrases = load_phrases(root)
    names = [name for name in listed.stdout.split("\0") if name and not name.startswith("tests/")]
    found = [
        f"{name}:{line}: '{phrase}'; write {mend}"
        for name in names
        if (root / name).is_file()
        for line, phrase, mend in sorted(find_phrases((root / name).read_text(encoding="utf-8"), phrases))
    ]
    print(*found, sep="\n", end="\n" if found else "")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
