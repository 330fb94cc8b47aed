"""What people read where the document has codes: the one place for these labels."""

from vger_guide.reviews.models import Answer, Conclusion, Confidence, Inapplicability, Plan, State, Value

VALUES = {
    Value.UNANSWERED: "Unanswered",
    Value.MET: "Met",
    Value.PARTIAL: "Partly met",
    Value.NOT_MET: "Not met",
}
NOT_APPLICABLE = "Not applicable"

STATES = {State.DRAFT: "Draft", State.IN_REVIEW: "In review", State.SIGNED_OFF: "Signed off"}

CONCLUSIONS = {
    Conclusion.APPROVED: "Approved",
    Conclusion.APPROVED_WITH_CONDITIONS: "Approved with conditions",
    Conclusion.REJECTED: "Rejected",
}

REASONS = {
    Inapplicability.NO_SUCH_PART: "The system has no such part",
    Inapplicability.OTHER_OWNER: "Somebody else is responsible",
    Inapplicability.EXCEPTION: "An exception that the rule names",
    Inapplicability.OUT_OF_SCOPE: "Out of the scope of this review",
    Inapplicability.OTHER: "Another reason",
}

PLANS = {Plan.NONE: "No plan", Plan.PLANNED: "Planned", Plan.RISK_ACCEPTED: "Risk accepted"}

CONFIDENCES = {Confidence.LOW: "Low", Confidence.MEDIUM: "Medium", Confidence.HIGH: "High"}

# By the codes of `Outcome.outcome`.
OUTCOMES = {
    "pass": "Passed",
    "fail": "Failed",
    "not-applicable": "Not applicable",
    "manual": "Needs a person",
    "unavailable": "Unavailable",
    "error": "Error",
}


def answer_label(answer: Answer) -> str:
    """Return the one label of an answer, such as `Partly met`; what does not apply says so, whatever its value."""
    return NOT_APPLICABLE if answer.not_applicable else VALUES[answer.value]


# What an accepted risk can lack, by the codes of `score.gaps`.
GAPS = {"answer": "no answer", "end": "no end", "owner": "no owner", "approver": "nobody approved"}

# How an action stands, and what a change means, by the codes of `results.ActionState` and `results.Direction`.
ACTIONS = {
    "lapsed": "Lapsed",
    "no-plan": "No plan",
    "incomplete": "Risk accepted, incomplete",
    "planned": "Planned",
    "accepted": "Risk accepted",
}
DIRECTIONS = {"worse": "Worse", "better": "Better", "answered": "Answered", "other": "Changed"}

# By the version of the formula.
FORMULAS = {
    1: "rules that are met, in per cent of those that apply, rounded down; a rule that is met in part, not met or "
    "unanswered does not count as met (formula 1)",
    2: "rules that are met, in per cent of those that are answered and of those that apply, rounded down; a rule that "
    "is met in part or not met does not count as met, and one that is unanswered is open; rules of the level may are "
    "counted apart (formula 2)",
}
