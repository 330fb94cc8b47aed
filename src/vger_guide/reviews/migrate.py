"""Moves a review to another edition, step by step, and back again without a loss."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import chain, pairwise

from vger_guide.catalog.catalog import Catalog
from vger_guide.catalog.changes import RuleChange, RuleVerb
from vger_guide.catalog.editions import NEXT, Edition, FrozenRule, text_hash
from vger_guide.reviews.fields import EVIDENCE, LONG
from vger_guide.reviews.models import Answer, Answers, Disposition, Evidence, Migration, Review, Selection, Value
from vger_guide.reviews.selection import content_hash, rules_hash, selected_rules

# A verb as it reads on the way back.
_BACK = {RuleVerb.WEAKENED: RuleVerb.STRENGTHENED, RuleVerb.STRENGTHENED: RuleVerb.WEAKENED}


_KEEPING = {RuleVerb.REWORDED, RuleVerb.WEAKENED, RuleVerb.MOVED}


# Of several answers made one, the first of these is what all of them allow to say.
_WORST = (Value.NOT_MET, Value.PARTIAL, Value.MET)


@dataclass(frozen=True)
class MigrationStep:
    """Two editions, one beside the other, by their names; `verbs` and `became` are of the rules of the first one."""

    name: str
    to: str
    old: Edition
    new: Edition
    verbs: dict[str, set[RuleVerb]]
    became: dict[str, list[str]]

    @property
    def reversed(self) -> MigrationStep:
        """The same step in the other direction."""
        verbs = {id_: {_BACK.get(verb, verb) for verb in verbs} for id_, verbs in self.verbs.items()}
        became: dict[str, list[str]] = defaultdict(list)
        for id_, others in self.became.items():
            for other in others:
                became[other].append(id_)
        return MigrationStep(self.to, self.name, self.new, self.old, verbs, dict(became))

    @cached_property
    def families(self) -> list[list[str]]:
        """Rules whose answers flow into one another, by their ids; most rules are alone."""
        family = {id_: {id_} for id_ in [*self.old.rules, *self.new.rules]}
        for id_, others in self.became.items():
            joined = set(chain.from_iterable(family[each] for each in (id_, *others)))
            family.update(dict.fromkeys(joined, joined))
        return list({min(each): sorted(each) for each in family.values()}.values())

    def moved(self, answers: Answers) -> Answers:
        """Return the new answers to the rules of a family."""
        sources: dict[str, list[str]] = defaultdict(list)
        for id_ in answers:
            for other in self.became.get(id_, [id_] if id_ in self.new.rules else []):
                sources[other].append(id_)
        return {id_: self._rule(id_, {each: answers[each] for each in found}) for id_, found in sources.items()}

    def _rule(self, id_: str, answers: Answers) -> dict[str, Answer]:
        if list(answers) == [id_] and id_ not in self.became:
            return {target: self._carry(id_, answer) for target, answer in answers[id_].items()}
        targets = sorted(set(chain.from_iterable(answers.values())))
        return {
            target: self._join(id_, [each[target] for each in answers.values() if target in each]) for target in targets
        }

    def _carry(self, id_: str, answer: Answer) -> Answer:
        """Return the answer to a rule that both editions have: as it is where the rule is."""
        old, new = self.old.rules.get(id_), self.new.rules[id_]
        if old is None or dict(old) == dict(new):
            return answer
        origin = {"carried_from": answer.carried_from or self.name}
        if self._survives(answer, old, self.verbs.get(id_, set())):
            return answer.model_copy(update={**origin, "revision": new.revision, "text_hash": text_hash(new)})
        return answer.model_copy(update={**origin, "confirm": answer.confirm or _is_answered(answer)})

    def _survives(self, answer: Answer, old: FrozenRule, verbs: set[RuleVerb]) -> bool:
        """Return whether an answer says of the rule as it will be what it said of the rule as it was."""
        if answer.confirm or (answer.revision, answer.text_hash) != (old.revision, text_hash(old)):
            return False
        if not verbs or verbs - _KEEPING:
            return False
        short = not answer.not_applicable and answer.value in (Value.PARTIAL, Value.NOT_MET)
        return not (short and RuleVerb.WEAKENED in verbs)

    def _join(self, id_: str, answers: list[Answer]) -> Answer:
        """Return the one answer, to be confirmed, that several give to the rule that their rules became."""
        rule = self.new.rules[id_]
        first = next((each for each in answers if _is_answered(each)), answers[0])
        values = [each.value for each in answers if _is_answered(each) and not each.not_applicable]
        plans = (each.disposition for each in answers if each.disposition != Disposition())
        update = {
            "revision": rule.revision,
            "text_hash": text_hash(rule),
            "value": next((value for value in _WORST if value in values), first.value),
            "not_applicable": None if values else first.not_applicable,
            "disposition": next(plans, first.disposition),
            "comment": "\n\n".join(dict.fromkeys(each.comment for each in answers if each.comment))[:LONG],
            "evidence": _once(chain.from_iterable(each.evidence for each in answers))[:EVIDENCE],
            "carried_from": first.carried_from or self.name,
            "confirm": any(map(_is_answered, answers)),
        }
        return first.model_copy(update=update)


def step(name: str, to: str, old: Edition, new: Edition, changes: Iterable[RuleChange]) -> MigrationStep:
    """Return the step from an edition to the one after it."""
    verbs: dict[str, set[RuleVerb]] = defaultdict(set)
    became: dict[str, list[str]] = {}
    for change in changes:
        verbs[change.id].add(change.verb)
        if change.into:
            became[change.id] = list(change.into)
    # A rule that others were merged into asks what they asked too: its own answer joins theirs.
    for other in {other for others in became.values() for other in others}:
        if other in old.rules:
            became.setdefault(other, [other])
    return MigrationStep(name, to, old, new, dict(verbs), became)


def _is_answered(answer: Answer) -> bool:
    return answer.value != Value.UNANSWERED or answer.not_applicable is not None


def _once(things: Iterable[Evidence]) -> list[Evidence]:
    found: list[Evidence] = []
    for each in things:
        if each not in found:
            found.append(each)
    return found


class MigrationError(Exception):
    """A review cannot be moved; the text says why."""


def migrate(review: Review, catalog: Catalog, to: str, now: datetime) -> Review:
    """Return a review as it stands in another edition, forward or back; its last migrations say what became of it.

    `now` is aware. A review that is of this edition already comes back as it is. Raises MigrationError for an edition
    that the catalogue has not, and where a merge has left conflicts.
    """
    known = list(catalog.timeline)
    for name in (review.edition, to):
        if name not in known:
            raise MigrationError(f"there is no edition '{name}'; known: {', '.join(known)}")
    if review.conflicts:
        raise MigrationError("it has conflicts left by a merge; resolve them first")
    for each in _steps(catalog, review.edition, to):
        review = _move(review, catalog, each, now)
    return review


def _steps(catalog: Catalog, name: str, to: str) -> Iterator[MigrationStep]:
    names = list(catalog.timeline)
    at, end = names.index(name), names.index(to)
    route = names[min(at, end) : max(at, end) + 1]
    found = [_between(catalog, *pair) for pair in pairwise(route)]
    yield from found if at < end else (each.reversed for each in reversed(found))


def _between(catalog: Catalog, name: str, to: str) -> MigrationStep:
    return step(name, to, catalog.timeline[name], catalog.timeline[to], catalog.changes_to(to).rules)


def _move(review: Review, catalog: Catalog, step: MigrationStep, now: datetime) -> Review:
    answers: Answers = {}
    archived: Answers = {}
    before = _last(review, step)
    strangers = sorted({*review.answers, *before} - {*step.old.rules, *step.new.rules})
    families = [*step.families, *([rule] for rule in strangers)]
    for family in families:
        had = {rule: review.answers[rule] for rule in family if rule in review.answers}
        has = _restore(before, family, step, had) or step.moved(had)
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


def _last(review: Review, step: MigrationStep) -> Answers:
    """Return the answers that the last step the other way touched, as they were before it."""
    for each in reversed(review.migrations):
        if (each.from_edition, each.to_edition) == (step.to, step.name):
            return each.archived
    return {}


def _restore(before: Answers, family: list[str], step: MigrationStep, had: Answers) -> Answers:
    """Return the answers as they were before the migration there, if nobody has changed them since; else nothing."""
    was = {rule: before[rule] for rule in family if rule in before}
    return was if was and step.reversed.moved(was) == had else {}


def _content_hash(catalog: Catalog, edition: str, selection: Selection) -> str:
    if edition == NEXT:
        return content_hash(selected_rules(catalog, selection))
    return rules_hash(_select_frozen(catalog.timeline[edition], selection))


def _select_frozen(edition: Edition, selection: Selection) -> list[tuple[str, FrozenRule]]:
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
