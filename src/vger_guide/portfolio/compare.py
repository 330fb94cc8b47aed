"""What changed in a portfolio since a day, or since the state before: new failures, and what was mended."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from vger_guide.portfolio.history import Stretch, find_stretch
from vger_guide.portfolio.repository_line import RepositoryLine

# A moment of a day sorts before it.
END_OF_DAY = "T23:59:59Z"


@dataclass(frozen=True)
class RepositoryChange:
    """A repository that changed: since which day, which rules fail now that did not, and which do no more."""

    line: RepositoryLine
    since: str
    new: list[str]
    mended: list[str]


def list_repository_changes(lines: Iterable[RepositoryLine], since: str = "") -> Iterator[RepositoryChange]:
    """Yield the repositories that changed since a day (YYYY-MM-DD), or each since the state before its last change.

    One that was not checked by then, or could not be checked now, has nothing to compare: see `has_state_before`.
    """
    for line in lines:
        before = _find_before(line, since)
        if before is None:
            continue
        new = [rule.id for rule in line.failed if rule.id not in before["fail"]]
        mended = [rule for rule in before["fail"] if line.outcomes.get(rule) in ("pass", "not-applicable")]
        if new or mended:
            yield RepositoryChange(line, since or before["to"][:10], new, mended)


def has_state_before(line: RepositoryLine, since: str = "") -> bool:
    """Tell whether a repository has a state to compare with, as `list_changes` does."""
    return _find_before(line, since) is not None


def _find_before(line: RepositoryLine, since: str) -> Stretch | None:
    if not line.is_checked:
        return None
    return find_stretch(line.history, since + END_OF_DAY) if since else line.previous
