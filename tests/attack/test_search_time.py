"""Patterns that an organisation writes, and lines without end, take bounded time."""

import time

import pytest

from vger_guide.checks import time_budget
from vger_guide.checks.locate import SECONDS, locate_matches
from vger_guide.checks.time_budget import TimeBudget
from vger_guide.matchers.probes import File, FileSelection, TextProbe
from vger_guide.repo.tree import TreeEntry, UnreadableFileError

LONG = b"a" * 7_900_000


@pytest.mark.parametrize(
    ("pattern", "data", "hits"),
    [
        ("a", LONG, 1),
        ("a", b"a\n" * 3_900_000, 51),
        ("(" * 300 + "a" + "*)" * 300 + "b", LONG[:4_000_000], 0),
        ("(a{0,30}){0,30}c", LONG[:4_000_000], 0),
    ],
    ids=["one line", "every line", "300 groups", "counted"],
)
@pytest.mark.parametrize("secret", [True, False], ids=["secret", "open"])
def test_a_pattern_over_a_long_file_takes_seconds(pattern: str, data: bytes, hits: int, *, secret: bool) -> None:
    began = time.process_time()
    found = locate_matches(File(TreeEntry("a"), data), TextProbe(FileSelection(("**",)), pattern, secret))
    assert len(found) == hits
    assert time.process_time() - began < SECONDS


def test_slow_searches_end_when_their_time_is_spent_and_others_cost_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time_budget, "MOST", 3.0)
    clock = iter([0.0, 0.9, 10.0, 12.0, 20.0, 22.0])
    monkeypatch.setattr("time.process_time", lambda: next(clock))
    budget = TimeBudget()
    for _ in range(3):
        with budget.spend():
            pass
    with pytest.raises(UnreadableFileError, match="was not searched"), budget.spend():
        pass
