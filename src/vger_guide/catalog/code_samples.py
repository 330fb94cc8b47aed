"""Samples that show what is looked for in programs: a pattern that is not code of its language matches nothing."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from vger_guide.matchers.code import Parameters, Sought
from vger_guide.matchers.glob_set import GlobSet
from vger_guide.matchers.grammar import rule, syntax

Keys = tuple[str | int, ...]


def unfound(check: Mapping[str, Any], samples: Iterable[Mapping[str, str]]) -> Iterator[tuple[Keys, str]]:
    """Yield the keys of what a check looks for in programs and finds in none of some samples, and its words.

    The check is plain data, and a sample is texts by path. Where ast-grep is not installed, nothing is said.
    """
    when = check.get("when") or {}
    asked: list[tuple[Keys, Mapping[str, Any]]] = [(("expect",), check["expect"])]
    asked += [(("when", "if"), when["if"])] if when else []
    asked += [(("when", "unseen", "if"), when["unseen"]["if"])] if "if" in when.get("unseen", {}) else []
    yield from find_unmatched(asked, samples)


def find_unmatched(
    conditions: Iterable[tuple[Keys, Mapping[str, Any]]], samples: Iterable[Mapping[str, str]]
) -> Iterator[tuple[Keys, str]]:
    """Yield the same of conditions, each with the keys that lead to it."""
    if not syntax.is_installed():
        return
    files = [(path, text) for sample in samples for path, text in sample.items()]
    for keys, condition in conditions:
        yield from _find_unmatched(condition, keys, files)


def _find_unmatched(
    condition: Mapping[str, Any], keys: Keys, files: list[tuple[str, str]]
) -> Iterator[tuple[Keys, str]]:
    [(name, wanted)] = condition.items()
    if name in ("all", "any"):
        for i, part in enumerate(wanted):
            yield from _find_unmatched(part, (*keys, name, i), files)
    elif name == "not":
        yield from _find_unmatched(wanted, (*keys, name), files)
    elif name == "code":
        for i, sought in enumerate(Parameters.from_plain(wanted).find):
            if not any(_is_found(sought, path, text) for path, text in files):
                yield (*keys, name, "find", i), sought.what


def _is_found(sought: Sought, path: str, text: str) -> bool:
    return bool(GlobSet(sought.globs).selecting(path)) and rule.is_found(sought.config, sought.language, text)
