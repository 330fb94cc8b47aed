"""What a report of a review says before its answers: what the review is, and the counts by chapter and level."""

from itertools import groupby

from vger_guide.catalog.rules import Level, Rule
from vger_guide.output.reviews.text import target_name, title_of, to_line
from vger_guide.reviews.context import ReviewContext
from vger_guide.reviews.labels import CONCLUSIONS, FORMULAS, NOT_APPLICABLE, STATES, VALUES
from vger_guide.reviews.models import Person, Review, SignOff, Target, Value
from vger_guide.reviews.score import FORMULA, Tally, binding, tally
from vger_guide.reviews.sign_off import is_changed_since
from vger_guide.text.plural import pluralise
from vger_guide.text.sanitize import truncate

# The counts of an answer in words, in the order of a bar: the attributes of a Tally.
COUNTS = {
    "met": VALUES[Value.MET],
    "partial": VALUES[Value.PARTIAL],
    "not_met": VALUES[Value.NOT_MET],
    "unanswered": VALUES[Value.UNANSWERED],
    "not_applicable": NOT_APPLICABLE,
}
# The shares of the table of scores, by the keys of `count_chapters`.
SHARES = {**{level.value: level.value.capitalize() for level in Level}, "binding": "Must and should"}
# Of the title at the head of each page, in characters.
_TITLE = 60
_CHANGED = ". The review was changed after that"
# Of the table of scores, which say how many of those answered are met.
HEADINGS = ("Chapter", *SHARES.values(), *list(COUNTS.values())[1:])


def count_chapters(context: ReviewContext, target: Target) -> dict[str, dict[str, Tally]]:
    """Return the counts of a target by chapter, and in each by level, of `binding` and of `all`; the last is `All`.

    Binding are the musts and shoulds together.
    """
    return {name: _levels(context, target, rules) for name, rules in by_chapter(context).items()}


def by_chapter(context: ReviewContext) -> dict[str, list[Rule]]:
    """Return the rules that are asked by the heading of their chapter, and all of them at the end, as `All`."""
    parts = groupby(context.rules, key=lambda rule: context.catalog.chapter_of(rule).heading)
    return {**{heading: list(rules) for heading, rules in parts}, "All": list(context.rules)}


def _levels(context: ReviewContext, target: Target, rules: list[Rule]) -> dict[str, Tally]:
    by_level = {level.value: [rule for rule in rules if rule.level is level] for level in Level}
    parts = {**by_level, "binding": binding(rules), "all": rules}
    return {name: tally(context.review, some, target.id, context.today) for name, some in parts.items()}


def count_beside(counts: Tally) -> tuple[int, int, int, int]:
    """Return the counts that stand beside the scores in a table, below the last of HEADINGS."""
    return counts.partial, counts.not_met, counts.unanswered, counts.not_applicable


def format_share(counts: Tally) -> str:
    """Return how many of those answered are met, such as `12 of 20 (60%)`."""
    if not counts.applicable:
        return "none apply"
    return f"{counts.met:,} of {counts.answered:,} ({counts.percent}%)" if counts.answered else "none answered"


def format_open(counts: Tally) -> str:
    """Return how many are not answered yet, such as `61 of 80 open`."""
    return f"{counts.unanswered:,} of {counts.applicable:,} open"


def format_score(counts: Tally) -> str:
    """Return a score as a sentence begins with it, such as `12 of 20 answered rules met (60%), 61 of 81 open`."""
    if not counts.applicable:
        return "No rule applies"
    if not counts.answered:
        return f"No rule answered, {format_open(counts)}"
    share = f"{counts.met:,} of {counts.answered:,} answered rules met ({counts.percent}%)"
    return f"{share}, {format_open(counts)}" if counts.unanswered else share


def format_target_score(binding_: Tally, may: Tally) -> str:
    """Return the score of a target: its musts and shoulds, of those answered and those that apply, and may apart."""
    whole = f", which is {binding_.percent_of_applicable}% of all that apply" if binding_.unanswered else ""
    told = format_score(binding_) + (whole if binding_.answered else "")
    return f"{told}. May: {format_score(may).lower()}" if may.applicable else told


def format_counts(counts: Tally) -> str:
    """Return the counts in words, such as `12 met, 1 partly met, ...`."""
    return ", ".join(f"{getattr(counts, name):,} {word.lower()}" for name, word in COUNTS.items())


def format_standing(counts: Tally) -> str:
    """Return the remarks on a score: how many answers of the applicable ones are accepted, lapsed or unsure."""
    told = {
        "accepted as a risk": counts.accepted,
        "accepted as a risk without an answer, end, owner or approver": counts.incomplete,
        "with a plan or risk that has lapsed": counts.overdue,
        "to be confirmed": counts.confirm,
    }
    return ", ".join(f"{count:,} {words}" for words, count in told.items() if count)


def describe_score(counts: dict[str, dict[str, Tally]]) -> tuple[str, str]:
    """Return the score of a target in words, by `count_chapters`, and its counts with the remarks on them."""
    levels = counts["All"]
    standing = "; ".join(filter(None, (format_counts(levels["all"]), format_standing(levels["all"]))))
    return format_target_score(levels["binding"], levels["may"]), standing


def describe_edition(context: ReviewContext) -> str:
    """Return what the review asks, such as `VGER Architecture Guide, edition 2026.11`."""
    return f"{context.catalog.guide.title}, edition {context.review.edition}"


def page_head(context: ReviewContext) -> str:
    """Return what stands at the head of each printed page: the title, cut where it is long, and the edition."""
    return f"{truncate(title_of(context), _TITLE)} | {describe_edition(context)}"


def describe_review(context: ReviewContext) -> dict[str, str]:
    """Return the description of a review by headings; unknown parts are left out."""
    review, profiles = context.review, {each.id: each.title for each in context.catalog.profiles.profiles}
    facts = {
        "State": STATES[review.state],
        **describe_sign_off(review),
        "Scope": to_line(review.scope),
        "Edition": describe_edition(context),
        "Commit": to_line(review.commit),
        "Rules": f"{len(context.rules):,}, {_selection(context, profiles)}",
        "Targets": ", ".join(map(target_name, review.targets)),
        "People": ", ".join(map(_person, review.people)),
        "Updated": review.updated.date().isoformat(),
        "As of": context.today.isoformat(),
    }
    return {name: text for name, text in facts.items() if text}


def describe_sign_off(review: Review) -> dict[str, str]:
    """Return the conclusion, its conditions, the signature, and what was signed and opened again before it."""
    signature = review.signature
    earlier = review.sign_offs[:-1] if signature else review.sign_offs
    return {
        "Conclusion": CONCLUSIONS[review.conclusion] if review.conclusion else "",
        "Conditions": "; ".join(f"({n}) {to_line(text)}" for n, text in enumerate(review.conditions, 1)),
        "Signature": describe_entry(signature) + _CHANGED * is_changed_since(review) if signature else "",
        "Before that": "; ".join(map(describe_entry, earlier)),
    }


def describe_entry(entry: SignOff) -> str:
    """Return an entry of the log of signatures on a line, such as `Signed by Ada on 2026-03-02: approved`."""
    concluded = f": {CONCLUSIONS[entry.conclusion].lower()}" if entry.conclusion else ""
    musts = f", with {pluralise(entry.open_musts, 'answer')} to must rules open" if entry.open_musts else ""
    reason = f". {to_line(entry.reason)}" if to_line(entry.reason) else ""
    verb = {"signed": "Signed", "reopened": "Opened again"}[entry.action]
    return f"{verb} by {to_line(entry.by)} on {entry.on.isoformat()}{concluded}{musts}{reason}"


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
