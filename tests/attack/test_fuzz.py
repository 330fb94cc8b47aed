"""Each target of the fuzzing takes what it begins with, whole and cut, and says so by an error that it is known for.

What the fuzzing once found stands in tests/examples/attack/fuzz/TARGET/, a file a finding; the fuzzing begins with it.
"""

from pathlib import Path

import pytest

from tests.attack.fuzz.targets import KEPT, TARGETS

# What reads a review needs the catalogue, which takes seconds, and has tests of damage of its own.
QUICK = sorted(TARGETS.keys() - {"checkboxes", "review", "workbook"})


@pytest.mark.parametrize("name", QUICK)
def test_a_target_reads_or_refuses_its_seeds(name: str) -> None:
    target = TARGETS[name]
    seeds = target.seeds()[:5]
    assert seeds
    for seed in seeds:
        for data in (seed, seed[: len(seed) // 2], b""):
            target.try_(data)


@pytest.mark.parametrize("file", sorted(KEPT.glob("*/*")), ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_what_was_found_once_is_read_or_refused(file: Path) -> None:
    TARGETS[file.parent.name].try_(file.read_bytes())


def test_a_target_fails_by_an_error_that_it_is_not_known_for() -> None:
    target = TARGETS["json"]._replace(refusals=())
    with pytest.raises(Exception, match="is not JSON"):
        target.try_(b"{")
