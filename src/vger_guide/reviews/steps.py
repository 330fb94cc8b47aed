"""One step of a review from an edition to the one after it or before it: what becomes of the answers to each rule.

An answer that was met survives a rule that was reworded, weakened or moved. Where the rule was strengthened, merged or
split somebody has to confirm it, and where the rule is gone it has no place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from vger_guide.catalog.changes import RuleChange, RuleVerb
from vger_guide.catalog.editions import Edition, FrozenRule
from vger_guide.reviews.asking import text_hash
from vger_guide.reviews.document import EVIDENCE, LONG, Answer, Answers, Disposition, Evidence, Value

# A verb as it reads on the way back.
_BACK = {RuleVerb.WEAKENED: RuleVerb.STRENGTHENED, RuleVerb.STRENGTHENED: RuleVerb.WEAKENED}
_KEEPING = {RuleVerb.REWORDED, RuleVerb.WEAKENED, RuleVerb.MOVED}
# Of several answers made one, the first of these is what all of them allow to say.
_WORST = (Value.NOT_MET, Value.PARTIAL, Value.MET)


@dataclass(frozen=True)
class Step:
    """Two editions, one beside the other, by their names; `verbs` and `became` are of the rules of the first one."""

    name: str
    to: str
    old: Edition
    new: Edition
    verbs: dict[str, set[RuleVerb]]
    became: dict[str, list[str]]

    @property
    def reversed(self) -> Step:
        """The same step in the other direction."""
        verbs = {id_: {_BACK.get(verb, verb) for verb in verbs} for id_, verbs in self.verbs.items()}
        became: dict[str, list[str]] = defaultdict(list)
        for id_, others in self.became.items():
            for other in others:
                became[other].append(id_)
        return Step(self.to, self.name, self.new, self.old, verbs, dict(became))

    @cached_property
    def families(self) -> list[list[str]]:
        """Rules whose answers flow into one another, by their ids; most rules are alone."""
        family = {id_: {id_} for id_ in [*self.old.rules, *self.new.rules]}
        for id_, others in self.became.items():
            joined = set(chain.from_iterable(family[each] for each in (id_, *others)))
            family.update(dict.fromkeys(joined, joined))
        return list({min(each): sorted(each) for each in family.values()}.values())

    def moved(self, answers: Answers) -> Answers:
        """Return what the answers to the rules of a family become."""
        sources: dict[str, list[str]] = defaultdict(list)
        for id_ in answers:
            for other in self.became.get(id_, [id_] if id_ in self.new.rules else []):
                sources[other].append(id_)
        return {id_: self._rule(id_, {each: answers[each] for each in found}) for id_, found in sources.items()}

    def _rule(self, id_: str, answers: Answers) -> dict[str, Answer]:
        if list(answers) == [id_] and id_ not in self.became:
            return {target: self._carried(id_, answer) for target, answer in answers[id_].items()}
        targets = sorted(set(chain.from_iterable(answers.values())))
        return {
            target: self._joined(id_, [each[target] for each in answers.values() if target in each])
            for target in targets
        }

    def _carried(self, id_: str, answer: Answer) -> Answer:
        """Return the answer to a rule that both editions have: as it is where the rule is."""
        old, new = self.old.rules.get(id_), self.new.rules[id_]
        if old is None or dict(old) == dict(new):
            return answer
        origin = {"carried_from": answer.carried_from or self.name}
        if self._survives(answer, old, self.verbs.get(id_, set())):
            return answer.model_copy(update={**origin, "revision": new.revision, "text_hash": text_hash(new)})
        return answer.model_copy(update={**origin, "confirm": answer.confirm or _said(answer)})

    def _survives(self, answer: Answer, old: FrozenRule, verbs: set[RuleVerb]) -> bool:
        """Return whether an answer says of the rule as it will be what it said of the rule as it was."""
        if answer.confirm or (answer.revision, answer.text_hash) != (old.revision, text_hash(old)):
            return False
        if not verbs or verbs - _KEEPING:
            return False
        short = not answer.not_applicable and answer.value in (Value.PARTIAL, Value.NOT_MET)
        return not (short and RuleVerb.WEAKENED in verbs)

    def _joined(self, id_: str, answers: list[Answer]) -> Answer:
        """Return the one answer, to be confirmed, that several give to the rule that their rules became."""
        rule = self.new.rules[id_]
        first = next((each for each in answers if _said(each)), answers[0])
        values = [each.value for each in answers if _said(each) and not each.not_applicable]
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
            "confirm": any(map(_said, answers)),
        }
        return first.model_copy(update=update)


def step(name: str, to: str, old: Edition, new: Edition, changes: Iterable[RuleChange]) -> Step:
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
    return Step(name, to, old, new, dict(verbs), became)


def _said(answer: Answer) -> bool:
    return answer.value != Value.UNANSWERED or answer.not_applicable is not None


def _once(things: Iterable[Evidence]) -> list[Evidence]:
    found: list[Evidence] = []
    for each in things:
        if each not in found:
            found.append(each)
    return found
