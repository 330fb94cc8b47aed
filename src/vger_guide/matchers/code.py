"""`code`: a program has some construct, by its grammar and not by its text, or none has it."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from vger_guide.matchers import Evaluation, ProbeResult, evaluate_expectation, narrow_selection
from vger_guide.matchers.findings import Finding, Need, UnreadableFile
from vger_guide.matchers.grammar import child, search, syntax
from vger_guide.matchers.grammar.languages import globs
from vger_guide.matchers.grammar.literals import literals
from vger_guide.matchers.probes import File, FileProbe, Hit
from vger_guide.repo.tree import Tree

REQUIRES = Need.TREE

# So many things are not listed in a sentence.
MANY = 4


def probes(params: Any) -> list[FileProbe]:
    """Ask of each thing where it stands, in files that hold one of its words."""
    return [
        FileProbe(
            narrow_selection(sought.get("which") or globs(sought["language"]), params),
            find_places,
            sought,
            gate(words(sought)),
        )
        for sought in params["find"]
    ]


def config(sought: Any) -> dict[str, Any]:
    """Return the rule of ast-grep in a record."""
    return {key: sought[key] for key in ("rule", "constraints", "utils") if sought.get(key)}


def words(sought: Any) -> Sequence[str]:
    """Return words of which one stands in each file that the rule matches in; none where none are known."""
    return sought.get("holds") or sorted(literals(sought["rule"], sought.get("utils")))


def gate(several: Iterable[str]) -> str:
    """Return the pattern that stands where one of some words does."""
    return "|".join(map(re.escape, several))


def find_places(file: File, sought: Any) -> list[Hit | UnreadableFile]:
    """Return where the rule matches.

    Raises UnreadableFileError, and RequirementMissingError where ast-grep is not installed.
    """
    syntax.require()
    places = child.ask(search.search, file.text, sought["language"], config(sought))
    if sought.get("undecided"):
        return [
            UnreadableFile(file.path, f"has {sought['what']} in line {place.line}: `{place.text}`", is_doubt=True)
            for place in places
        ]
    return [Hit(file.path, place.line, place.column, place.text) for place in places]


def evaluate(params: Any, seen: Sequence[ProbeResult], _: Tree) -> Evaluation:
    """Judge by the places where things stand."""
    findings = [
        Finding(hit.path, f"has {sought['what']}", hit.line, hit.column, hit.text)
        for sought, found in zip(params["find"], seen, strict=True)
        for hit in found.hits
    ]
    unseen = [each for found in seen for each in found.unseen]
    return evaluate_expectation(params, findings, sum(found.omitted for found in seen), _none(params, seen), unseen)


def _none(params: Any, seen: Sequence[ProbeResult]) -> str:
    whats = list(dict.fromkeys(sought["what"] for sought in params["find"] if not sought.get("undecided")))
    what = " or ".join(whats) if 0 < len(whats) < MANY else "what the check looks for"
    return f"none of {_files(params, seen)} programs has {what}"


def _files(params: Any, seen: Sequence[ProbeResult]) -> int:
    """Return how many files were asked: each kind counts once, though several rules ask it."""
    counts: dict[tuple[str, ...], int] = {}
    for sought, found in zip(params["find"], seen, strict=True):
        counts[tuple(sought.get("which") or (sought["language"],))] = found.files
    return sum(counts.values())
