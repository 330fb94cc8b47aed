"""A branch is a version by its name."""

import pytest

from tools.publish.branches import UnknownVersionError, version_of


@pytest.mark.parametrize(
    ("branch", "name", "title"),
    [
        ("main", "next", "Next edition, not released"),
        ("edition/2023.09", "2023.09", "Edition 2023.09"),
        ("edition/2024.10", "2024.10", "Edition 2024.10"),
        ("edition/2023.13", "preview-edition-2023-13", "Preview edition-2023-13"),
        ("edition/٢٠٢٣.09", "preview-edition-09", "Preview edition-09"),
        ("2023.09", "preview-2023-09", "Preview 2023-09"),
        ("feature/New_Idea", "preview-feature-new-idea", "Preview feature-new-idea"),
        ("next", "preview-next", "Preview next"),
        ('a"b<i>&é', "preview-a-b-i", "Preview a-b-i"),
    ],
)
def test_a_branch_is_a_version_without_slashes_and_markup(branch: str, name: str, title: str) -> None:
    version = version_of(branch)
    assert (version.name, version.title) == (name, title)


@pytest.mark.parametrize("branch", ["gh-pages", "///", ""])
def test_a_branch_that_is_no_version_is_refused(branch: str) -> None:
    with pytest.raises(UnknownVersionError, match="is no branch of the guide"):
        version_of(branch)
