"""Two texts marked word by word hold both, letter by letter."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vger_guide.editions.word_diff import DiffMark, word_diff

WORDS = st.sampled_from(
    ["must", "be", "never", "kept", "`a  b`", "`", "don't", "e-mail", ",", ".", " ", "  ", "é", "漢字"]
)
TEXTS = st.lists(WORDS, max_size=30).map(" ".join) | st.text(max_size=40)


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_out_of_the_parts(old: str, new: str) -> None:
    parts = word_diff(old, new)
    assert "".join(part.text for part in parts if part.mark != DiffMark.INSERTED) == old
    assert "".join(part.text for part in parts if part.mark != DiffMark.DELETED) == new
    assert all(part.text for part in parts)
    assert all(before.mark != after.mark for before, after in pairwise(parts))


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("It should run.", "It must run.", "It -should-+must+ run."),
        ("It must run.", "It must run.", "It must run."),
        ("", "It must run.", "+It must run.+"),
        (
            "Wood must be cut.",
            "Nails can stay there, hammered.",
            "-Wood must be cut.-+Nails can stay there, hammered.+",
        ),
        ("Set `a b` before it runs.", "Set `a c` before it runs.", "Set -`a b`-+`a c`+ before it runs."),
        (
            "It must be cut with the saw at hand.",
            "It must be sawn by hand with the saw at hand.",
            "It must be -cut-+sawn by hand+ with the saw at hand.",
        ),
    ],
)
def test_what_changed_is_marked_and_no_more(old: str, new: str, shown: str) -> None:
    signs = {DiffMark.EQUAL: "", DiffMark.DELETED: "-", DiffMark.INSERTED: "+"}
    assert "".join(f"{signs[part.mark]}{part.text}{signs[part.mark]}" for part in word_diff(old, new)) == shown
