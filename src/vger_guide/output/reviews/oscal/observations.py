"""What was answered and seen of a rule: observations, what was found by them, and what is done about it."""

from collections.abc import Iterator

from vger_guide.output.reviews.oscal.assessment import Assessment, party, system, tool
from vger_guide.output.reviews.oscal.objects import Object, objective, paragraphs, prose, record, title
from vger_guide.output.reviews.references import strict_reference
from vger_guide.reviews.labels import OUTCOMES, PLANS, REASONS, VALUES, answer_label
from vger_guide.reviews.models import Answer, Disposition, Evidence, Outcome, Plan, Value
from vger_guide.reviews.score import is_accepted, is_overdue
from vger_guide.text.json_objects import format_last_second, format_moment, without_empty


def observations(asked: Assessment) -> Iterator[Object]:
    """Yield the answer, and the outcome of the check where there is one."""
    yield _of_answer(asked, asked.answer)
    if asked.outcome:
        yield _of_outcome(asked, asked.outcome)


def _of_answer(asked: Assessment, answer: Answer) -> Object:
    person = party(asked.filled, answer.by)
    return without_empty(
        uuid=asked.uid("answer"),
        title=f"{asked.rule.id}: {answer_label(answer)}",
        description=_describe_answer(answer),
        props=_facts(asked, answer),
        methods=[_method(asked, answer)],
        types=["control-objective"],
        origins=[_origin("party", person)] if person else [],
        subjects=_subjects(asked),
        relevant_evidence=[_evidence(asked, each) for each in answer.evidence],
        collected=format_moment(answer.at or asked.filled.review.updated),
        remarks="The rule has changed since: somebody has to confirm the answer." if answer.confirm else "",
    )


def _describe_answer(answer: Answer) -> str:
    """Return an answer in words: the label, why the rule does not apply, and the comment."""
    why = answer.not_applicable
    reason = paragraphs(f"{REASONS[why.code]}.", prose(why.text)) if why else ""
    return paragraphs(f"{answer_label(answer)}.", reason, prose(answer.comment))


def _facts(asked: Assessment, answer: Answer) -> list[Object]:
    return asked.props(
        answer=answer.value,
        not_applicable=answer.not_applicable and answer.not_applicable.code,
        revision=answer.revision,
        confidence=answer.confidence,
        answered_by=answer.by,
        carried_from=answer.carried_from,
        confirm="yes" if answer.confirm else "",
    )


def _method(asked: Assessment, answer: Answer) -> str:
    """Return how it was found out: what has evidence was looked at, what has none was said. Of nothing, not known."""
    if answer.evidence:
        return "EXAMINE"
    return "INTERVIEW" if asked.found or answer.not_applicable else "UNKNOWN"


def _evidence(asked: Assessment, evidence: Evidence) -> Object:
    address = strict_reference(evidence.address)
    line = evidence.line or ""
    return without_empty(
        href=address,
        description=prose(evidence.description) or title(evidence.path) or title(evidence.address) or "Evidence",
        props=asked.props(commit=evidence.commit, path=evidence.path, line=line, seen=evidence.seen),
        remarks="" if address else title(evidence.address),
    )


def _of_outcome(asked: Assessment, outcome: Outcome) -> Object:
    name = outcome.tool or asked.filled.review.generator.name
    return without_empty(
        uuid=asked.uid("outcome"),
        title=f"{asked.rule.id}, check: {OUTCOMES[outcome.outcome]}",
        description=paragraphs(f"{OUTCOMES[outcome.outcome]}.", prose(outcome.reason)),
        props=asked.props(
            outcome=outcome.outcome,
            strength=outcome.strength,
            findings=outcome.findings,
            commit=outcome.commit,
            waived="yes" if outcome.waived else "",
        ),
        methods=["TEST"],
        types=["discovery" if outcome.outcome == "fail" else "control-objective"],
        origins=[_origin("tool", tool(asked.filled, asked.target, name))],
        subjects=_subjects(asked),
        relevant_evidence=[{"description": title(place) or "A place"} for place in outcome.places],
        collected=format_moment(outcome.at),
    )


def _origin(kind: str, actor: str) -> Object:
    return {"actors": [{"type": kind, "actor-uuid": actor}]}


def _subjects(asked: Assessment) -> list[Object]:
    return [{"subject-uuid": system(asked.filled, asked.target), "type": "component"}]


# OSCAL has two states; what is met in part is not satisfied, and its implementation is partial.
_STATES = {
    Value.MET: {"state": "satisfied", "reason": "pass"},
    Value.PARTIAL: {"state": "not-satisfied", "reason": "fail", "remarks": VALUES[Value.PARTIAL]},
    Value.NOT_MET: {"state": "not-satisfied", "reason": "fail"},
}
_IMPLEMENTED = {Value.MET: {"state": "implemented"}, Value.PARTIAL: {"state": "partial"}}


def finding(asked: Assessment) -> Object:
    """Return the finding of a rule that was found to be met, met in part or not met."""
    value = asked.answer.value
    observed = ["answer", "outcome"] if asked.outcome else ["answer"]
    return without_empty(
        uuid=asked.uid("finding"),
        title=f"{asked.rule.id} {record(asked.rule.title)}",
        description=paragraphs(f"{VALUES[value]}.", prose(asked.answer.comment)),
        props=asked.props(level=asked.rule.level, severity=asked.rule.severity),
        target=without_empty(
            type="objective-id",
            target_id=objective(asked.rule.id),
            status=_STATES[value],
            implementation_status=_IMPLEMENTED.get(value),
        ),
        related_observations=[{"observation-uuid": asked.uid(kind)} for kind in observed],
        related_risks=[{"risk-uuid": asked.uid("risk")}] if asked.at_risk else [],
    )


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
        props=[*_accepted_props(asked), *asked.props(level=rule.level, severity=rule.severity)],
        status=_status(asked),
        deadline=format_last_second(plan.until) if plan.until else "",
        remediations=[_response(asked, plan)],
        related_observations=[{"observation-uuid": asked.uid("answer")}],
    )


def _accepted_props(asked: Assessment) -> list[Object]:
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
