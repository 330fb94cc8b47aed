"""Strategies that change a review as people and other tools do, and that spoil its document."""

import copy
import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import cache
from typing import Any

from hypothesis import strategies as st

from tests.catalog.mutations import ODD, trees
from tests.conftest import ROOT
from tests.reviews.fixtures_reviews import NOW, several
from vger_guide.catalog.loader import load
from vger_guide.reviews import store
from vger_guide.reviews.models import Review
from vger_guide.reviews.schema import schema

Document = dict[str, Any]
RULES = 4


@cache
def whole() -> Document:
    """Return the document of a made-up review of three targets, with the answers to a few rules."""
    review = several(load(ROOT / "checklists"))
    few = dict(list(review.answers.items())[:RULES])
    outcomes = {rule: review.outcomes[rule] for rule in few}
    slim = review.model_copy(update={"answers": few, "outcomes": outcomes, "milestones": []})
    document: Document = json.loads(store.write(slim))
    return document


@cache
def fields() -> list[str]:
    """Return the names of all fields of the document and of its parts."""
    told = schema("https://vger-guide.example/")
    return sorted({name for part in (told, *told["$defs"].values()) for name in part.get("properties", {})})


def review_of(document: Document) -> Review:
    """Return the review that a document holds, which must be a good one."""
    return store.read(json.dumps(document).encode())


_FINITE = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=6,
)
_WORDS = st.sampled_from(["", "one", "two", "three"])
_DAY = st.sampled_from(["2026-01-01", "2027-01-01"])


@st.composite
def changed(draw: st.DrawFn, document: Document) -> Document:
    """Return a good document with a few changes, such as two people make in their copies."""
    new = copy.deepcopy(document)
    for change in draw(st.lists(st.sampled_from(_CHANGES), max_size=6)):
        change(draw, new)
    new["updated"] = _moment(draw)
    return json.loads(store.write(review_of(new)))  # type: ignore[no-any-return]


def _moment(draw: st.DrawFn) -> str:
    return (NOW + timedelta(minutes=draw(st.integers(0, 5)))).isoformat()


def _answer(draw: st.DrawFn, new: Document) -> Document:
    rule = draw(st.sampled_from(sorted(whole()["answers"])))
    target = draw(st.sampled_from([target["id"] for target in new["targets"]]))
    made: Document = {"revision": 1, "text_hash": "0" * 16}
    answer: Document = new["answers"].setdefault(rule, {}).setdefault(target, made)
    answer["at"], answer["by"] = _moment(draw), draw(_WORDS)
    return answer


def _value(draw: st.DrawFn, new: Document) -> None:
    answer = _answer(draw, new)
    answer.pop("not_applicable", None)
    answer |= {"value": draw(st.sampled_from(["met", "partial", "not-met"])), "revision": draw(st.integers(1, 3))}


def _does_not_apply(draw: st.DrawFn, new: Document) -> None:
    _answer(draw, new)["not_applicable"] = {"code": "other", "text": draw(st.sampled_from("ab"))}


def _comment(draw: st.DrawFn, new: Document) -> None:
    _answer(draw, new)["comment"] = draw(_WORDS)


def _evidence(draw: st.DrawFn, new: Document) -> None:
    _answer(draw, new)["evidence"] = [{"path": path} for path in draw(st.lists(st.sampled_from("abc"), max_size=3))]


def _plan(draw: st.DrawFn, new: Document) -> None:
    choices = {"plan": st.just("planned"), "until": _DAY, "owner": _WORDS, "ticket": _WORDS}
    _answer(draw, new)["disposition"] = draw(st.fixed_dictionaries({}, optional=choices))


def _no_answer(draw: st.DrawFn, new: Document) -> None:
    rule = draw(st.sampled_from(sorted(whole()["answers"])))
    new["answers"].pop(rule, None)


def _title(draw: st.DrawFn, new: Document) -> None:
    new["title"] = draw(_WORDS)


def _target(draw: st.DrawFn, new: Document) -> None:
    """Add a target or give it another name."""
    id_ = draw(st.sampled_from(["shop", "new", "other"]))
    others = [target for target in new["targets"] if target["id"] != id_]
    new["targets"] = [*others, {"id": id_, "name": draw(st.sampled_from(["One", "Two"]))}]


def _no_target(draw: st.DrawFn, new: Document) -> None:
    id_ = draw(st.sampled_from(["till", "store-2", "new"]))
    new["targets"] = [target for target in new["targets"] if target["id"] != id_]
    for part in ("answers", "outcomes"):
        for by_target in new[part].values():
            by_target.pop(id_, None)


def _outcome(draw: st.DrawFn, new: Document) -> None:
    rule = draw(st.sampled_from(sorted(whole()["answers"])))
    said = draw(st.sampled_from(["pass", "fail"]))
    new["outcomes"].setdefault(rule, {})["shop"] = {"outcome": said, "at": _moment(draw)}


def _unknown(draw: st.DrawFn, new: Document) -> None:
    place = draw(st.sampled_from([new, new["targets"][0]]))
    place[draw(st.sampled_from(["x-one", "x-two"]))] = draw(_FINITE)


_CHANGES: list[Callable[[st.DrawFn, Document], None]] = [
    *(_value, _does_not_apply, _comment, _evidence, _plan, _no_answer),
    *(_title, _target, _no_target, _outcome, _unknown),
]


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """Return a good document with some bytes gone and some put in."""
    good = json.dumps(whole()).encode()
    at = draw(st.integers(0, len(good)))
    return good[:at] + draw(st.binary(max_size=8)) + good[at + draw(st.integers(0, 8)) :]


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """Return a good document with a few of its parts replaced by anything, or under another key."""
    document = copy.deepcopy(whole())
    for _ in range(draw(st.integers(1, 3))):
        around, key = draw(st.sampled_from(list(_parts(document))))
        if isinstance(around, dict) and draw(st.booleans()):
            around[draw(st.sampled_from([*fields(), *ODD]))] = around.pop(key)
        else:
            around[key] = draw(trees(fields()))
    return json.dumps(document).encode()


def any_tree() -> st.SearchStrategy[bytes]:
    """Return documents of any shape, with the names of our fields for keys and with others."""
    return trees(fields()).map(lambda tree: json.dumps(tree).encode())


def _parts(value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield every part of a document as what holds it, and its key there."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield value, key
        yield from _parts(inner)
