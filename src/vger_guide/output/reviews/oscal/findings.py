"""What was found of a rule that applies and was answered: whether its objective is satisfied."""

from vger_guide.output.reviews.oscal.assessment import Assessment
from vger_guide.output.reviews.oscal.parts import Object, objective
from vger_guide.output.reviews.oscal.text import paragraphs, prose, record
from vger_guide.reviews.labels import VALUES
from vger_guide.reviews.models import Value
from vger_guide.text.json_objects import without_empty

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
