"""What an import would lose: a verdict that is taken back, a text that is emptied, evidence or a plan that goes.

A sheet cannot say whether a cell was emptied on purpose, so what is lost is told apart and is held back until somebody
asks for it.
"""

from dataclasses import dataclass

from vger_guide.catalog.catalog import Catalog
from vger_guide.reviews.labels import CONFIDENCES, PLANS, VALUES, answer_label
from vger_guide.reviews.merge import VERDICT
from vger_guide.reviews.models import Answer, Plan, Review, Value
from vger_guide.text.sanitize import truncate

_SHOWN = 60  # characters of a text that would go
_PLAN = ("plan", "until", "approver")
_LINES = ("owner", "ticket")


@dataclass(frozen=True)
class Loss:
    """A part of an answer that would go: `answer`, `comment`, `evidence`, `plan`, `owner`, `ticket`, `confidence`."""

    rule: str
    target: str
    part: str
    before: Answer
    after: Answer


def is_answered(answer: Answer) -> bool:
    """Return whether an answer has a verdict: a value, or that the rule does not apply."""
    return answer.not_applicable is not None or answer.value is not Value.UNANSWERED


def lost_parts(before: Answer, after: Answer) -> list[str]:
    """Return the parts of an answer that said something before and say nothing, or less, after."""
    old, new = before.disposition, after.disposition
    lines = [name for name in _LINES if getattr(old, name) and not getattr(new, name)]
    emptied = old.plan is new.plan and any(getattr(old, name) and not getattr(new, name) for name in _PLAN[1:])
    found = {
        "answer": is_answered(before) and not is_answered(after),
        "comment": bool(before.comment.strip()) and not after.comment.strip(),
        "evidence": len(after.evidence) < len(before.evidence),
        "plan": (old.plan is not Plan.NONE and new.plan is Plan.NONE) or emptied,
        **dict.fromkeys(lines, True),
        "confidence": before.confidence is not None and after.confidence is None,
    }
    return [part for part, lost in found.items() if lost]


def keep_parts(before: Answer, after: Answer, parts: list[str]) -> Answer:
    """Return the answer as it is after, with some parts as they were before."""
    kept = dict.fromkeys([part for part in parts if part in ("comment", "confidence")])
    changed = {name: getattr(before, name) for name in (*kept, *(VERDICT if "answer" in parts else ()))}
    if "evidence" in parts:
        changed["evidence"] = [*before.evidence, *(one for one in after.evidence if one not in before.evidence)]
    names = [*(_PLAN if "plan" in parts else ()), *(part for part in parts if part in _LINES)]
    plan = {name: getattr(before.disposition, name) for name in names}
    return after.model_copy(update={**changed, "disposition": after.disposition.model_copy(update=plan)})


def describe_loss(loss: Loss, review: Review, catalog: Catalog) -> str:
    """Return a loss in words, such as `SES004 Keep sessions ... (Web shop): Met -> Unanswered`."""
    rule = catalog.rules.get(loss.rule) or catalog.retired.get(loss.rule)
    name = next((target.name for target in review.targets if target.id == loss.target), loss.target)
    head = " ".join([loss.rule, *([rule.title] if rule else []), f"({name})"])
    return f"{head}: {_describe_part(loss)}"


def _describe_part(loss: Loss) -> str:
    before, after = loss.before, loss.after
    match loss.part:
        case "answer":
            return f"{answer_label(before)} -> {VALUES[Value.UNANSWERED]}"
        case "evidence":
            return f"evidence: {len(before.evidence)} -> {len(after.evidence)}"
        case "plan":
            until = f" until {before.disposition.until}" if before.disposition.until else ""
            return f"plan: {PLANS[before.disposition.plan]}{until} -> {PLANS[after.disposition.plan]}"
        case "confidence":
            return f"confidence: {CONFIDENCES[before.confidence] if before.confidence else ''} -> none"
    text = before.comment if loss.part == "comment" else getattr(before.disposition, loss.part)
    return f"{loss.part}: '{truncate(' '.join(text.split()), _SHOWN)}' -> none"
