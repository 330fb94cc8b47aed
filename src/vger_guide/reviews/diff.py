"""What changed between two states of a review: the answers that differ, rule by rule and target by target."""

from collections.abc import Iterator
from dataclasses import dataclass

from vger_guide.reviews.models import Answer, Answers

# What somebody said. Who said it and when is no change of it.
_FIELDS = ("comment", "evidence", "disposition", "confidence", "confirm", "revision")


@dataclass(frozen=True)
class AnswerDiff:
    """An answer before and after; None where there was or is none."""

    rule: str
    target: str
    before: Answer | None
    after: Answer | None

    @property
    def fields(self) -> list[str]:
        """Which parts of the answer differ: `answer` for its value and whether the rule applies, or a field's name."""
        ours, theirs = self.before or _empty_answer(self.after), self.after or _empty_answer(self.before)
        differs = (ours.value, ours.not_applicable) != (theirs.value, theirs.not_applicable)
        others = [name for name in _FIELDS if getattr(ours, name) != getattr(theirs, name)]
        return [*(["answer"] if differs else []), *others]


def _empty_answer(other: Answer | None) -> Answer:
    """Return an answer that says nothing, to the same revision as another."""
    return Answer(revision=other.revision if other else 1, text_hash=other.text_hash if other else "0" * 16)


def diff_answers(old: Answers, new: Answers) -> list[AnswerDiff]:
    """Return the answers that say something else in the new state, by rule and target."""
    return [change for change in _pairs(old, new) if change.fields]


def _pairs(old: Answers, new: Answers) -> Iterator[AnswerDiff]:
    for rule in sorted({*old, *new}):
        before, after = old.get(rule, {}), new.get(rule, {})
        for target in sorted({*before, *after}):
            yield AnswerDiff(rule, target, before.get(target), after.get(target))
