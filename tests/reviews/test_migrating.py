"""A review goes to another edition by the verbs of what changed there, and comes back as it was."""

import random
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import cycle
from typing import Any

import pytest

from tests.conftest import ROOT
from vger_guide.catalog.catalog import Catalog
from vger_guide.catalog.changes import Changes, RuleChange, RuleVerb
from vger_guide.catalog.editions import NEXT, Frozen, FrozenRule, text_hash
from vger_guide.catalog.loader import load
from vger_guide.reviews import store
from vger_guide.reviews.migrate import MigrationError, migrate
from vger_guide.reviews.models import Answer, Evidence, Inapplicability, NotApplicable, Review, Selection, Target, Value
from vger_guide.reviews.selection import content_hash, create_review, selected_rules

NOW = datetime(2026, 12, 1, tzinfo=UTC)
OLD, NEW = "2023.09", "2026.12"
SAID: list[dict[str, Any]] = [
    {"value": Value.MET, "evidence": [Evidence(description="Seen.")]},
    {"value": Value.PARTIAL, "comment": "Half of it."},
    {"value": Value.NOT_MET},
    {"comment": "Not asked yet."},
    {"not_applicable": NotApplicable(code=Inapplicability.OTHER_OWNER, text="Another team.")},
]
Rules = dict[str, FrozenRule]


@pytest.fixture(scope="module")
def guide() -> Catalog:
    """Return the guide as it is, with what has changed since its first edition."""
    return load(ROOT / "checklists")


@pytest.fixture(scope="module")
def catalog(guide: Catalog) -> Catalog:
    """Return the guide as if nothing had changed since its first edition."""
    now = Frozen(edition=OLD, rules=guide.timeline[NEXT].rules, rows=guide.timeline[NEXT].rows)
    return replace(guide, editions={OLD: now}, changes={})


def _stronger(rule: FrozenRule) -> FrozenRule:
    return rule.model_copy(update={"statement": f"{rule.statement} Always.", "revision": rule.revision + 1})


def _reworded(rule: FrozenRule) -> FrozenRule:
    return rule.model_copy(update={"statement": f"In other words: {rule.statement}"})


def _moved(rule: FrozenRule) -> FrozenRule:
    return rule.model_copy(update={"section": "1"})


ALTERED: dict[RuleVerb, Callable[[FrozenRule], FrozenRule]] = {
    RuleVerb.REWORDED: _reworded,
    RuleVerb.WEAKENED: _stronger,
    RuleVerb.STRENGTHENED: _stronger,
    RuleVerb.MOVED: _moved,
}
SURVIVING = {RuleVerb.REWORDED, RuleVerb.WEAKENED, RuleVerb.MOVED}


def _change(id_: str, verb: RuleVerb, *into: str) -> RuleChange:
    return RuleChange(id=id_, verb=verb, into=list(into), reason="Because.", decided=date(2026, 1, 2))


def _with(catalog: Catalog, rules: Rules, changes: list[RuleChange]) -> Catalog:
    """Return the catalogue with a made-up edition behind that of the source."""
    old = catalog.editions[OLD]
    editions = {OLD: old, NEW: Frozen(edition=NEW, rules=rules, rows=old.rows)}
    return replace(catalog, editions=editions, changes={NEW: Changes(edition=NEW, rules=changes)})


def _every(catalog: Catalog, verb: RuleVerb) -> Catalog:
    """Return the catalogue with an edition in which one thing happened to every rule."""
    rules = catalog.editions[OLD].rules
    ids = list(rules)
    if verb in ALTERED:
        altered = {id_: ALTERED[verb](rule) for id_, rule in rules.items()}
        return _with(catalog, altered, [_change(id_, verb) for id_ in ids])
    if verb == RuleVerb.WITHDRAWN:
        return _with(catalog, {}, [_change(id_, verb) for id_ in ids])
    pairs = list(zip(ids[::2], ids[1::2], strict=True))
    if verb == RuleVerb.MERGED:
        kept = {second: _stronger(rules[second]) for _, second in pairs}
        return _with(catalog, kept, [_change(first, verb, second) for first, second in pairs])
    parts = {f"{id_[:3]}{500 + n}": rules[id_] for id_ in ids for n in (int(id_[3:]), int(id_[3:]) + 200)}
    into = {id_: (f"{id_[:3]}{500 + int(id_[3:])}", f"{id_[:3]}{700 + int(id_[3:])}") for id_ in ids}
    return _with(catalog, parts, [_change(id_, verb, *into[id_]) for id_ in ids])


def _review(catalog: Catalog, said: list[dict[str, Any]] = SAID) -> Review:
    """Return a review of the old edition in which every rule has an answer, in all ways in turn."""
    rules = catalog.editions[OLD].rules
    ways = cycle(said)
    answers = {
        id_: {"shop": Answer(revision=rule.revision, text_hash=text_hash(rule), **next(ways))}
        for id_, rule in rules.items()
    }
    review = create_review(catalog, OLD, "Shop", Selection(), [Target(id="shop", name="Shop")], NOW)
    return store.read(store.write(review.model_copy(update={"answers": answers})).encode())


def _mixed(catalog: Catalog, seed: int) -> Catalog:
    """Return the catalogue with an edition in which anything happened to each rule, or nothing."""
    pick = random.Random(seed)  # noqa: S311 - the same mixture each time
    old = catalog.editions[OLD].rules
    rules: Rules = {}
    changes: list[RuleChange] = []
    gone = {id_: pick.choice([RuleVerb.WITHDRAWN, RuleVerb.MERGED, RuleVerb.SPLIT]) for id_ in pick.sample([*old], 50)}
    for id_, rule in old.items():
        if id_ in gone:
            continue
        for verb in pick.sample([*ALTERED], pick.randint(0, 2)):
            rule = ALTERED[verb](rule)
            changes.append(_change(id_, verb))
        rules[id_] = rule
    for id_, verb in gone.items():
        count = {RuleVerb.WITHDRAWN: 0, RuleVerb.MERGED: 1, RuleVerb.SPLIT: 3}[verb]
        changes.append(_change(id_, verb, *pick.sample([*rules], count)))
    return _with(catalog, rules, changes)


@pytest.mark.parametrize("seed", range(25))
def test_every_mixture_of_changes_comes_back_as_it_was(seed: int, catalog: Catalog) -> None:
    changed = _mixed(catalog, seed)
    review = _review(changed, SAID[seed % 5 :] + SAID[: seed % 5])
    stranger = {"XYZ001": {"shop": Answer(revision=1, text_hash="0" * 16, comment="Of nobody's edition.")}}
    every_third = {id_: each for n, (id_, each) in enumerate(review.answers.items()) if n % 3}
    review = review.model_copy(update={"answers": {**every_third, **stranger}})
    there = migrate(review, changed, NEW, NOW)
    assert set(there.answers) <= set(changed.editions[NEW].rules)
    back = migrate(there, changed, OLD, NOW)
    assert back.answers == review.answers
    assert migrate(back, changed, NEW, NOW).answers == there.answers


VERBS = [*ALTERED, RuleVerb.WITHDRAWN, RuleVerb.MERGED, RuleVerb.SPLIT]


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("way", range(len(SAID)))
def test_every_rule_comes_back_as_it_was(verb: RuleVerb, way: int, catalog: Catalog) -> None:
    changed = _every(catalog, verb)
    review = _review(changed, SAID[way:] + SAID[:way])
    there = store.read(store.write(migrate(review, changed, NEW, NOW)).encode())
    assert there.answers != review.answers
    back = migrate(there, changed, OLD, NOW)
    assert (back.answers, back.edition, back.content_hash) == (review.answers, OLD, review.content_hash)
    again = migrate(back, changed, NEW, NOW)
    assert again.answers == there.answers


@pytest.mark.parametrize("verb", VERBS)
def test_nothing_that_was_said_is_lost_on_the_way(verb: RuleVerb, catalog: Catalog) -> None:
    changed = _every(catalog, verb)
    review = _review(changed)
    [record] = migrate(review, changed, NEW, NOW).migrations
    assert {**review.answers, **record.archived} == review.answers
    assert record.archived == review.answers, "each answer that was touched is kept as it was"


@pytest.mark.parametrize("verb", sorted(SURVIVING))
def test_met_survives(verb: RuleVerb, catalog: Catalog) -> None:
    changed = _every(catalog, verb)
    there = migrate(_review(changed, [{"value": Value.MET}]), changed, NEW, NOW)
    rules = changed.editions[NEW].rules
    assert there.migrations[-1].confirm == []
    for id_, by_target in there.answers.items():
        answer = by_target["shop"]
        assert (answer.value, answer.confirm, answer.carried_from) == (Value.MET, False, OLD)
        assert (answer.revision, answer.text_hash) == (rules[id_].revision, text_hash(rules[id_]))


@pytest.mark.parametrize("verb", [RuleVerb.STRENGTHENED, RuleVerb.MERGED, RuleVerb.SPLIT])
def test_met_has_to_be_confirmed_again(verb: RuleVerb, catalog: Catalog) -> None:
    changed = _every(catalog, verb)
    there = migrate(_review(changed, [{"value": Value.MET}]), changed, NEW, NOW)
    assert there.migrations[-1].confirm == sorted(changed.editions[NEW].rules)
    assert {answer["shop"].confirm for answer in there.answers.values()} == {True}
    assert {answer["shop"].value for answer in there.answers.values()} == {Value.MET}


def test_what_was_not_met_is_asked_again_where_the_rule_is_weaker(catalog: Catalog) -> None:
    changed = _every(catalog, RuleVerb.WEAKENED)
    there = migrate(_review(changed, [{"value": Value.NOT_MET}]), changed, NEW, NOW)
    assert {answer["shop"].confirm for answer in there.answers.values()} == {True}


def test_an_answer_to_an_older_wording_is_asked_again_and_not_made_newer(catalog: Catalog) -> None:
    changed = _every(catalog, RuleVerb.REWORDED)
    review = _review(changed, [{"value": Value.MET}])
    stale = {"SES004": {"shop": review.answers["SES004"]["shop"].model_copy(update={"text_hash": "0" * 16})}}
    there = migrate(review.model_copy(update={"answers": stale}), changed, NEW, NOW)
    answer = there.answers["SES004"]["shop"]
    assert (answer.confirm, answer.text_hash) == (True, "0" * 16)


def test_the_answers_to_a_withdrawn_rule_are_archived(catalog: Catalog) -> None:
    changed = _every(catalog, RuleVerb.WITHDRAWN)
    review = _review(changed)
    there = migrate(review, changed, NEW, NOW)
    assert (there.answers, there.migrations[-1].archived) == ({}, review.answers)


def test_of_two_answers_that_become_one_the_worse_stands_with_the_words_of_both(catalog: Catalog) -> None:
    rules = catalog.editions[OLD].rules
    kept = {**rules, "SES004": _stronger(rules["SES004"])}
    del kept["SES003"]
    changed = _with(catalog, kept, [_change("SES003", RuleVerb.MERGED, "SES004")])
    review = _review(changed)
    said = {
        "SES003": {"value": Value.NOT_MET, "comment": "No.", "evidence": [Evidence(path="a.py")]},
        "SES004": {"value": Value.MET, "comment": "Yes.", "evidence": [Evidence(path="b.py")]},
    }
    own = {id_: {"shop": review.answers[id_]["shop"].model_copy(update=each)} for id_, each in said.items()}
    there = migrate(review.model_copy(update={"answers": own}), changed, NEW, NOW)
    answer = there.answers["SES004"]["shop"]
    assert (answer.value, answer.confirm) == (Value.NOT_MET, True)
    assert {"No.", "Yes."} == set(answer.comment.split("\n\n"))
    assert {each.path for each in answer.evidence} == {"a.py", "b.py"}
    assert list(there.answers) == ["SES004"]


def test_what_somebody_answered_meanwhile_is_not_put_back_as_it_was(catalog: Catalog) -> None:
    changed = _every(catalog, RuleVerb.STRENGTHENED)
    there = migrate(_review(changed, [{"value": Value.MET}]), changed, NEW, NOW)
    answers = {**there.answers}
    answer = answers["SES004"]["shop"].model_copy(update={"value": Value.NOT_MET, "confirm": False})
    answers["SES004"] = {"shop": answer}
    back = migrate(there.model_copy(update={"answers": answers}), changed, OLD, NOW)
    assert (back.answers["SES004"]["shop"].value, back.answers["SES004"]["shop"].confirm) == (Value.NOT_MET, True)
    assert back.answers["SES003"]["shop"].value == Value.MET
    assert not back.answers["SES003"]["shop"].confirm


def test_an_answer_to_a_rule_that_was_added_is_archived_on_the_way_back_and_there_again(catalog: Catalog) -> None:
    rules = catalog.editions[OLD].rules
    changed = _with(catalog, {**rules, "SES900": rules["SES004"]}, [_change("SES900", RuleVerb.ADDED)])
    there = migrate(_review(changed), changed, NEW, NOW)
    more = {"SES900": {"shop": Answer(revision=1, text_hash="0" * 16, value=Value.MET)}}
    there = there.model_copy(update={"answers": {**there.answers, **more}})
    back = migrate(there, changed, OLD, NOW)
    assert "SES900" not in back.answers
    assert migrate(back, changed, NEW, NOW).answers == there.answers


def test_several_editions_are_gone_through_one_by_one(catalog: Catalog) -> None:
    changed = _every(catalog, RuleVerb.REWORDED)
    rules = changed.editions[NEW].rules
    editions = {**changed.editions, "2027.06": Frozen(edition="2027.06", rules=_withdrawn(rules), rows={})}
    more = {"2027.06": Changes(edition="2027.06", rules=[_change("SES004", RuleVerb.WITHDRAWN)])}
    later = replace(changed, editions=editions, changes={**changed.changes, **more})
    review = _review(later)
    there = migrate(review, later, "2027.06", NOW)
    assert [(each.from_edition, each.to_edition) for each in there.migrations] == [(OLD, NEW), (NEW, "2027.06")]
    assert "SES004" not in there.answers
    assert there.answers["SES003"]["shop"].carried_from == OLD
    assert migrate(there, later, OLD, NOW).answers == review.answers


def _withdrawn(rules: Rules) -> Rules:
    return {id_: rule for id_, rule in rules.items() if id_ != "SES004"}


@pytest.mark.parametrize("chapters", [[], ["2"], ["3", "4"]])
@pytest.mark.parametrize("profile", ["", "api", "library"])
def test_the_guides_own_review_keeps_all_that_the_editions_share(
    chapters: list[str], profile: str, guide: Catalog
) -> None:
    selection = Selection(profile=profile, chapters=chapters)
    review = _review(guide).model_copy(update={"selection": selection})
    there = migrate(review, guide, "next", NOW)
    changed = {id_ for change in guide.changes["next"].rules for id_ in (change.id, *change.into)}
    shared = (guide.editions[OLD].rules.keys() & guide.rules.keys()) - changed
    assert len(shared) > 100
    assert {id_: there.answers[id_] for id_ in shared} == {id_: review.answers[id_] for id_ in shared}
    assert there.content_hash == content_hash(selected_rules(guide, selection))
    assert migrate(there, guide, OLD, NOW).answers == review.answers


def test_an_unknown_edition_is_refused_with_those_that_are_known(catalog: Catalog) -> None:
    told = re.escape(f"there is no edition '2024.01'; known: {', '.join(catalog.timeline)}")
    with pytest.raises(MigrationError, match=told):
        migrate(_review(catalog), catalog, "2024.01", NOW)
    with pytest.raises(MigrationError, match=told):
        migrate(_review(catalog).model_copy(update={"edition": "2024.01"}), catalog, "next", NOW)
