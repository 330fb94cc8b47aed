"""Moving a review to another edition, step by step, and back again without a loss.

Every answer that a step touches is kept in the record of the step as it was. A way back restores it, unless somebody
has changed what became of it meanwhile.
"""

from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise

from vger_guide.catalog import Catalog
from vger_guide.catalog.editions import NEXT, Edition, FrozenRule
from vger_guide.reviews.asking import asked, content_hash, hash_of
from vger_guide.reviews.document import Answers, Migration, Review, Selection
from vger_guide.reviews.steps import Step, step


class CannotMigrate(Exception):  # noqa: N818
    """A review cannot be moved; the text says why."""


def migrate(review: Review, catalog: Catalog, to: str, now: datetime) -> Review:
    """Return a review as it stands in another edition, forward or back; its last migrations say what became of it.

    `now` is aware. A review that is of this edition already comes back as it is. Raises CannotMigrate for an edition
    that the catalogue has not, and where a merge has left conflicts.
    """
    known = list(catalog.timeline)
    for name in (review.edition, to):
        if name not in known:
            raise CannotMigrate(f"there is no edition '{name}'; known: {', '.join(known)}")
    if review.conflicts:
        raise CannotMigrate("a merge has left conflicts in it; they have to be decided first")
    for each in _steps(catalog, review.edition, to):
        review = _moved(review, catalog, each, now)
    return review


def _steps(catalog: Catalog, name: str, to: str) -> Iterator[Step]:
    names = list(catalog.timeline)
    at, end = names.index(name), names.index(to)
    route = names[min(at, end) : max(at, end) + 1]
    found = [_between(catalog, *pair) for pair in pairwise(route)]
    yield from found if at < end else (each.reversed for each in reversed(found))


def _between(catalog: Catalog, name: str, to: str) -> Step:
    return step(name, to, catalog.timeline[name], catalog.timeline[to], catalog.changes_to(to).rules)


def _moved(review: Review, catalog: Catalog, step: Step, now: datetime) -> Review:
    answers: Answers = {}
    archived: Answers = {}
    before = _last(review, step)
    strangers = sorted({*review.answers, *before} - {*step.old.rules, *step.new.rules})
    families = [*step.families, *([rule] for rule in strangers)]
    for family in families:
        had = {rule: review.answers[rule] for rule in family if rule in review.answers}
        has = _restored(before, family, step, had) or step.moved(had)
        answers |= has
        if has != had:
            archived |= had
    confirm = [rule for rule in sorted(answers) if any(each.confirm for each in answers[rule].values())]
    record = Migration(
        from_edition=step.name,
        to_edition=step.to,
        at=now,
        kept=[rule for rule in sorted(answers) if rule not in confirm],
        confirm=confirm,
        archived=archived,
    )
    update = {"edition": step.to, "answers": answers, "migrations": [*review.migrations, record]}
    return review.model_copy(update={**update, "content_hash": _content_hash(catalog, step.to, review.selection)})


def _last(review: Review, step: Step) -> Answers:
    """Return the answers that the last step the other way touched, as they were before it."""
    for each in reversed(review.migrations):
        if (each.from_edition, each.to_edition) == (step.to, step.name):
            return each.archived
    return {}


def _restored(before: Answers, family: list[str], step: Step, had: Answers) -> Answers:
    """Return what the answers were before the way there, where they are as that way left them; else nothing."""
    was = {rule: before[rule] for rule in family if rule in before}
    return was if was and step.reversed.moved(was) == had else {}


def _content_hash(catalog: Catalog, edition: str, selection: Selection) -> str:
    if edition == NEXT:
        return content_hash(asked(catalog, selection))
    return hash_of(_asked(catalog.timeline[edition], selection))


def _asked(edition: Edition, selection: Selection) -> list[tuple[str, FrozenRule]]:
    """Return the rules of an edition that a selection names: by section and id, which is the reading order."""
    chapters = set(selection.chapters)
    found = [
        (id_, rule)
        for id_, rule in edition.rules.items()
        if (not chapters or rule.section.partition(".")[0] in chapters) and _fits(rule, selection)
    ]
    return sorted(found, key=lambda each: ([int(part) for part in each[1].section.split(".")], each[0]))


def _fits(rule: FrozenRule, selection: Selection) -> bool:
    """Return whether a kind of system is asked; without one all rules are, as `asking.asked` has it."""
    if not selection.profile:
        return True
    limits = ((rule.stages, selection.stage), (rule.workloads, selection.workload))
    return selection.profile in rule.applies_to and all(
        not allowed or not given or given in allowed for allowed, given in limits
    )
