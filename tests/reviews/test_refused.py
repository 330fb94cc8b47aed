"""Files that are no reviews (tests/examples/refused/): the words that the commands and the page say stand beside each.

test_twins.py asks the same of the page. To write the words of a new file down, run
`pytest tests/reviews/test_refused.py --write-expected` and read what it wrote.
"""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import EXAMPLES
from tests.reviews.mutations import damaged
from vger_guide.reviews import store
from vger_guide.reviews.json_fault import describe_fault

FOLDER = EXAMPLES / "refused"
FILES = sorted(FOLDER.glob("*.json"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_it_is_refused_in_these_words(file: Path, request: pytest.FixtureRequest) -> None:
    with pytest.raises(store.InvalidReviewError) as refused:
        store.read(file.read_bytes())
    said = "".join(f"{problem}\n" for problem in refused.value.problems)
    if request.config.getoption("--write-expected"):
        file.with_suffix(".txt").write_text(said, encoding="utf-8")
    assert said == file.with_suffix(".txt").read_text(encoding="utf-8")
    assert said.replace("\n", "").isprintable()


def test_each_file_with_words_is_there() -> None:
    assert {file.stem for file in FOLDER.glob("*.txt")} == {file.stem for file in FILES}


@given(damaged() | st.text(alphabet='{}[]",:0-.e\\u \nNaIty\u00e9', max_size=40).map(str.encode))
def test_what_python_cannot_parse_has_a_fault_at_a_place(data: bytes) -> None:
    text = data.decode(errors="replace")
    fault = describe_fault(text, 1000)
    try:
        json.loads(text, parse_constant=lambda _: 1 / 0)
    except (ValueError, ZeroDivisionError):
        assert fault.startswith("is not JSON: line ")
    else:
        assert fault == "is not JSON"
