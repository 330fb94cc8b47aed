"""What people answered and what checks saw, as observations: one of each answer, one of each outcome."""

from collections.abc import Iterator

from vger_guide.output.reviews.oscal.assessment import Assessment, system, tool
from vger_guide.output.reviews.oscal.metadata import party
from vger_guide.output.reviews.oscal.parts import Object
from vger_guide.output.reviews.oscal.text import paragraphs, prose, title
from vger_guide.output.reviews.references import strict_reference
from vger_guide.reviews.labels import OUTCOMES, REASONS, answer_label
from vger_guide.reviews.models import Answer, Evidence, Outcome
from vger_guide.text.json_objects import format_moment, without_empty


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
        description=_told(answer),
        props=_facts(asked, answer),
        methods=[_method(asked, answer)],
        types=["control-objective"],
        origins=[_origin("party", person)] if person else [],
        subjects=_subjects(asked),
        relevant_evidence=[_evidence(asked, each) for each in answer.evidence],
        collected=format_moment(answer.at or asked.filled.review.updated),
        remarks="The rule has changed since: somebody has to confirm the answer." if answer.confirm else "",
    )


def _told(answer: Answer) -> str:
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
