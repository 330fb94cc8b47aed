"""What a report of a review says before its answers: what the review is, and the counts by chapter and level."""

from itertools import groupby

from vger_guide.catalog.rules import Level, Rule
from vger_guide.output.reviews.text import name_of, to_line
from vger_guide.reviews.context import ReviewContext
from vger_guide.reviews.labels import FORMULAS, NOT_APPLICABLE, STATES, VALUES
from vger_guide.reviews.models import Person, Target, Value
from vger_guide.reviews.score import FORMULA, Tally, tally

# The counts of an answer in words, in the order of a bar: the attributes of a Tally.
COUNTS = {
    "met": VALUES[Value.MET],
    "partial": VALUES[Value.PARTIAL],
    "not_met": VALUES[Value.NOT_MET],
    "unanswered": VALUES[Value.UNANSWERED],
    "not_applicable": NOT_APPLICABLE,
}
# Of the table of scores, which say how many are met.
HEADINGS = ("Chapter", *(level.value.capitalize() for level in Level), "All", *list(COUNTS.values())[1:])


def count_chapters(context: ReviewContext, target: Target) -> dict[str, dict[str, Tally]]:
    """Return the counts of a target by chapter, and in each by level and of `all`; the last chapter is `All`."""
    return {name: _levels(context, target, rules) for name, rules in by_chapter(context).items()}


def by_chapter(context: ReviewContext) -> dict[str, list[Rule]]:
    """Return the rules that are asked by the heading of their chapter, and all of them at the end, as `All`."""
    parts = groupby(context.rules, key=lambda rule: context.catalog.chapter_of(rule).heading)
    return {**{heading: list(rules) for heading, rules in parts}, "All": list(context.rules)}


def _levels(context: ReviewContext, target: Target, rules: list[Rule]) -> dict[str, Tally]:
    by_level = {level.value: [rule for rule in rules if rule.level is level] for level in Level}
    parts = {**by_level, "all": rules}
    return {name: tally(context.review, some, target.id, context.today) for name, some in parts.items()}


def count_beside(counts: Tally) -> tuple[int, int, int, int]:
    """Return the counts that stand beside the scores in a table, below the last of HEADINGS."""
    return counts.partial, counts.not_met, counts.unanswered, counts.not_applicable


def format_share(counts: Tally) -> str:
    """Return a score, such as `12 of 20 (60%)`."""
    return f"{counts.met:,} of {counts.applicable:,} ({counts.percent}%)" if counts.applicable else "none apply"


def format_score(counts: Tally) -> str:
    """Return a score as a sentence begins with it, such as `12 of 20 (60%) met`."""
    return f"{format_share(counts)} met" if counts.applicable else "No rule applies"


def format_counts(counts: Tally) -> str:
    """Return the counts in words, such as `12 met, 1 partly met, ...`."""
    return ", ".join(f"{getattr(counts, name):,} {word.lower()}" for name, word in COUNTS.items())


def format_standing(counts: Tally) -> str:
    """Return the remarks on a score: how many answers of the applicable ones are accepted, lapsed or unsure."""
    told = {
        "accepted as a risk": counts.accepted,
        "with a plan or risk that has lapsed": counts.overdue,
        "to be confirmed": counts.confirm,
    }
    return ", ".join(f"{count:,} {words}" for words, count in told.items() if count)


def describe_review(context: ReviewContext) -> dict[str, str]:
    """Return the description of a review by headings; unknown parts are left out."""
    review, profiles = context.review, {each.id: each.title for each in context.catalog.profiles.profiles}
    facts = {
        "State": STATES[review.state],
        "Edition": f"{context.catalog.guide.title}, edition {review.edition}",
        "Commit": to_line(review.commit),
        "Rules": f"{len(context.rules):,}, {_selection(context, profiles)}",
        "Targets": ", ".join(map(name_of, review.targets)),
        "People": ", ".join(map(_person, review.people)),
        "Updated": review.updated.date().isoformat(),
        "As of": context.today.isoformat(),
    }
    return {name: text for name, text in facts.items() if text}


def _person(person: Person) -> str:
    role = to_line(person.role)
    return (to_line(person.name) or person.id) + (f" ({role})" if role else "")


def _selection(context: ReviewContext, profiles: dict[str, str]) -> str:
    chosen = context.review.selection
    named = [profiles.get(chosen.profile, chosen.profile), chosen.stage, chosen.workload]
    listed = [*filter(None, named), *([f"chapters {', '.join(chosen.chapters)}"] if chosen.chapters else [])]
    return "of " + (", ".join(listed) or "the whole guide")


def describe_formula() -> str:
    """Return the score's formula in words, with its version."""
    return (
        f"Score: {FORMULAS[FORMULA]}. An accepted risk does not change it. Questions and severities are those of the "
        "guide's editors; levels follow its source."
    )
