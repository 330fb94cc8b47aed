"""What the engine answers the page of reviews, which it gives texts."""

import pytest

from tests.reviews.mutations import review_of, whole
from vger_guide.catalog.catalog import Catalog
from vger_guide.reviews import store
from vger_guide.worker import Worker


@pytest.fixture
def worker(catalog: Catalog) -> Worker:
    """Return the engine with the catalogue of the guide."""
    return Worker(catalog)


def test_a_conflict_that_is_decided_already_is_told(worker: Worker) -> None:
    conflicts = [{"place": ["title"], "ours": "Mine", "theirs": "Hers"}]
    review = store.write(review_of({**whole(), "conflicts": conflicts}))
    given = {"places": [["title"]], "side": "theirs"}
    after = worker.handle("decide", {**given, "review": review})["review"]
    assert store.read(after.encode()).title == "Hers"
    assert worker.handle("decide", {**given, "review": after}) == {"problems": ["it is decided already"]}


def test_a_merge_does_not_change_what_is_signed_off(worker: Worker) -> None:
    signed = review_of({**whole(), "state": "signed-off", "answers": {}})
    given = {"ours": store.write(signed), "theirs": store.write(review_of({**whole(), "state": "draft"}))}
    [problem] = worker.handle("merge", given)["problems"]
    assert "signed off" in problem
    assert worker.handle("merge", {**given, "theirs": given["ours"]})["conflicts"] == 0
