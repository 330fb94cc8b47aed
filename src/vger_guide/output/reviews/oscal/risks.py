"""What is done about rules that are not met: plans and accepted risks, with their last days."""

from vger_guide.output.reviews.oscal.assessment import Assessment
from vger_guide.output.reviews.oscal.parts import Object
from vger_guide.output.reviews.oscal.text import record, title
from vger_guide.reviews.labels import PLANS, answer_label
from vger_guide.reviews.models import Disposition, Plan
from vger_guide.reviews.score import is_accepted, is_overdue
from vger_guide.text.json_objects import format_last_second, without_empty


def risk(asked: Assessment) -> Object:
    """Return the risk of a rule that is not met, about which something was decided.

    The response to an accepted risk is accepting it. One that has lapsed is open again.
    """
    rule, plan = asked.rule, asked.answer.disposition
    return without_empty(
        uuid=asked.uid("risk"),
        title=f"{rule.id} {record(rule.title)}: {PLANS[plan.plan].lower()}",
        description=f"{record(rule.statement)} {answer_label(asked.answer)}.",
        statement=record(rule.why),
        props=[*_accepted(asked), *asked.props(level=rule.level, severity=rule.severity)],
        status=_status(asked),
        deadline=format_last_second(plan.until) if plan.until else "",
        remediations=[_response(asked, plan)],
        related_observations=[{"observation-uuid": asked.uid("answer")}],
    )


def _accepted(asked: Assessment) -> list[Object]:
    return [{"name": "accepted", "value": "yes"}] if _stands(asked) else []


def _stands(asked: Assessment) -> bool:
    return is_accepted(asked.answer, asked.filled.today)


def _status(asked: Assessment) -> str:
    if _stands(asked):
        return "deviation-approved" if title(asked.answer.disposition.approver) else "deviation-requested"
    return "open" if is_overdue(asked.answer, asked.filled.today) else "remediating"


def _response(asked: Assessment, plan: Disposition) -> Object:
    kind = "accept" if plan.plan is Plan.RISK_ACCEPTED else "mitigate"
    ticket = f" Ticket: {title(plan.ticket)}." if title(plan.ticket) else ""
    return without_empty(
        uuid=asked.uid("response"),
        lifecycle="completed" if _stands(asked) else "planned",
        title=PLANS[plan.plan],
        description=f"{PLANS[plan.plan]}.{ticket}",
        props=[
            {"name": "type", "value": kind},
            *asked.props(owner=plan.owner, approver=plan.approver, ticket=plan.ticket, until=plan.until),
        ],
    )
