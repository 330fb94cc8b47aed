"""`vger review answer`: what somebody says of a rule."""

import re
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click
from pydantic import ValidationError

from vger_guide.cli import console
from vger_guide.cli.options import catalog_option, enum_choice
from vger_guide.cli.review.completion import complete_rules, complete_targets
from vger_guide.cli.review.files import (
    LINE,
    TEXT,
    load_context,
    load_editable,
    now,
    require_current_edition,
    resolve_rule,
    resolve_target,
    save,
)
from vger_guide.errors import UserError
from vger_guide.reviews.edit import add_person, record_answer
from vger_guide.reviews.labels import answer_label as label
from vger_guide.reviews.models import (
    Answer,
    Confidence,
    Disposition,
    Evidence,
    Inapplicability,
    NotApplicable,
    Outcome,
)
from vger_guide.reviews.models import Plan as Plans
from vger_guide.reviews.models import Value as Values
from vger_guide.reviews.selection import find_answer
from vger_guide.reviews.traces import add_traces
from vger_guide.text.sanitize import single_line

EXAMPLES = """\b
Examples:
  vger review answer review.json SES004 met --evidence settings.py:12 --by "Ada Example" --confidence high
  vger review answer review.json SES004 not-met --target shop --comment "Only the old part."
  vger review answer review.json SES004 --plan planned --owner Bo --until 2030-01-31 --ticket SHOP-12
  vger review answer review.json SES004 --plan risk-accepted --approver Cy --until 2030-01-31
  vger review answer review.json SES004 --not-applicable no-such-part --reason "It keeps no sessions."
  vger review answer review.json ALW002 met --take-traces
  vger review answer review.json SES004 met --catalog checklists --evidence https://wiki.example/sessions
"""

_PLACE = re.compile(r"(.+):([0-9]{1,9})", re.DOTALL)
_GIVEN = ("plan", "owner", "until", "approver", "ticket")


@click.command("answer", epilog=EXAMPLES)
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("rule", shell_complete=complete_rules)
@click.argument("value", type=enum_choice(Values), required=False)
@click.option(
    "--target",
    default="",
    show_default=False,
    metavar="ID",
    shell_complete=complete_targets,
    help="The system; required if there are several.",
)
@click.option("--comment", type=TEXT, metavar="TEXT", help="A comment; replaces the old one.")
@click.option(
    "--evidence", type=TEXT, multiple=True, metavar="WHERE", help="Adds evidence: an address, PATH or PATH:LINE."
)
@click.option("--take-traces", is_flag=True, help="Adds as evidence the traces that 'vger review check' found.")
@click.option("--not-applicable", type=enum_choice(Inapplicability), help="The rule does not apply, for this reason.")
@click.option("--reason", type=TEXT, metavar="TEXT", help="The reason in words; required with --not-applicable.")
@click.option("--plan", type=enum_choice(Plans), help="What you will do about it.")
@click.option("--owner", type=LINE, metavar="NAME", help="Who is responsible for the plan.")
@click.option(
    "--until", type=click.DateTime(["%Y-%m-%d"]), metavar="DAY", help="When the plan is due, or the accepted risk ends."
)
@click.option("--approver", type=LINE, metavar="NAME", help="Who accepts the risk.")
@click.option("--ticket", type=LINE, metavar="ID", help="The ticket that tracks the work.")
@click.option("--by", type=LINE, metavar="NAME", help="Who answers, by id or name.")
@click.option("--confidence", type=enum_choice(Confidence), help="How sure you are.")
@catalog_option
def command(file: Path, rule: str, target: str, by: str | None, **given: Any) -> None:
    """Record the answer to a rule.

    RULE is an id or the name of the rule's page. Without VALUE, the answer stays and only the options change. Options
    replace old values, except --evidence, which adds to them.
    """
    source = load_editable(file)
    complete = load_context(source.review)
    require_current_edition(source, complete.catalog)
    review, asked, system = source.review, resolve_rule(complete, rule), resolve_target(source.review, target)
    moment = now()
    answer = find_answer(review, asked, system.id)
    said = _changed_fields(answer, given, moment.date())
    if given["take_traces"]:
        said["evidence"] = _take_traces(
            said.get("evidence", answer.evidence), review.outcomes.get(asked.id, {}).get(system.id)
        )
    if by is not None:
        if not by.strip():
            raise UserError("--by needs a name")
        review, said["by"] = add_person(review, by)
    if not said:
        raise UserError("give an answer: VALUE, --not-applicable or another option")
    review = record_answer(review, asked, system.id, {**said, "at": moment})
    save(source, review)
    console.say(single_line(f"{asked.id} {asked.title}, {system.name}: {label(find_answer(review, asked, system.id))}"))


def _changed_fields(answer: Answer, given: dict[str, Any], today: date) -> dict[str, Any]:
    """Return the fields of an answer that the options change."""
    said = _verdict(given["value"], given["not_applicable"], given["reason"])
    if given["comment"] is not None:
        said["comment"] = given["comment"]
    if given["confidence"]:
        said["confidence"] = Confidence(given["confidence"])
    if given["evidence"]:
        said["evidence"] = [*answer.evidence, *(_evidence(each, today) for each in given["evidence"])]
    if plan := {name: _plain(given[name]) for name in _GIVEN if given[name] is not None}:
        said["disposition"] = _disposition(answer.disposition, plan)
    return said


def _take_traces(evidence: list[Evidence], outcome: Outcome | None) -> list[Evidence]:
    if not outcome or not outcome.traces:
        raise UserError("--take-traces: no traces were found for this rule; 'vger review check' looks for them")
    return add_traces(evidence, outcome)


def _verdict(value: str | None, code: str | None, reason: str | None) -> dict[str, Any]:
    if code is None:
        if reason is not None:
            raise UserError("--reason needs --not-applicable; use --comment for a comment")
        return {"value": Values(value)} if value else {}
    if value:
        raise UserError("give VALUE or --not-applicable, not both")
    if not reason or not reason.strip():
        raise UserError("--not-applicable needs a reason; add --reason")
    return {"not_applicable": NotApplicable(code=Inapplicability(code), text=reason)}


def _evidence(where: str, today: date) -> Evidence:
    try:
        if where.startswith(("https://", "http://")):
            return Evidence(address=where, seen=today)
        place = _PLACE.fullmatch(where)
        return Evidence(path=place[1] if place else where, line=int(place[2]) if place else 0, seen=today)
    except ValidationError as error:
        raise UserError(f"--evidence: {error.errors()[0]['msg']}") from None


def _plain(value: Any) -> Any:
    return value.date() if isinstance(value, datetime) else value


def _disposition(old: Disposition, given: dict[str, Any]) -> Disposition:
    if "plan" in given:
        given["plan"] = Plans(given["plan"])
    # What belonged to a plan goes with it.
    changed = (Disposition() if given.get("plan") is Plans.NONE else old).model_copy(update=given)
    if changed.plan is Plans.NONE and (changed.until or changed.approver):
        raise UserError("--until and --approver need a plan; add --plan")
    return changed
