"""How a run grows with the rules: the guide's own, and ten times as many, made of them with other ids."""

import os
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from vger_guide.catalog.paths import guide_folder
from vger_guide.checks.plan import plan
from vger_guide.checks.results import RuleFacts
from vger_guide.checks.rule_set import load_rule_set
from vger_guide.checks.runner import run_checks
from vger_guide.repo.open import open_tree
from vger_guide.repo.tree import Tree

TIMES = (1, 10)
RUNS = 3

# What is matched, as records name it.
PATTERNS = ("pattern", "like", "besides", "unless", "after")


def report(repositories: Sequence[Path]) -> None:
    """Print what the rules and ten times as many take on each repository, these also with patterns of their own."""
    rules = load_rule_set(guide_folder()).rules
    for repository in repositories:
        tree = open_tree(repository)
        print(f"{repository.name}: {len(rules)} rules, and {TIMES[-1]} times as many")
        for own in (False, True):
            _report(tree, rules, own=own)


def _report(tree: Tree, rules: Sequence[dict[str, Any]], *, own: bool) -> None:
    figures = [_measure(tree, list(_multiply(rules, times, own=own))) for times in TIMES]
    kind = "patterns of their own" if own else "the same patterns"
    for times, (seconds, read, size) in zip(TIMES, figures, strict=True):
        print(f"  {kind:22} x {times:2}   {seconds:7.2f} s CPU, {read:,} files of {size / 1e6:.1f} MB read")
    print(f"  {'':22} ratio  {figures[1][0] / figures[0][0]:7.2f}")


def _measure(tree: Tree, rules: Sequence[dict[str, Any]]) -> tuple[float, int, int]:
    """Return the least CPU of some runs, in seconds with those of their processes, and what was read."""
    least, scanned = float("inf"), None
    for _ in range(RUNS):
        begun = _cpu()
        asked = plan((RuleFacts(**rule["facts"]), rule["check"] or rule["trace"]) for rule in rules)
        _, scanned = run_checks(asked, tree)
        least = min(least, _cpu() - begun)
    assert scanned  # noqa: S101 - RUNS is not 0
    return least, scanned.read, scanned.bytes_read


def _cpu() -> float:
    return time.process_time() + sum(os.times()[2:4])


def _multiply(rules: Sequence[dict[str, Any]], times: int, *, own: bool) -> Iterator[dict[str, Any]]:
    for number in range(times):
        for rule in rules:
            facts = {**rule["facts"], "id": f"{rule['facts']['id']}{number}"}
            yield {"facts": facts, **{key: _vary(rule[key], number if own else 0) for key in ("check", "trace")}}


def _vary(value: Any, number: int, key: str = "") -> Any:
    """Return a record whose patterns are others that match the same."""
    if isinstance(value, dict):
        return {name: _vary(each, number, name) for name, each in value.items()}
    if isinstance(value, list | tuple):  # never of patterns, but of globs under the same names
        return [_vary(each, number) for each in value]
    return f"(?:{value}|zq{number}x{number}qz)" if number and key in PATTERNS and isinstance(value, str) else value
