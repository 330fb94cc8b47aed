"""The results of a review as tables of words, which every form for people writes in its own way."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from vger_guide.catalog.rules import Severity
from vger_guide.output.reviews.summary import describe_entry, format_score, format_share
from vger_guide.output.reviews.text import target_name, to_line
from vger_guide.reviews.context import ReviewContext, person_name
from vger_guide.reviews.labels import ACTIONS, CONCLUSIONS, DIRECTIONS, GAPS, STATES, answer_label
from vger_guide.reviews.models import Answer
from vger_guide.reviews.results import (
    Action,
    ChangedAnswer,
    RiskCell,
    TargetResult,
    TrendPoint,
    count_open_musts,
    count_risks,
    list_actions,
    list_changes,
    list_open,
    list_targets,
    list_trend,
)
from vger_guide.reviews.score import gaps
from vger_guide.text.plural import pluralise

UNANSWERED = "Unanswered"


@dataclass(frozen=True)
class RuleName:
    """A rule where it stands in a cell: its id, its title, and its page below the site."""

    id: str
    title: str
    page: str


# A cell: a text, a number, a rule, or the counts of a level and a severity.
Cell = str | int | RuleName | RiskCell


@dataclass(frozen=True)
class ResultTable:
    """A table of the results: what it is called, its headings, and its rows; `empty` is said where there are none."""

    key: str
    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    empty: str = ""


def headline(context: ReviewContext) -> str:
    """Return what the review came to in a sentence: the conclusion and the signature, or what is open."""
    review = context.review
    if review.signature:
        return describe_entry(review.signature) + "."
    concluded = f" {CONCLUSIONS[review.conclusion]}." if review.conclusion else ""
    musts = count_open_musts(context)
    return f"{STATES[review.state]}.{concluded} {pluralise(musts, 'answer')} to must rules open."


def list_tables(context: ReviewContext) -> list[ResultTable]:
    """Return the tables in the order in which a board reads them; what there is nothing of says so."""
    return [
        targets_table(context),
        open_table(context),
        risks_table(context),
        actions_table(context),
        trend_table(context),
        changes_table(context),
    ]


def targets_table(context: ReviewContext) -> ResultTable:
    """Return the targets as columns."""
    results = list_targets(context)
    headings = ["", *(target_name(each.target) for each in results)]
    return ResultTable("targets", "Targets", headings, [list(row) for row in _target_rows(results)])


def _target_rows(results: Sequence[TargetResult]) -> Iterable[list[Cell]]:
    yield ["Must and should, met of answered", *(format_share(each.score) for each in results)]
    yield ["Must and should, met of applicable", *(_of_applicable(each) for each in results)]
    if any(each.may.applicable for each in results):
        yield ["May, met of answered", *(format_share(each.may) for each in results)]
    numbers: dict[str, list[int]] = {
        "Unanswered": [each.all.unanswered for each in results],
        "Must rules open": [each.open_musts for each in results],
        "Critical rules open": [each.open_critical for each in results],
        "Not met without a plan": [each.without_plan for each in results],
        "Plans and risks lapsed": [each.lapsed for each in results],
        "Risks accepted": [each.all.accepted for each in results],
        "Risks accepted, incomplete": [each.all.incomplete for each in results],
        "Not applicable": [each.all.not_applicable for each in results],
    }
    for name, counts in numbers.items():
        yield [name, *counts]


def _of_applicable(result: TargetResult) -> str:
    score = result.score
    return (
        f"{score.met:,} of {score.applicable:,} ({score.percent_of_applicable}%)" if score.applicable else "none apply"
    )


def open_table(context: ReviewContext) -> ResultTable:
    """Return the must and critical rules that are open, with the answer of each target in its column."""
    names = [target_name(target) for target in context.review.targets]
    rows: list[Sequence[Cell]] = [
        [
            RuleName(each.rule.id, each.rule.title, each.rule.page),
            each.rule.level.value.capitalize(),
            each.rule.severity.value.capitalize(),
            *(_standing(answer) for answer in each.answers.values()),
        ]
        for each in list_open(context)
    ]
    title = "Open must and critical rules"
    return ResultTable("open", title, ["Rule", "Level", "Severity", *names], rows, "No must or critical rule is open.")


def _standing(answer: Answer) -> str:
    lacks = ", ".join(GAPS[each] for each in gaps(answer) if each != "answer")
    return answer_label(answer) + (f" (risk accepted: {lacks})" if lacks else "")


def risks_table(context: ReviewContext) -> ResultTable:
    """Return what is open by level and severity, over all targets."""
    rows: list[Sequence[Cell]] = [
        [level.value.capitalize(), *cells.values()] for level, cells in count_risks(context).items()
    ]
    headings = ["Level", *(severity.value.capitalize() for severity in Severity)]
    return ResultTable("risks", "Open by level and severity", headings, rows)


def format_cell(cell: Cell) -> str:
    """Return a cell as a text: a rule by its id and title, counts such as `3 not met, 5 unanswered of 20`."""
    if isinstance(cell, RuleName):
        return f"{cell.id} {cell.title}"
    return _risk_text(cell) if isinstance(cell, RiskCell) else str(cell)


def rate_cell(cell: Cell) -> str:
    """Return how a cell looks: `failed`, `waiting` for answers, or `clear`; nothing for what is no count of risks."""
    if not isinstance(cell, RiskCell) or not cell.applicable:
        return ""
    return "failed" if cell.failed else "waiting" if cell.unanswered else "clear"


def _risk_text(cell: RiskCell) -> str:
    if not cell.applicable:
        return "-"
    parts = [f"{cell.failed:,} not met"] if cell.failed else []
    parts += [f"{cell.unanswered:,} unanswered"] if cell.unanswered else []
    return f"{', '.join(parts) or 'none'} of {cell.applicable:,}"


def actions_table(context: ReviewContext) -> ResultTable:
    """Return the actions: what, where, who, until when, and how each stands."""
    headings = ["Rule", "Level", "Severity", "Target", "Answered", "State", "Owner", "Due", "Approver", "Ticket"]
    rows = [_action_row(context, action) for action in list_actions(context)]
    return ResultTable("actions", "Actions", headings, rows, "No rule asks for an action.")


def _action_row(context: ReviewContext, action: Action) -> list[Cell]:
    plan = action.answer.disposition
    lacks = ", ".join(GAPS[each] for each in gaps(action.answer))
    return [
        RuleName(action.rule.id, action.rule.title, action.rule.page),
        action.rule.level.value.capitalize(),
        action.rule.severity.value.capitalize(),
        target_name(action.target),
        answer_label(action.answer),
        ACTIONS[action.state] + (f" ({lacks})" if lacks else ""),
        to_line(person_name(context, plan.owner)),
        plan.until.isoformat() if plan.until else "",
        to_line(person_name(context, plan.approver)),
        to_line(plan.ticket),
    ]


def changes_table(context: ReviewContext) -> ResultTable:
    """Return the answers that differ from the last milestone."""
    milestones = context.review.milestones
    since = f"Changed since {to_line(milestones[-1].title)}" if milestones else "Changed since the last milestone"
    names = {target.id: target_name(target) for target in context.review.targets}
    rows = [_change_row(each, names[each.change.target]) for each in list_changes(context)]
    empty = "No answer changed." if milestones else "There is no milestone yet to compare with."
    return ResultTable("changes", since, ["Rule", "Target", "Before", "Now", "Change"], rows, empty)


def _change_row(each: ChangedAnswer, name: str) -> list[Cell]:
    change = each.change
    sides = [answer_label(answer) if answer else UNANSWERED for answer in (change.before, change.after)]
    return [RuleName(each.rule.id, each.rule.title, each.rule.page), name, *sides, DIRECTIONS[each.direction]]


def trend_table(context: ReviewContext) -> ResultTable:
    """Return the counts over the milestones, the last one being now."""
    rows = [_trend_row(context, point) for point in list_trend(context)]
    headings = ["Milestone", "Day", "Must and should", "Open answers to must rules"]
    return ResultTable("trend", "Trend over the milestones", headings, rows)


def _trend_row(context: ReviewContext, point: TrendPoint) -> list[Cell]:
    day = point.milestone.at.date() if point.milestone else context.today
    title = (to_line(point.milestone.title) or point.milestone.id) if point.milestone else "Now"
    return [title, day.isoformat(), format_score(point.score), point.open_musts]
