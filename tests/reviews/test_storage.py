"""Files of reviews: the same bytes for the same review, small differences in git, and whole whatever happens."""

import json
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import jsonschema
import pytest

from tests.cli.vger_process import environment
from tests.conftest import ROOT
from tests.reviews.fixtures_reviews import MAKERS, hostile
from tests.reviews.mutations import Document, whole
from tests.soak import often
from vger_guide.catalog.catalog import Catalog
from vger_guide.reviews import store
from vger_guide.reviews.models import Review
from vger_guide.reviews.schema import schema
from vger_guide.reviews.store import InvalidReviewError

KILLS = often(20, 200)

made = pytest.mark.parametrize("name", MAKERS)


@made
def test_a_review_is_read_as_it_was_written_unknown_keys_included(name: str, catalog: Catalog) -> None:
    review = MAKERS[name](catalog)
    text = store.write(review)
    again = store.read(text.encode())
    assert again == review
    assert store.write(again) == text == store.write(MAKERS[name](catalog))
    if name in ("full", "several"):
        assert '"x-tool": {' in text


def test_one_answer_more_adds_its_own_lines_and_no_others(catalog: Catalog) -> None:
    review = MAKERS["full"](catalog)
    *others, (rule, by_target) = review.answers.items()
    fewer = store.write(review.model_copy(update={"answers": dict(others)})).splitlines()
    lines = store.write(review).splitlines()
    added = len(json.dumps(json.loads(store.write(review))["answers"][rule], indent=1).splitlines())
    assert by_target
    assert len(lines) - len(fewer) == added
    assert set(fewer) <= set(lines)


@made
def test_the_schema_takes_what_the_models_write(name: str, catalog: Catalog) -> None:
    _schema().validate(json.loads(store.write(MAKERS[name](catalog))))


@cache
def _schema() -> jsonschema.Draft202012Validator:
    told = schema("https://vger-guide.example/")
    jsonschema.Draft202012Validator.check_schema(told)
    return jsonschema.Draft202012Validator(told)


BAD: dict[str, Document] = {
    "no title": {"title": None},
    "another version": {"schemaVersion": 2},
    "no uuid": {"id": "5"},
    "an edition in words": {"edition": "newest"},
    "no target": {"targets": []},
    "a target without a name": {"targets": [{"id": "shop", "name": ""}]},
    "an id with a capital": {"targets": [{"id": "Shop", "name": "Shop"}]},
    "an unknown state": {"state": "done"},
    "a long title": {"title": "x" * 401},
    "a script for an address": {"$schema": "javascript:alert(1)"},
    "a rule that is none": {"answers": {"SES4": {}}},
    "an answer to nobody": {"answers": {"SES004": {"No Target": {"revision": 1, "text_hash": "0" * 16}}}},
    "a conflict nowhere": {"conflicts": [{"place": []}]},
}
BAD_ANSWERS: dict[str, Document] = {
    "an unknown value": {"value": "yes"},
    "no revision": {"revision": 0},
    "a revision in words": {"revision": "one"},
    "a hash of another length": {"text_hash": "0"},
    "not applicable without a reason": {"not_applicable": {"code": "other"}},
    "not applicable with an empty reason": {"not_applicable": {"code": "other", "text": ""}},
    "an unknown code": {"not_applicable": {"code": "never", "text": "x"}},
    "an unknown plan": {"disposition": {"plan": "later"}},
    "a number for a comment": {"comment": 5},
    "a long comment": {"comment": "x" * 20_001},
    "a script for evidence": {"evidence": [{"address": "javascript:alert(1)"}]},
    "a line before the first": {"evidence": [{"line": -1}]},
    "an unknown confidence": {"confidence": "total"},
}


def _bad() -> list[tuple[str, Document]]:
    answer = {"revision": 1, "text_hash": "0" * 16}
    answers = {name: {"answers": {"SES004": {"shop": {**answer, **bad}}}} for name, bad in BAD_ANSWERS.items()}
    return [*BAD.items(), *answers.items()]


@pytest.mark.parametrize(("name", "change"), _bad(), ids=[name for name, _ in _bad()])
def test_the_schema_and_the_models_refuse_the_same(name: str, change: Document) -> None:
    bad = {**whole(), **change}
    with pytest.raises(InvalidReviewError):
        store.read(json.dumps(bad).encode())
    assert not _schema().is_valid(bad), name


def test_a_link_stays_a_link_and_its_permissions_stay(tmp_path: Path, catalog: Catalog) -> None:
    (tmp_path / "kept").mkdir()
    file, link = tmp_path / "kept" / "review.json", tmp_path / "review.json"
    file.write_text("{}", encoding="utf-8")
    file.chmod(0o640)
    link.symlink_to(file)
    review: Review = MAKERS["half"](catalog)
    store.save(link, review)
    assert link.is_symlink()
    assert store.load(file) == review
    assert file.stat().st_mode & 0o777 == 0o640
    assert [path.name for path in file.parent.iterdir()] == ["review.json"]


@pytest.mark.slow
def test_a_command_that_is_killed_while_writing_leaves_a_whole_file(
    tmp_path: Path, cache: Path, catalog: Catalog
) -> None:
    file = tmp_path / "review.json"
    store.save(file, hostile(catalog))
    done = subprocess.run(
        [sys.executable, "-m", "tests.reviews.kill_loop", str(file), str(KILLS)],
        cwd=ROOT,
        env={**environment(cache), "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    said = re.search(rf"{KILLS} killed, (\d+) whole, (\d+) amid writing", done.stdout)
    assert said, done.stderr
    assert int(said[1]) == KILLS
    assert int(said[2]) >= KILLS // 3, "hardly any was killed while it wrote: the moments are wrong"
