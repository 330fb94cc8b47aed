"""What a review asks: the rules of a catalogue that its selection names, and a new review of them."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import uuid4

from vger_guide import __version__
from vger_guide.catalog.catalog import Catalog
from vger_guide.catalog.editions import FrozenRule, text_hash
from vger_guide.catalog.rules import Rule
from vger_guide.reviews.models import VERSION, Answer, Generator, Review, Selection, Target
from vger_guide.reviews.schema import SCHEMA

GENERATOR = Generator(name="vger", version=__version__)


def selected_rules(catalog: Catalog, selection: Selection) -> list[Rule]:
    """Return the rules that a selection names, in reading order."""
    rules: Iterable[Rule] = catalog.rules.values()
    if selection.profile:
        rules = catalog.rules_for(selection.profile, selection.stage or None, selection.workload or None)
    chapters = set(selection.chapters)
    return [rule for rule in rules if not chapters or catalog.section_of(rule).chapter in chapters]


def content_hash(rules: Sequence[Rule]) -> str:
    """Return the same for all rules of a review."""
    return rules_hash((rule.id, rule) for rule in rules)


def rules_hash(rules: Iterable[tuple[str, Rule | FrozenRule]]) -> str:
    """Return the same for rules by their ids, whatever edition they are of."""
    told = "\n".join(f"{id_} {rule.revision} {text_hash(rule)}" for id_, rule in rules)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def create_review(
    catalog: Catalog, edition: str, title: str, selection: Selection, targets: Sequence[Target], now: datetime
) -> Review:
    """Return an empty review of a selection of the rules; `now` is aware."""
    return Review(
        **{"$schema": catalog.guide.site + SCHEMA, "schemaVersion": VERSION},
        id=str(uuid4()),
        title=title,
        edition=edition,
        content_hash=content_hash(selected_rules(catalog, selection)),
        selection=selection,
        created=now,
        updated=now,
        generator=GENERATOR,
        targets=list(targets),
    )


def empty_answer(rule: Rule) -> Answer:
    """Return the answer to a rule that nobody has answered."""
    return Answer(revision=rule.revision, text_hash=text_hash(rule))


def find_answer(review: Review, rule: Rule, target: str) -> Answer:
    """Return the answer to a rule for a target, blank where there is none."""
    return review.answers.get(rule.id, {}).get(target) or empty_answer(rule)
