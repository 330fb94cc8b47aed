"""What a report of a review has: its answers sorted by what has to be done about them, and the counts by chapter."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from vger_guide.catalog.rules import Level, Rule, Severity
from vger_guide.exports.addresses import address
from vger_guide.exports.forms import Filled
from vger_guide.exports.texts import checked, disposition, line, name_of, person
from vger_guide.reviews.asking import answer_of
from vger_guide.reviews.document import Answer, Outcome, Plan, Target, Value
from vger_guide.reviews.recording import disagrees
from vger_guide.reviews.scores import FORMULA, Tally, accepted, overdue, tally
from vger_guide.reviews.words import CONFIDENCES, FORMULAS, NOT_APPLICABLE, REASONS, STATES, VALUES

# What has to be done first stands first.
GROUPS = {
    "not-met": VALUES[Value.NOT_MET],
    "partial": VALUES[Value.PARTIAL],
    "accepted": "Accepted risks",
    "not-applicable": NOT_APPLICABLE,
    "unanswered": VALUES[Value.UNANSWERED],
    "met": VALUES[Value.MET],
}
# The counts of an answer in words, in the order of a bar: the attributes of a Tally.
COUNTS = {
    "met": VALUES[Value.MET],
    "partial": VALUES[Value.PARTIAL],
    "not_met": VALUES[Value.NOT_MET],
    "unanswered": VALUES[Value.UNANSWERED],
    "not_applicable": NOT_APPLICABLE,
}


@dataclass(frozen=True)
class Entry:
    """An answer to a rule for a target, with what a check said."""

    filled: Filled
    rule: Rule
    answer: Answer
    outcome: Outcome | None

    @property
    def group(self) -> str:
        """The key of GROUPS that it stands under."""
        if self.answer.not_applicable:
            return "not-applicable"
        open_ = self.answer.value in (Value.NOT_MET, Value.PARTIAL)
        return "accepted" if open_ and accepted(self.answer, self.filled.today) else self.answer.value.value

    @property
    def address(self) -> str:
        """The page of the rule."""
        return address(self.filled.site, self.rule.page)

    @property
    def about(self) -> str:
        """Level, severity and section."""
        section = self.filled.catalog.section_of(self.rule).heading
        return f"{self.rule.level.value.capitalize()}, {self.rule.severity.value}, in {section}"

    @property
    def disputed(self) -> bool:
        """Whether a check says something else."""
        return self.outcome is not None and disagrees(self.answer, self.outcome)

    def facts(self) -> Iterator[tuple[str, str]]:
        """Yield what there is to say of it, with a heading each; texts of people may have several lines."""
        answer, given = self.answer, self.answer.disposition
        if self.group == "unanswered":
            yield "Question", self.rule.ask
        if answer.not_applicable:
            yield "Why not", f"{REASONS[answer.not_applicable.code]}: {answer.not_applicable.text}"
        if self.group in ("not-met", "partial", "accepted") or given.plan is not Plan.NONE:
            yield "Plan", disposition(self.filled, given) + (" (lapsed)" if overdue(answer, self.filled.today) else "")
        yield "Comment", answer.comment
        yield "Check", self.checked
        yield "Answered", ", ".join(filter(None, self._answered()))
        if answer.confirm:
            yield "To confirm", "The rule has changed since it was answered"

    @property
    def checked(self) -> str:
        """What a check said, or nothing; its reason may have several lines."""
        if not self.outcome:
            return ""
        differs = ", which differs from the answer" if self.disputed else ""
        places = f"\nFound at {', '.join(self.outcome.places)}" if self.outcome.places else ""
        return f"{checked(self.outcome)}{differs}: {self.outcome.reason}{places}"

    def _answered(self) -> Iterator[str]:
        if self.answer.by:
            yield f"by {line(person(self.filled, self.answer.by))}"
        if self.answer.at:
            yield f"on {self.answer.at.date().isoformat()}"
        if self.answer.confidence:
            yield f"confidence {CONFIDENCES[self.answer.confidence].lower()}"
        if self.answer.carried_from:
            yield f"taken over from {line(self.answer.carried_from)}"


def entries(filled: Filled, target: Target) -> list[Entry]:
    """Return the answers of a target in reading order."""
    outcomes = filled.review.outcomes
    return [
        Entry(filled, rule, answer_of(filled.review, rule, target.id), outcomes.get(rule.id, {}).get(target.id))
        for rule in filled.rules
    ]


def grouped(listed: list[Entry]) -> dict[str, list[Entry]]:
    """Return the entries by the keys of GROUPS, those that weigh most first; keys with none are left out."""
    sorted_ = sorted(listed, key=_weight)
    groups = {key: [entry for entry in sorted_ if entry.group == key] for key in GROUPS}
    return {key: found for key, found in groups.items() if found}


def _weight(entry: Entry) -> tuple[int, int]:
    return list(Level).index(entry.rule.level), list(Severity).index(entry.rule.severity)


def chapters(filled: Filled, target: Target) -> dict[str, dict[str, Tally]]:
    """Return the counts of a target by chapter, and in each by level and of `all`; the last chapter is `All`."""
    parts = {heading: list(rules) for heading, rules in groupby(filled.rules, key=lambda rule: _chapter(filled, rule))}
    return {name: _levels(filled, target, rules) for name, rules in {**parts, "All": list(filled.rules)}.items()}


def _chapter(filled: Filled, rule: Rule) -> str:
    return filled.catalog.section(filled.catalog.section_of(rule).number.partition(".")[0]).heading


def _levels(filled: Filled, target: Target, rules: list[Rule]) -> dict[str, Tally]:
    by_level = {level.value: [rule for rule in rules if rule.level is level] for level in Level}
    parts = {**by_level, "all": rules}
    return {name: tally(filled.review, some, target.id, filled.today) for name, some in parts.items()}


def share(counts: Tally) -> str:
    """Return a score, such as `12 of 20 (60%)`."""
    return f"{counts.met:,} of {counts.applicable:,} ({counts.percent}%)" if counts.applicable else "none apply"


def scored(counts: Tally) -> str:
    """Return a score as a sentence begins with it, such as `12 of 20 (60%) met`."""
    return f"{share(counts)} met" if counts.applicable else "No rule applies"


def counted(counts: Tally) -> str:
    """Return the counts in words, such as `12 met, 1 partly met, ...`."""
    return ", ".join(f"{getattr(counts, name):,} {word.lower()}" for name, word in COUNTS.items())


def standing(counts: Tally) -> str:
    """Return what the score does not say: how many answers of the applicable ones are accepted, lapsed or unsure."""
    told = {
        "accepted as a risk": counts.accepted,
        "with a plan or risk that has lapsed": counts.overdue,
        "to be confirmed": counts.confirm,
    }
    return ", ".join(f"{count:,} {words}" for words, count in told.items() if count)


def about(filled: Filled) -> dict[str, str]:
    """Return what a review is, by headings; what is not known is left out."""
    review, profiles = filled.review, {each.id: each.title for each in filled.catalog.profiles.profiles}
    people = [f"{line(each.name)} ({line(each.role)})" if each.role else line(each.name) for each in review.people]
    facts = {
        "State": STATES[review.state],
        "Edition": f"{filled.catalog.guide.title}, edition {review.edition}",
        "Commit": line(review.commit),
        "Rules": f"{len(filled.rules):,}, {_selection(filled, profiles)}",
        "Targets": ", ".join(map(name_of, review.targets)),
        "People": ", ".join(people),
        "Updated": review.updated.date().isoformat(),
        "As of": filled.today.isoformat(),
    }
    return {name: text for name, text in facts.items() if text}


def _selection(filled: Filled, profiles: dict[str, str]) -> str:
    chosen = filled.review.selection
    named = [profiles.get(chosen.profile, chosen.profile), chosen.stage, chosen.workload]
    listed = [*filter(None, named), *([f"chapters {', '.join(chosen.chapters)}"] if chosen.chapters else [])]
    return "of " + (", ".join(listed) or "the whole guide")


def formula() -> str:
    """Return the score's formula in words, with its version."""
    return f"Score: {FORMULAS[FORMULA]}. An accepted risk does not change it."
