"""Numbers with their nouns."""

from collections.abc import Iterable


def pluralise(count: int, noun: str) -> str:
    """Return a number with its noun, such as `1 finding` and `2,000 findings`."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def list_counts(counts: Iterable[tuple[str, int]]) -> str:
    """Return numbers with their nouns, which are given in the plural, such as `12 Python files and 1 manifest`."""
    *most, last = [f"{count:,} {nouns.removesuffix('s') if count == 1 else nouns}" for nouns, count in counts] or [""]
    return f"{', '.join(most)} and {last}" if most else last
