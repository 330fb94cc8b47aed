"""Where a review stands: what is due and has lapsed, what asks to be confirmed, and where checks disagree."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from vger_guide.catalog.catalog import Catalog
from vger_guide.catalog.rules import Rule
from vger_guide.reviews.context import ReviewContext, person_name
from vger_guide.reviews.labels import GAPS, NOT_APPLICABLE, OUTCOMES, PLANS, VALUES, answer_label
from vger_guide.reviews.models import Answer, Conflict, Milestone, Plan, Review, Target, Value
from vger_guide.reviews.outcomes import is_disputed
from vger_guide.reviews.score import gaps, is_accepted, is_overdue
from vger_guide.reviews.selection import content_hash
from vger_guide.text.plural import pluralise

_SHOWN = 10  # rules of a line
# Fields of an answer by another word than their own.
_FIELDS = {"value": "answer", "disposition": "plan"}
# Fields that hold the id of a person, or a name.
_PEOPLE = ("owner", "approver")


@dataclass(frozen=True)
class ReviewStatus:
    """Lines of what somebody should look at, by kind; `due` is to come, the others are to be looked at now."""

    lapsed: list[str]
    incomplete: list[str]
    due: list[str]
    confirm: list[str]
    disagreements: list[str]
    conflicts: list[str]
    milestones: list[str]
    notices: list[str]

    @property
    def needs_attention(self) -> bool:
        """Whether there is anything that somebody should look at now."""
        return any((self.lapsed, self.incomplete, self.confirm, self.disagreements, self.conflicts))


def review_status(context: ReviewContext) -> ReviewStatus:
    """Return where a review stands on the day that it is looked at."""
    planned = partial(_describe_plan, context)
    return ReviewStatus(
        lapsed=_lines(context, lambda answer, _: is_overdue(answer, context.today), planned),
        incomplete=_lines(context, lambda answer, _: bool(gaps(answer)) and is_accepted(answer, context.today), _gaps),
        due=_lines(context, lambda answer, _: _is_pending(context, answer), planned),
        confirm=_lines(
            context,
            _needs_confirmation,
            lambda answer: f"{answer_label(answer)}, of revision {answer.revision} of the rule",
        ),
        disagreements=find_disagreements(context),
        conflicts=[describe_conflict(conflict, context.review) for conflict in context.review.conflicts],
        milestones=[_describe_milestone(milestone) for milestone in context.review.milestones],
        notices=list(_notices(context)),
    )


def find_disagreements(context: ReviewContext) -> list[str]:
    """Return a line for each answer that a check says the opposite of, in reading order."""
    outcomes = context.review.outcomes
    lines = []
    for rule, target, answer in _answers(context):
        outcome = outcomes.get(rule.id, {}).get(target.id)
        if outcome and is_disputed(answer, outcome):
            said = f"answered '{answer_label(answer)}', the check says '{OUTCOMES[outcome.outcome]}'"
            lines.append(f"{_head(rule, target)}: {said}: {outcome.reason}")
    return lines


def describe_conflict(conflict: Conflict, review: Review) -> str:
    """Return where two sides of a merge differ, and both values, on a line; people are told by their names."""
    ours, theirs = (_short(_with_names(conflict, value, review)) for value in (conflict.ours, conflict.theirs))
    return f"{'.'.join(conflict.place)}: ours {ours}, theirs {theirs}"


def explain_conflict(conflict: Conflict, review: Review, catalog: Catalog) -> str:
    """Return a conflict in words, such as `SES004 Keep sessions ... (Web shop), answer: here Met, in the file Not met`.

    One that is not in an answer is told by its place.
    """
    if conflict.place[0] != "answers" or len(conflict.place) < 3:
        return f"{'.'.join(conflict.place)}: here {_short(conflict.ours)}, in the file {_short(conflict.theirs)}"
    id_, target, *fields = conflict.place[1:]
    rule = catalog.rules.get(id_) or catalog.retired.get(id_)
    name = next((each.name for each in review.targets if each.id == target), target)
    head = " ".join([id_, *([rule.title] if rule else []), f"({name})"])
    field = _FIELDS.get(fields[-1], fields[-1]) if fields else "answer"
    ours, theirs = (_value(_with_names(conflict, value, review)) for value in (conflict.ours, conflict.theirs))
    return f"{head}, {field}: here {ours}, in the file {theirs}"


def _with_names(conflict: Conflict, value: object, review: Review) -> object:
    """Return a value of a conflict with the names of an owner and an approver in place of their ids."""
    if "disposition" not in conflict.place:
        return value
    names = {person.id: person.name for person in review.people}
    if isinstance(value, dict):
        return {key: names.get(str(each), each) if key in _PEOPLE else each for key, each in value.items()}
    return names.get(value, value) if isinstance(value, str) and conflict.place[-1] in _PEOPLE else value


def _value(value: object) -> str:
    """Return the value of a field in words, as far as there are any."""
    if isinstance(value, dict) and value.get("not_applicable"):
        return f"{NOT_APPLICABLE}: {value['not_applicable'].get('text', '')}"
    if isinstance(value, dict) and (not value or {"value", "revision", "text_hash"} & set(value)):
        return VALUES[Value(value.get("value", Value.UNANSWERED))]
    if isinstance(value, dict) and str(value.get("plan")) in set(Plan):
        parts = [
            PLANS[Plan(value["plan"])],
            _told("until ", value.get("until")),
            _told("approved by ", value.get("approver")),
        ]
        return ", ".join(filter(None, parts))
    return _short(value)


def _told(before: str, value: object) -> str:
    return f"{before}{value}" if value else ""


def describe_unknown(review: Review, catalog: Catalog) -> list[str]:
    """Return a line that names the rules that were answered and that the catalogue has never had, if any."""
    unknown = sorted(set(review.answers) - {*catalog.rules, *catalog.retired})
    count = sum(len(review.answers[rule]) for rule in unknown)
    shown = ", ".join([*unknown[:_SHOWN], *(["…"] if len(unknown) > _SHOWN else [])])
    return [f"{pluralise(count, 'answer')} to rules that this edition does not know: {shown}"] if unknown else []


def _short(value: object) -> str:
    import json

    if isinstance(value, dict):
        value = {key: each for key, each in value.items() if key not in ("revision", "text_hash")} or None
    return "nothing" if value is None else json.dumps(value, ensure_ascii=False, sort_keys=True)


def _answers(context: ReviewContext) -> Iterator[tuple[Rule, Target, Answer]]:
    """Yield what was answered of the rules that are asked, in reading order."""
    for rule in context.rules:
        by_target = context.review.answers.get(rule.id, {})
        yield from ((rule, target, by_target[target.id]) for target in context.review.targets if target.id in by_target)


def _lines(context: ReviewContext, wanted: Callable[[Answer, Rule], bool], told: Callable[[Answer], str]) -> list[str]:
    found = _answers(context)
    return [f"{_head(rule, target)}: {told(answer)}" for rule, target, answer in found if wanted(answer, rule)]


def _head(rule: Rule, target: Target) -> str:
    return f"{rule.id} {rule.title} ({target.name})"


def _is_pending(context: ReviewContext, answer: Answer) -> bool:
    plan = answer.disposition
    open_ = plan.plan is not Plan.NONE and plan.until is not None and answer.value is not Value.MET
    return open_ and not answer.not_applicable and not is_overdue(answer, context.today)


def _needs_confirmation(answer: Answer, rule: Rule) -> bool:
    said = answer.not_applicable is not None or answer.value is not Value.UNANSWERED
    return answer.confirm or (said and answer.revision != rule.revision)


def _gaps(answer: Answer) -> str:
    return ", ".join(GAPS[each] for each in gaps(answer))


def _describe_plan(context: ReviewContext, answer: Answer) -> str:
    plan = answer.disposition
    owner = f"owner {person_name(context, plan.owner)}" if plan.owner else ""
    parts = [f"{PLANS[plan.plan]} until {plan.until}", owner, plan.ticket]
    return ", ".join(part for part in parts if part)


def _describe_milestone(milestone: Milestone) -> str:
    score = milestone.score
    return f"{milestone.id}: {milestone.title}, {milestone.at.date()}, {score.met} of {score.applicable} met"


def _notices(context: ReviewContext) -> Iterator[str]:
    review = context.review
    if content_hash(context.rules) != review.content_hash:
        yield "The rules have changed since this review was made."
    others = set(review.answers) - {rule.id for rule in context.rules}
    if others:
        yield f"Answered, but not asked: {', '.join(sorted(others))}."
