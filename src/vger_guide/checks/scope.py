"""What a check looked at, and what it left out for its kind: files in numbers, by words for what they are."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from vger_guide.checks.plan import PlannedCondition
from vger_guide.checks.scan import Group, Scanned
from vger_guide.repo.path_kinds import PathKind

Counts = tuple[tuple[str, int], ...]

MANIFESTS = "manifests"
NAMES = "file names"
OTHER = "other files"
# Kinds of files that are named before the others are added up.
MOST = 3

_LANGUAGES = {
    "Python": "py pyi",
    "Jupyter": "ipynb",
    "JavaScript": "js mjs cjs jsx",
    "TypeScript": "ts mts cts tsx",
    "Java": "java",
    "Kotlin": "kt kts",
    "C#": "cs",
    "PHP": "php",
    "Ruby": "rb",
    "Go": "go",
    "Rust": "rs",
    "Terraform": "tf tofu",
    "Bicep": "bicep",
    "YAML": "yml yaml",
    "JSON": "json",
    "TOML": "toml",
    "XML": "xml",
    "Markdown": "md",
    "SQL": "sql",
}
_BY_ENDING = {end: f"{name} files" for name, ends in _LANGUAGES.items() for end in ends.split()}


def count_looked_at(condition: PlannedCondition, scanned: Scanned) -> Counts:
    """Return the files that a condition looked at by what they are, most first; all names where it asks for names."""
    inner = list(_matchers(condition))
    manifests = frozenset(i for each in inner if each.name == "dependency" for i in each.probes)
    contents = frozenset(i for each in inner if not each.asks_names for i in each.probes)
    found: Counter[str] = Counter()
    for group in scanned.groups:
        if chosen := group.selected & contents:
            found[MANIFESTS if chosen & manifests else _BY_ENDING.get(group.ending, OTHER)] += group.files
    counts = [*_fold(found)]
    if scanned.files and any(each.asks_names for each in inner):
        counts.append((NAMES, scanned.files))
    return tuple(counts)


def _matchers(condition: PlannedCondition) -> Iterator[PlannedCondition]:
    if condition.matcher:
        yield condition
    for part in condition.parts:
        yield from _matchers(part)


def _fold(found: Counter[str]) -> Iterator[tuple[str, int]]:
    named = [(name, files) for name, files in found.most_common() if name != OTHER]
    yield from named[:MOST]
    if rest := found[OTHER] + sum(files for _, files in named[MOST:]):
        yield OTHER, rest


def count_left_out(probes: Iterable[int], groups: Sequence[Group], *, everywhere: bool = True) -> Counts:
    """Return how many files some probes leave out, by the kinds of their paths.

    Those count that none of the probes looks at, or with `everywhere` false all that one of them leaves out.
    """
    asked = frozenset(probes)
    found: Counter[PathKind] = Counter()
    for group in groups:
        kinds = {kind for index, kind in group.left_out.items() if index in asked}
        if kinds and (not everywhere or group.selected.isdisjoint(asked)):
            found[min(kinds, key=list(PathKind).index)] += group.files
    return tuple((kind.value, found[kind]) for kind in PathKind if found[kind])
