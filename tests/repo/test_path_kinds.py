"""What a path is by its names."""

from pathlib import Path

import pytest

from vger_guide.repo.path_kinds import PathKind, path_kinds

EXAMPLES = Path(__file__).parents[1] / "examples" / "path-kinds"
PATHS = [(file.stem, path) for file in sorted(EXAMPLES.glob("*.txt")) for path in file.read_text("utf-8").splitlines()]


@pytest.mark.parametrize(("kind", "path"), PATHS)
def test_a_path_is_of_the_kind_that_its_whole_words_tell(kind: str, path: str) -> None:
    """A word within a word tells nothing."""
    kinds = path_kinds(path)
    assert not kinds if kind == "none" else PathKind(kind) in kinds


def test_there_are_paths_of_every_kind() -> None:
    """Each kind is one that files are here for."""
    assert {kind for kind, _ in PATHS} == {"none", *PathKind}
